using CampusCare.Contracts.Tickets;
using CampusCare.Domain;

namespace CampusCare.Grains.Tests;

/// <summary>Supervisors in a conversation, on a real silo.</summary>
public sealed class SupervisionTests
{
    private static readonly SupervisorRef Boss = new(CampusHost.Campus, "boss", "王主管");

    [Fact]
    public async Task Each_act_of_a_supervisor_is_told_to_who_follows_the_ticket_and_repeating_it_is_harmless()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        var ticket = await Accepted(campus);
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        for (var i = 0; i < 2; i++)
        {
            (await ticket.Listen(Boss)).Refusal.ShouldBeNull();
            (await ticket.Whisper(new WhisperToAgent(Boss, "w1", "先道歉"))).Refusal.ShouldBeNull();
            (await ticket.Join(Boss)).Value!.Joined.ShouldBe([new JoinedSupervisor("boss", "王主管")]);
            (await ticket.Post(new PostMessage("m1", Author.Supervisor, "boss", "我是主管"))).Refusal.ShouldBeNull();
        }
        (await ticket.Leave(Boss)).Value!.Joined.ShouldBeEmpty();

        string[] acts = [TicketEventTypes.Listened, TicketEventTypes.Whispered, TicketEventTypes.SupervisorJoined, TicketEventTypes.Message, TicketEventTypes.SupervisorLeft];
        (await ticket.History(0)).Value!.Events.Select(static happened => happened.Type).Where(acts.Contains).ShouldBe(acts);
        var whisper = (await campus.Gateway.First<TicketNews>(static news => news.Events.Any(static happened => happened.Type == TicketEventTypes.Whispered))).Events.Single();
        (whisper.Author, whisper.AuthorId, whisper.AuthorName, whisper.Text, whisper.MessageId).ShouldBe((Author.Supervisor, "boss", "王主管", "先道歉", "w1"));
        var id = (await ticket.Get()).Value!.TicketId;
        await campus.Restart();
        (await campus.Ticket(id).Get()).Value!.Phase.ShouldBe(TicketPhase.Assigned, "what was stored can be read again");
    }

    [Fact]
    public async Task A_conversation_that_is_taken_over_frees_its_agent_at_once_and_is_the_supervisor_s_alone()
    {
        await using var campus = await CampusHost.Start();
        var agent = await campus.Agent("a1", capacity: 1);
        var ticket = await Accepted(campus);
        var next = (await campus.Ask("c2", customer: "s2")).Value!.Ticket.TicketId;

        var taken = (await ticket.TakeOver(new TakeOverTicket(Boss, Note: "用户点名要主管"))).Value!;
        (taken.AgentId, taken.AgentName, taken.ResponsibleAgent).ShouldBe(("boss", "王主管", "boss"));
        (await ticket.TakeOver(new TakeOverTicket(Boss))).Value!.Seq.ShouldBe(taken.Seq);

        (await campus.Gateway.Offer(offer => offer.Ticket.TicketId == next)).Reservation.AgentId.ShouldBe("a1");
        (await agent.Desk()).Value!.Tickets.ShouldBeEmpty();
        (await ticket.Post(new PostMessage("m1", Author.Agent, "a1", "还是我"))).Refusal!.Code.ShouldBe(RefusalCode.NotYourTicket);
        (await ticket.Post(new PostMessage("m2", Author.Supervisor, "boss", "我来处理"))).Refusal.ShouldBeNull();
        (await ticket.Resolve(new ResolveTicket("boss", "solved"))).Value!.Phase.ShouldBe(TicketPhase.Resolved);
        var row = await campus.Rows.Find(CampusHost.Campus, taken.TicketId);
        (row!.AgentId, row.Slot).ShouldBe(($"{CampusHost.Campus}/boss", null));
    }

    [Fact]
    public async Task A_supervisor_who_answers_too_keeps_the_own_slots_for_what_the_queue_brings()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1", capacity: 1);
        var ticket = await Accepted(campus);
        var boss = await campus.Agent("boss", capacity: 2);
        (await ticket.TakeOver(new TakeOverTicket(Boss))).Refusal.ShouldBeNull();
        (await boss.Desk()).Value!.Tickets.ShouldHaveSingleItem().AgentId.ShouldBe("boss");
        (await ticket.Resolve(new ResolveTicket("boss", "solved"))).Refusal.ShouldBeNull();
        (await boss.Desk()).Value!.Tickets.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_conversation_is_given_to_another_agent_and_who_had_it_is_free()
    {
        await using var campus = await CampusHost.Start();
        var first = await campus.Agent("a1", capacity: 1);
        var ticket = await Accepted(campus);
        await campus.Agent("a2");
        (await ticket.TakeOver(new TakeOverTicket(Boss, ToAgent: "a1"))).Refusal!.Code.ShouldBe(RefusalCode.Invalid);
        (await ticket.TakeOver(new TakeOverTicket(Boss, ToAgent: "nobody"))).Refusal!.Code.ShouldBe(RefusalCode.NotFound);

        (await ticket.TakeOver(new TakeOverTicket(Boss, ToAgent: "a2", Note: "她懂"))).Refusal.ShouldBeNull();

        (await campus.Gateway.Offer(offer => offer.Reservation.AgentId == "a2")).Ticket.TicketId.ShouldBe((await ticket.Get()).Value!.TicketId);
        (await first.Desk()).Value!.Tickets.ShouldBeEmpty();
        var handed = (await ticket.History(0)).Value!.Events.Single(static happened => happened.Type == TicketEventTypes.Transferred);
        (handed.Author, handed.AuthorId, handed.Detail).ShouldBe((Author.Supervisor, "boss", "a2"));
    }

    private static async Task<ITicketGrain> Accepted(CampusHost campus)
    {
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var offer = await campus.Gateway.Offer(offer => offer.Ticket.TicketId == id);
        var ticket = campus.Ticket(id);
        (await ticket.Accept(new AnswerOffer(offer.Reservation.AgentId, offer.Reservation.ReservationId))).Refusal.ShouldBeNull();
        return ticket;
    }
}
