using System.Diagnostics;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Silo;

namespace CampusCare.Grains.Tests;

/// <summary>Who answers, and for which queues, is changed while the campus works.</summary>
public sealed class RosterTests
{
    [Fact]
    public async Task A_queue_that_an_agent_left_hears_of_it_at_once()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1", queues: ["delivery", "general"]);
        await CountsAgents(campus, "delivery", 1);

        await campus.Grains.Campus(CampusHost.Campus).Enroll(Profile("general"));

        await CountsAgents(campus, "delivery", 0);
        await CountsAgents(campus, "general", 1);
    }

    [Fact]
    public async Task What_was_administered_wins_over_the_file_at_a_restart()
    {
        await using var campus = await CampusHost.Start();
        var plan = new CampusPlan((await campus.Grains.Campus(CampusHost.Campus).Settings())!, [Profile("delivery")]);
        await campus.Grains.SetUp(plan);
        await campus.Grains.Campus(CampusHost.Campus).Enroll(Profile());

        await campus.Restart();
        await campus.Grains.SetUp(plan);

        (await campus.Grains.Agent(CampusHost.Campus, "a1").Desk()).Value!.Queues.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_queue_that_the_agent_does_not_serve_gets_no_slot_and_hears_why()
    {
        await using var campus = await CampusHost.Start();
        var agent = await campus.Agent("a1", queues: ["general"]);
        Reservation For(string queue) => new("r-" + queue, "0123456789abcdef", queue, "a1", "小林", DateTimeOffset.UtcNow.AddMinutes(1), "");

        var no = await agent.TryReserve(For("delivery"));
        var yes = await agent.TryReserve(For("general"));

        (no.Granted, no.Refusal, no.Agent.AtWork, no.Agent.Free.Chats).ShouldBe((false, ReserveRefusal.NotOfQueue, false, 0));
        (yes.Granted, yes.Refusal, yes.Agent.AtWork).ShouldBe((true, null, true));
    }

    [Fact]
    public async Task Nobody_is_retired_with_conversations_in_hand_and_who_is_retired_stays_so()
    {
        await using var campus = await CampusHost.Start();
        var agent = await campus.Agent("a1", capacity: 1, queues: ["delivery"]);
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var offer = await campus.Gateway.Offer();
        (await campus.Ticket(id).Accept(new AnswerOffer("a1", offer.Reservation.ReservationId))).Refusal.ShouldBeNull();
        var grain = campus.Grains.Campus(CampusHost.Campus);

        (await grain.RetireAgent("nobody", null)).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        (await grain.RetireAgent("a1", version: 7)).Refusal!.Code.ShouldBe(RefusalCode.PreconditionFailed);
        (await grain.RetireAgent("a1", version: 1)).Refusal!.Code.ShouldBe(RefusalCode.HasConversations);
        (await grain.Agents()).ShouldBe(["a1"]);

        (await campus.Ticket(id).Transfer(new TransferTicket("a1", "general", null, "leaves"))).Refusal.ShouldBeNull();
        var gone = await Eventually(() => grain.RetireAgent("a1", version: 1), static answer => answer.Value is not null);
        (gone.Value!.Retired, gone.Value.Version).ShouldBe((true, 2));
        await campus.Gateway.First<AgentNews>(news => news.Desk is { Status: AgentStatus.Offline, StatusReason: "retired" });
        (await agent.Desk()).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        (await agent.SetStatus(new SetStatus(AgentStatus.Available))).Refusal!.Code.ShouldBe(RefusalCode.NotFound);

        var plan = new CampusPlan((await grain.Settings())!, [Profile("delivery")]);
        await campus.Restart();
        await campus.Grains.SetUp(plan);
        (await campus.Grains.Campus(CampusHost.Campus).Agents()).ShouldBeEmpty();
        (await campus.Grains.Agent(CampusHost.Campus, "a1").Who())!.Retired.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_only_on_offer_goes_to_somebody_else_when_the_agent_is_retired()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1", capacity: 1, queues: ["delivery"]);
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        await campus.Gateway.Offer();

        (await campus.Grains.Campus(CampusHost.Campus).RetireAgent("a1", null)).Value!.Retired.ShouldBeTrue();

        await campus.Agent("a2", capacity: 1, queues: ["delivery"]);
        (await campus.Gateway.Offer(next => next.Reservation.AgentId == "a2")).Ticket.TicketId.ShouldBe(id);
    }

    [Fact]
    public async Task An_agent_is_added_changed_from_the_version_that_was_seen_and_brought_back()
    {
        await using var campus = await CampusHost.Start();
        var grain = campus.Grains.Campus(CampusHost.Campus);

        (await grain.ChangeAgent(Profile("delivery"), version: 0)).Value!.Version.ShouldBe(1);
        (await grain.ChangeAgent(Profile("delivery"), version: 0)).Value!.Version.ShouldBe(1); // said again
        (await grain.ChangeAgent(Profile("general"), version: 0)).Refusal!.Code.ShouldBe(RefusalCode.PreconditionFailed);
        (await grain.ChangeAgent(Profile("general"), version: 1)).Value!.Version.ShouldBe(2);
        (await grain.AgentsOf("delivery")).ShouldBeEmpty();
        (await grain.RetireAgent("a1", version: 2)).Value!.Retired.ShouldBeTrue();
        (await grain.AgentsOf("general")).ShouldBeEmpty();
        (await grain.ChangeAgent(Profile("general"), version: 3)).Value!.Retired.ShouldBeFalse();
        (await grain.AgentsOf("general")).ShouldBe(["a1"]);
    }

    public static TheoryData<string, AgentProfile> Wrong => new()
    {
        { "agentId", Profile("delivery") with { AgentId = "south/a1" } },
        { "name", Profile("delivery") with { Name = "" } },
        { "queues", Profile("nowhere") },
        { "queues", Profile("delivery", "delivery") with { Skills = [] } },
        { "skills", Profile("delivery") with { Skills = [new SkillNeed("delivery", 6)] } },
        { "skills", Profile("delivery") with { Skills = [new SkillNeed("Delivery", 5)] } },
        { "pods", Profile("delivery") with { Pods = ["pod:nonsense"] } },
        { "capacity", Profile("delivery") with { Capacity = 21 } },
        { "calls", Profile("delivery") with { Calls = 2 } },
        { "forms", Profile("delivery") with { Forms = -1 } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task What_can_not_be_used_is_refused_with_its_field(string field, AgentProfile agent)
    {
        await using var campus = await CampusHost.Start();
        (await campus.Grains.Campus(CampusHost.Campus).ChangeAgent(agent, null)).Refusal!.Field.ShouldBe(field);
    }

    private static AgentProfile Profile(params string[] queues) =>
        new("a1", "小林", [.. queues], [.. queues.Select(static queue => new SkillNeed(queue, 5))], 3);

    // Words between grains take a moment; each look is a turn of the grain's own.
    private static async Task CountsAgents(CampusHost campus, string queue, int count) =>
        await Eventually(() => campus.Grains.Queue(CampusHost.Campus, queue).Figures(), figures => figures.AgentsAvailable == count);

    private static async Task<T> Eventually<T>(Func<Task<T>> look, Func<T, bool> isIt)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isIt(seen)) return seen;
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }
    }
}
