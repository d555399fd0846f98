using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Cli.Bench;

/// <summary>How fast the rules match, and how that grows with the size, in processor time: a busy machine does not count.</summary>
public static class MatchBench
{
    private const int Skills = 40;
    private const int Rounds = 5;
    private const int Matches = 50_000;
    private const int SmallestLine = 1_000, SmallestStaff = 500;

    // A ticket may be taken to have come earlier by one of so many quarters of a line.
    private const int Bands = 4;

    /// <summary>Prints the table: lines and staffs of three sizes, each ten times the one before.</summary>
    public static void Run(int seed, TextWriter output)
    {
        MicrosecondsPerMatch(SmallestLine, SmallestStaff, seed);
        output.WriteLine($"match decisions, {Skills} skills, median of {Rounds} rounds (a match takes a ticket and a slot; then the slot is freed and a new ticket comes)");
        output.WriteLine("  waiting   agents   matches/s   µs each   of the size before     (processor time, so that a busy machine does not count)");
        var before = 0.0;
        foreach (var scale in new[] { 1, 10, 100 })
        {
            var (waiting, agents) = (SmallestLine * scale, SmallestStaff * scale);
            var each = Median([.. Enumerable.Range(0, Rounds).Select(round => MicrosecondsPerMatch(waiting, agents, seed + round))]);
            output.WriteLine($"{waiting,9:N0}{agents,9:N0}{1e6 / each,12:N0}{each,10:F2}{(before == 0 ? "" : $"{each / before,12:F2}")}");
            before = each;
        }
    }

    // The line stays at its size: every match is followed by the end of a conversation and a new arrival, as at the rush.
    private static double MicrosecondsPerMatch(int waiting, int agents, int seed)
    {
        var random = new Random(seed);
        var matcher = new Matcher();
        for (var i = 0; i < agents; i++) matcher.Set(Agent(random, i));
        for (var i = 0; i < waiting; i++) matcher.Add(Ticket(random, i, waiting));
        var staff = new Queue<Candidate>();
        while (matcher.Take() is { } match) staff.Enqueue(match.Agent);
        for (var i = waiting; matcher.WaitingCount < waiting; i++) matcher.Add(Ticket(random, i, waiting));

        var arrivals = Enumerable.Range(0, Matches).Select(i => Ticket(random, 10 * waiting + i, waiting)).ToArray();
        // What was built up so far is not this round's garbage.
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var arrival in arrivals)
        {
            var freed = staff.Dequeue();
            matcher.Set(freed with { Free = new Room(1, 0, 0), IdleSince = freed.IdleSince + waiting });
            if (matcher.Take() is { } match) staff.Enqueue(match.Agent);
            else staff.Enqueue(freed);
            matcher.Add(arrival);
        }
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Matches;
    }

    private static Candidate Agent(Random random, int i) => new(
        $"agent-{i}", [.. Some(random, 3).Select(skill => new SkillLevel(skill, random.Next(1, 6)))],
        new Room(3, 0, 0), new Room(random.Next(1, 4), 0, 0), i, ImmutableDictionary<Category, AgentRecord>.Empty);

    private static Waiting Ticket(Random random, int i, int waiting) => new(
        $"ticket-{i}", i - random.Next(Bands) * waiting / Bands,
        new Demand(Category.Other, [new SkillLevel(Some(random, 1)[0], random.Next(1, 4))], []), []);

    private static List<string> Some(Random random, int count)
    {
        var some = new List<string>();
        while (some.Count < count)
        {
            var skill = $"skill-{random.Next(Skills)}";
            if (!some.Contains(skill)) some.Add(skill);
        }
        return some;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
