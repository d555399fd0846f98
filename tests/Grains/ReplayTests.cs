using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Grains.Tests;

/// <summary>What grains leave in the journals is enough to make their decisions again.</summary>
public sealed class ReplayTests
{
    private const int Contacts = 30;

    private static readonly string[] Texts = ["我的外卖一个小时了还没到", "吃完上吐下泻，饭里有蟑螂，食物中毒了", "你们好，想问一下怎么加入"];

    [Fact]
    public async Task Decisions_are_made_again_from_the_journals_with_rings_siblings_and_last_agents()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with
        {
            Strategy = StrategyName.LongestIdle,
            StickySeconds = 2,
            Rings = [new RingSettings(1, LowerLevelsBy: 2) { Without = ["delivery"], Queues = queue.Queue == "general" ? [] : ["general"] }],
        });
        var (solved, all) = (0, new TaskCompletionSource());
        campus.Gateway.OnOffer = async offer =>
        {
            if (await Solve(campus, offer) && Interlocked.Increment(ref solved) == Contacts) all.SetResult();
        };
        await campus.Agent("a1", capacity: 2, level: 3);
        await campus.Agent("a2", capacity: 2, level: 5);
        await campus.Agent("a3", capacity: 2, level: 4, "general");
        for (var i = 0; i < Contacts; i++) (await campus.Ask($"c{i}", Texts[i % Texts.Length], customer: $"s{i % 4}")).Refusal.ShouldBeNull();
        await all.Task.WaitAsync(RecordingGateway.Patience);

        var decisions = DecisionReplay.Run((await campus.Journals.Read(CampusHost.Campus, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue))!);

        decisions.Count.ShouldBeGreaterThanOrEqualTo(Contacts);
        decisions.Where(decision => decision.Verdict is Verdict.Different or Verdict.NotComparable).Select(decision => decision.Reason).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_staff_journal_tells_who_could_do_what_when()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { Rings = [new RingSettings(5, 1)], StickySeconds = 7 });
        var agent = await campus.Agent("a1", capacity: 2, level: 3, "delivery");
        await agent.SetStatus(new SetStatus(AgentStatus.Break, "lunch"));

        var staff = (await campus.Journals.Read(CampusHost.Campus, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue))!.Staff;

        var queues = ((QueuesSet)staff.First(happened => happened.AgentId is null).Event).Queues;
        queues.Length.ShouldBe(3);
        queues[0].ShouldSatisfyAllConditions(
            policy => policy.Queue.ShouldBe("delivery"),
            policy => policy.StickySeconds.ShouldBe(7),
            policy => policy.Rings.ShouldHaveSingleItem().LowerLevelsBy.ShouldBe(1));
        var words = staff.Where(happened => happened.AgentId == "a1").Select(happened => happened.Event).ToList();
        words[0].ShouldBeOfType<AgentSet>().ShouldSatisfyAllConditions(
            set => set.Queues.ShouldBe(["delivery"]),
            set => set.Skills.ShouldBe([new SkillLevel("delivery", 3)]),
            set => set.Capacity.ShouldBe(new Room(2, 1, 10)));
        words.Skip(1).Cast<StatusSet>().Select(set => set.Status).ShouldBe([AgentStatus.Available, AgentStatus.Break]);
    }

    private static async Task<bool> Solve(CampusHost campus, TicketNewsForAgent offer)
    {
        var ticket = campus.Ticket(offer.Ticket.TicketId);
        await ticket.Accept(new AnswerOffer(offer.Reservation.AgentId, offer.Reservation.ReservationId));
        return (await ticket.Resolve(new ResolveTicket(offer.Reservation.AgentId, "solved"))).Refusal is null;
    }
}
