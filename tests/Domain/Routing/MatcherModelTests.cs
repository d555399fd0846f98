using System.Collections.Immutable;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Routing;

/// <summary>Whatever happened before, the matcher decides as the plain one does: same ticket, same agent, same reasons.</summary>
public sealed class MatcherModelTests
{
    private const int Steps = 3_000;
    private static readonly string[] Skills = ["delivery", "food", "safety", "english"];
    private static readonly Room Capacity = new(Chats: 3, Calls: 1, Forms: 2);

    public static IEnumerable<object[]> Days =>
        from strategy in Enum.GetValues<StrategyName>()
        from people in new[] { 4, 40 }
        from seed in new[] { 1, 2, 3 }
        select new object[] { strategy, people, seed };

    [Theory]
    [MemberData(nameof(Days))]
    public void Decides_as_the_plain_matcher_does(StrategyName strategy, int people, int seed)
    {
        var random = new Random(seed);
        var (matcher, plain) = (new Matcher(strategy), new PlainMatcher(strategy));
        var (matches, declined, media) = (0, 0, new HashSet<Medium>());
        for (var step = 0; step < Steps; step++)
        {
            // Phases of a day: more agents than work, then more work than agents.
            var rush = step / 300 % 2 == 0;
            switch (random.Next(rush ? 8 : 5))
            {
                case 0:
                    var agent = Agent(random, $"a{random.Next(people)}", people);
                    matcher.Set(agent);
                    plain.Set(agent);
                    break;
                case 1 when random.Next(3) == 0:
                    var leaver = $"a{random.Next(people)}";
                    matcher.Forget(leaver);
                    plain.Agents.Remove(leaver);
                    break;
                case 2:
                    var gone = $"t{random.Next(90)}";
                    matcher.Remove(gone).ShouldBe(plain.Tickets.Remove(gone));
                    break;
                case 3 or 4:
                    var (match, expected) = (matcher.Take(), plain.Take());
                    Words(match).ShouldBe(Words(expected));
                    if (expected is not { } taken) break;
                    matches++;
                    if (taken.Ticket.NotAgents.Length > 0) declined++;
                    media.Add(taken.Ticket.Demand.Medium);
                    break;
                default:
                    var ticket = Ticket(random, $"t{random.Next(90)}", people);
                    matcher.Add(ticket);
                    plain.Tickets[ticket.TicketId] = ticket;
                    break;
            }
            matcher.WaitingCount.ShouldBe(plain.Tickets.Count);
            matcher.AgentCount.ShouldBe(plain.Agents.Count);
            matcher.Free.ShouldBe(plain.Agents.Values.Aggregate(Room.None, (sum, agent) => sum + agent.Free));
            matcher.Capacity.ShouldBe(plain.Agents.Values.Aggregate(Room.None, (sum, agent) => sum + agent.Capacity));
            if (step % 50 != 0) continue;
            var line = plain.Line;
            for (var i = 0; i < line.Count; i++) matcher.PositionOf(line[i].TicketId).ShouldBe(i + 1);
        }
        matches.ShouldBeGreaterThan(200);
        declined.ShouldBeGreaterThan(20);
        media.Count.ShouldBe(3);
    }

    private static string Words(Match? match) => match is not { } found ? "nobody" :
        $"{found.Ticket} to {found.Agent.AgentId}, {found.Agent.Free}, turn {found.Agent.LastTurn}: {found.Why.Strategy}, ring {found.Why.Ring}, of {found.Why.Eligible}: "
        + string.Join(" | ", found.Why.Best.Select(agent => $"{agent} {string.Join(' ', agent.Levels)}"));

    // Few different keys, idle times and levels, so that ties are broken too.
    private static Waiting Ticket(Random random, string id, int people) => new(
        id, random.Next(30),
        new Demand(
            (Category)random.Next(3), Levels(random, random.Next(0, 3)), Levels(random, random.Next(0, 2)),
            random.Next(6) == 0 ? $"a{random.Next(people)}" : null, (Medium)random.Next(3)),
        [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"a{random.Next(people)}")], random.Next(3));

    private static Candidate Agent(Random random, string id, int people) => new(
        id, random.Next(2) == 0 ? Levels(new Random(id[^1]), 3) : Levels(random, 3), Capacity,
        Room.Free(Capacity, new Room(random.Next(5), random.Next(8) / 7, random.Next(4))), random.Next(people / 2),
        Enumerable.Range(0, random.Next(3)).ToImmutableDictionary(i => (Category)i, _ => AgentRecord.Prior.With(random.Next(100, 900), random.Next(2) == 0)));

    private static ImmutableArray<SkillLevel> Levels(Random random, int count) =>
        [.. Skills.OrderBy(_ => random.Next()).Take(count).Select(skill => new SkillLevel(skill, random.Next(1, 6)))];
}
