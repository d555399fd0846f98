using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Replay;

namespace CampusCare.Simulation.Tests;

/// <summary>Words that get lost at a chosen moment, stores that fail at one, and what makes up for them.</summary>
public sealed class LostWordTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_whose_word_got_lost_are_found_by_the_next_question_and_by_a_reader(bool byReader) => InWorld(async world =>
    {
        var asked = await Asked(world, "a1", "q1", "q2", "q3");
        world.Net.HintLost = 1;
        for (var i = 0; i < 3; i++)
        {
            var question = await world.Accept("expert");
            (await world.Grains.Ticket(SmallWorld.North, question.TicketId).Resolve(new ResolveTicket("expert", "solved"))).Refusal.ShouldBeNull();
        }
        world.Net.HintLost = 0;

        if (byReader)
        {
            (await asked.Get()).Value!.OpenConsults.ShouldBeEmpty();
            return;
        }
        var more = await asked.Consult(new ConsultColleague("a1", "q4", "再问一下", "experts", null));
        more.Refusal.ShouldBeNull();
        more.Value!.OpenConsults.Length.ShouldBe(1);
        (await asked.History(0)).Value!.Events.Count(happened => happened.Type == TicketEventTypes.ConsultAnswered).ShouldBe(3);
    });

    [Fact]
    public void Three_questions_that_are_open_refuse_a_fourth() => InWorld(async world =>
    {
        var asked = await Asked(world, "a1", "q1", "q2", "q3");
        (await asked.Consult(new ConsultColleague("a1", "q4", "再问一下", "experts", null))).Refusal!.Code.ShouldBe(RefusalCode.Invalid);
        (await asked.Get()).Value!.OpenConsults.Length.ShouldBe(3);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_case_counts_once_for_the_agents_record_whether_the_word_of_its_end_arrives_or_not(bool isLost) => InWorld(async world =>
    {
        await world.Agent("a1", "delivery");
        var ticket = await world.Ask("s1");
        await world.Accept("a1");
        await world.Wait(20);
        world.Stored = type => world.Net.CallLost = isLost && type == TicketEventTypes.Resolved ? 1 : 0;

        (await ticket.Resolve(new ResolveTicket("a1", "solved"))).Refusal.ShouldBeNull();

        world.Net.CallLost = 0;
        await world.Wait(120);
        (await world.Grains.Agent(SmallWorld.North, "a1").Desk()).Value!.Tickets.ShouldBeEmpty();
        var records = await StaffEvents<RecordsSet>(world, "a1");
        records.Sum(told => told.Records.Length).ShouldBe(1);
        records[^1].Records[0].Count.ShouldBe(1);
    });

    [Fact]
    public void A_ticket_that_was_handed_on_counts_for_nobody_also_when_the_word_of_it_is_lost() => InWorld(async world =>
    {
        await world.Agent("a1", "delivery");
        var ticket = await world.Ask("s1");
        await world.Accept("a1");
        world.Stored = type => world.Net.CallLost = type == TicketEventTypes.Transferred ? 1 : 0;
        await ticket.Transfer(new TransferTicket("a1", "experts", null));
        world.Net.CallLost = 0;
        await world.Wait(120);

        (await world.Grains.Agent(SmallWorld.North, "a1").Desk()).Value!.Tickets.ShouldBeEmpty();
        (await StaffEvents<RecordsSet>(world, "a1")).ShouldBeEmpty();
    });

    [Fact]
    public void A_status_that_was_answered_is_on_record_with_its_time_also_when_the_journal_failed_then() => InWorld(async world =>
    {
        var agent = await world.Agent("a1", "delivery");
        await world.Wait(10);
        world.Staff.Fails = true;
        var at = world.Simulation.Time.GetUtcNow();
        (await agent.SetStatus(new SetStatus(AgentStatus.Break, "午饭"))).Refusal.ShouldBeNull();
        await world.Wait(12);
        await Should.ThrowAsync<Exception>(() => agent.SetStatus(new SetStatus(AgentStatus.Available)));
        (await agent.Desk()).Value!.Status.ShouldBe(AgentStatus.Break);
        world.Simulation.LoseActivation(agent);
        world.Staff.Fails = false;
        (await agent.Desk()).Value!.Status.ShouldBe(AgentStatus.Break);
        await world.Wait(12);

        var told = (await History(world)).Where(happened => happened.Event is StatusSet).ToList();
        told.Select(happened => ((StatusSet)happened.Event).Status).ShouldBe([AgentStatus.Available, AgentStatus.Break]);
        (told[1].At - at).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void Settings_that_were_answered_are_on_record_also_when_the_journal_failed_then() => InWorld(async world =>
    {
        world.Staff.Fails = true;
        await world.Open(rings: new RingSettings(40, 1));
        world.Staff.Fails = false;
        await world.Wait(12);

        (await StaffEvents<QueuesSet>(world, null))[^1].Queues[0].Rings[0].After.ShouldBe(TimeSpan.FromSeconds(40));
    });

    [Fact]
    public void Nothing_stays_with_somebody_who_is_gone_however_often_the_memory_of_it_is_lost() => InWorld(async world =>
    {
        var agent = await world.Agent("a1", "delivery");
        var gateway = world.Simulation.StartClient().Observe<IGatewayObserver>(new Deaf());
        await agent.Follow("gateway-1", gateway);
        var ticket = await world.Ask("s1");
        await world.Accept("a1");
        await agent.Unfollow("gateway-1");
        for (var i = 0; i < 7; i++)
        {
            await world.Wait(20);
            world.Simulation.LoseActivation(agent);
            await agent.Desk();
        }

        (await ticket.Get()).Value!.Phase.ShouldBe(TicketPhase.Waiting);
    });

    [Fact]
    public void Who_comes_back_keeps_the_tickets_also_when_the_memory_is_lost_right_then() => InWorld(async world =>
    {
        var agent = await world.Agent("a1", "delivery");
        var gateway = world.Simulation.StartClient().Observe<IGatewayObserver>(new Deaf());
        await agent.Follow("gateway-1", gateway);
        var ticket = await world.Ask("s1");
        await world.Accept("a1");
        await agent.Unfollow("gateway-1");
        await world.Wait(100);
        await agent.Follow("gateway-1", gateway);
        world.Simulation.LoseActivation(agent);
        await agent.Desk();
        await world.Wait(25);
        await agent.Follow("gateway-1", gateway);
        await world.Wait(60);

        (await ticket.Get()).Value!.AgentId.ShouldBe("a1");
    });

    [Fact]
    public void A_campus_that_is_cut_off_from_its_region_goes_on_alone_and_borrows_when_the_region_is_back()
    {
        using var world = new SmallWorld();
        world.Simulation.Run(async () =>
        {
            await world.Open("south", lends: true);
            await world.Agent("b1", "delivery", chats: 5, campus: "south");
            world.States.Unreadable = "region";
            world.Simulation.LoseActivation(world.Grains.Region("east"));
            await Should.ThrowAsync<Exception>(() => world.Open(rings: new RingSettings(5) { Region = true })); // not told to the region; the campus has it
            await world.Agent("a1", "delivery", chats: 1);
            var (first, second) = (await world.Ask("s1"), await world.Ask("s2"));
            await world.Accept("a1");
            await world.Wait(90);
            (await second.Get()).Value!.Phase.ShouldBe(TicketPhase.Waiting);
            await first.Resolve(new ResolveTicket("a1", "solved"));
            (await world.Accept("a1")).TicketId.ShouldBe((await second.Get()).Value!.TicketId);

            world.States.Unreadable = null;
            var third = await world.Ask("s3");
            (await world.Accept("b1", "south")).TicketId.ShouldBe((await third.Get()).Value!.TicketId);
        });
    }

    private static async Task<ITicketGrain> Asked(SmallWorld world, string agent, params string[] questions)
    {
        await world.Agent(agent, "delivery");
        await world.Agent("expert", "experts", chats: 5);
        var ticket = await world.Ask("s1");
        await world.Accept(agent);
        foreach (var question in questions)
            (await ticket.Consult(new ConsultColleague(agent, question, "这个该怎么赔？", "experts", null))).Refusal.ShouldBeNull();
        await world.Wait(1);
        return ticket;
    }

    private static async Task<IReadOnlyList<StaffHappened>> History(SmallWorld world) =>
        (await world.Journals.Read(SmallWorld.North, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue))!.Staff;

    private static async Task<List<T>> StaffEvents<T>(SmallWorld world, string? agent) where T : StaffEvent =>
        [.. (await History(world)).Where(happened => happened.AgentId == agent).Select(happened => happened.Event).OfType<T>()];

    private sealed class Deaf : IGatewayObserver
    {
        public Task TicketChanged(TicketNews news) => Task.CompletedTask;

        public Task AgentChanged(AgentNews news) => Task.CompletedTask;

        public Task Alerted(ClockAlert alert) => Task.CompletedTask;

        public Task Signaled(SignalNews news) => Task.CompletedTask;

        public Task QueueMoved(string campus, string queue) => Task.CompletedTask;

        public Task IncidentsChanged(IncidentNews news) => Task.CompletedTask;

        public Task GrainsLost() => Task.CompletedTask;
    }

    private static void InWorld(Func<SmallWorld, Task> test)
    {
        using var world = new SmallWorld();
        world.Simulation.Run(async () =>
        {
            await world.Open();
            await test(world);
        });
    }
}
