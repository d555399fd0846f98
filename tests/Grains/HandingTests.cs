using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;

namespace CampusCare.Grains.Tests;

/// <summary>Handing on, asking around, going away and coming back.</summary>
public sealed class HandingTests
{
    [Fact]
    public async Task A_ticket_handed_to_an_agent_is_offered_to_that_agent_alone_and_frees_the_slot_of_who_had_it()
    {
        await using var campus = await CampusHost.Start();
        var first = await campus.Agent("a1", capacity: 1);
        var ticket = await Accepted(campus, "a1");
        await campus.Agent("a2", level: 1);
        await campus.Agent("a3", level: 5);

        var handed = await ticket.Transfer(new TransferTicket("a1", null, "a2", "她懂英语"));

        handed.Value!.Phase.ShouldBe(TicketPhase.Waiting);
        var offer = await campus.Gateway.Offer(offer => offer.Reservation.AgentId != "a1");
        offer.Reservation.AgentId.ShouldBe("a2");
        (await first.Desk()).Value!.Tickets.ShouldBeEmpty();
        (await ticket.Accept(new AnswerOffer("a2", offer.Reservation.ReservationId))).Value!.ShouldSatisfyAllConditions(
            view => view.AgentId.ShouldBe("a2"),
            view => view.ResponsibleAgent.ShouldBe("a1"));
        (await ticket.Resolve(new ResolveTicket("a1", "solved"))).Refusal!.Code.ShouldBe(RefusalCode.NotYourTicket);
    }

    [Fact]
    public async Task A_ticket_handed_to_a_queue_waits_there_before_those_who_waited_longer()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1", capacity: 1, queues: "delivery");
        var ticket = await Accepted(campus, "a1");
        var id = (await ticket.Get()).Value!.TicketId;
        var waiting = (await campus.Ask("c2", "我想问一下你们几点下班", "s2")).Value!;
        waiting.Ticket.Queue.ShouldBe("general");

        (await ticket.Transfer(new TransferTicket("a1", "general", null))).Value!.Queue.ShouldBe("general");

        var places = await campus.Grains.Queue(CampusHost.Campus, "general").PlacesOf([id, waiting.Ticket.TicketId]);
        places.Select(place => (place.TicketId, place.Position)).ShouldBe([(id, 1), (waiting.Ticket.TicketId, 2)]);
        (await campus.Grains.Queue(CampusHost.Campus, "delivery").PlacesOf([id])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nowhere", null, RefusalCode.NotFound)]
    [InlineData(null, "nobody", RefusalCode.NotFound)]
    [InlineData(null, null, RefusalCode.Invalid)]
    [InlineData(null, "a1", RefusalCode.Invalid)]
    public async Task A_ticket_is_not_handed_into_the_void(string? queue, string? agent, RefusalCode code)
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        var ticket = await Accepted(campus, "a1");
        (await ticket.Transfer(new TransferTicket("a1", queue, agent))).Refusal!.Code.ShouldBe(code);
        (await ticket.Get()).Value!.AgentId.ShouldBe("a1");
    }

    [Fact]
    public async Task A_colleague_is_asked_like_by_a_customer_and_the_answer_comes_back_while_the_first_agent_keeps_the_ticket()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1", queues: "delivery");
        var ticket = await Accepted(campus, "a1");
        await campus.Agent("expert", queues: "safety");
        var ask = new ConsultColleague("a1", "q1", "这种情况要赔多少？", "safety", null);

        var asked = (await ticket.Consult(ask)).Value!;
        (await ticket.Consult(ask)).Value!.OpenConsults.ShouldBe(asked.OpenConsults); // asked once
        asked.AgentId.ShouldBe("a1");

        var offer = await campus.Gateway.Offer(offer => offer.Reservation.AgentId == "expert");
        offer.Ticket.ConsultationOf.ShouldBe(asked.TicketId);
        var question = campus.Ticket(asked.OpenConsults.Single());
        (await question.Accept(new AnswerOffer("expert", offer.Reservation.ReservationId))).Refusal.ShouldBeNull();
        (await question.Post(new PostMessage("m1", Author.Agent, "a1", "顾客很急"))).Refusal.ShouldBeNull(); // who asks is the customer there
        (await question.Post(new PostMessage("m2", Author.Agent, "expert", "按规则赔十元"))).Refusal.ShouldBeNull();
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        (await question.Resolve(new ResolveTicket("expert", "answered"))).Refusal.ShouldBeNull();

        var news = await campus.Gateway.First<TicketNews>(news => news.Events.Any(happened => happened.Type == TicketEventTypes.ConsultAnswered));
        news.Events.Single(happened => happened.Type == TicketEventTypes.ConsultAnswered).ShouldSatisfyAllConditions(
            answer => answer.Text.ShouldBe("按规则赔十元"),
            answer => answer.AuthorId.ShouldBe("expert"));
        news.Ticket.ShouldSatisfyAllConditions(view => view.AgentId.ShouldBe("a1"), view => view.OpenConsults.ShouldBeEmpty());
    }

    [Fact]
    public async Task Beyond_the_cap_a_contact_keeps_its_place_and_is_called_back()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { MaximumWaiting = 1 });
        var waits = (await campus.Ask("c1", customer: "s1")).Value!;
        var beyond = (await campus.Ask("c2", customer: "s2")).Value!;

        (waits.Ticket.PlaceIsKept, waits.Place!.IsFull).ShouldBe((false, false));
        beyond.Ticket.PlaceIsKept.ShouldBeTrue();
        beyond.Place!.Position.ShouldBe(2);
    }

    [Fact]
    public async Task Who_goes_keeps_the_place_on_another_channel_and_takes_the_slot_of_that()
    {
        await using var campus = await CampusHost.Start();
        var id = (await campus.Ask("c1", customer: "s1")).Value!.Ticket.TicketId;
        await campus.Ask("c2", customer: "s2");
        var ticket = campus.Ticket(id);

        (await ticket.KeepPlace(new KeepPlace("s2", Channel.Phone))).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        (await ticket.KeepPlace(new KeepPlace("s1", Channel.Phone))).Value!.ShouldSatisfyAllConditions(
            view => view.PlaceIsKept.ShouldBeTrue(),
            view => view.Channel.ShouldBe(Channel.Phone));
        (await campus.Grains.Queue(CampusHost.Campus, "delivery").PlacesOf([id]))[0].Position.ShouldBe(1);

        await campus.Agent("a1", capacity: 3);
        var offer = await campus.Gateway.Offer();
        offer.Reservation.ShouldSatisfyAllConditions(
            call => call.TicketId.ShouldBe(id),
            call => call.Medium.ShouldBe(Medium.Call),
            call => call.Slot.ShouldBe("call-0"));
        (await campus.Grains.Queue(CampusHost.Campus, "delivery").Figures()).Waiting.ShouldBe(1); // on a call, nothing else is taken
    }

    [Fact]
    public async Task Only_who_has_the_ticket_sees_the_number_and_each_look_is_on_record()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        var ticket = await Accepted(campus, "a1");

        (await ticket.ShowPhone("a2")).Refusal!.Code.ShouldBe(RefusalCode.NotYourTicket);
        (await ticket.ShowPhone("a1")).Value!.Number.ShouldBe("13800000000");
        (await ticket.ShowPhone("a1")).Refusal.ShouldBeNull();

        (await ticket.History(0)).Value!.Events.Where(happened => happened.Type == TicketEventTypes.PhoneShown).Select(happened => happened.AuthorId).ShouldBe(["a1", "a1"]);
    }

    [Fact]
    public async Task Each_medium_has_its_own_room()
    {
        await using var campus = await CampusHost.Start();
        await campus.Grains.Campus(CampusHost.Campus).Enroll(new AgentProfile("a1", "阿哲", ["delivery"], [new("delivery", 5)], 1, Calls: 1, Forms: 2));
        var agent = campus.Grains.Agent(CampusHost.Campus, "a1");
        await agent.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        await agent.SetStatus(new SetStatus(AgentStatus.Available));
        foreach (var (contact, channel) in new[] { ("c1", Channel.Web), ("c2", Channel.Web), ("c3", Channel.Rest), ("c4", Channel.Rest), ("c5", Channel.Rest), ("c6", Channel.Phone) })
            await campus.Grains.Customer(CampusHost.Campus, contact).Contact(
                new OpenTicket(contact, new CustomerRef(contact, contact, CustomerRole.Student), channel, "我的外卖一个小时了还没到"));

        await campus.Gateway.First<AgentNews>(news => news.Desk.Offers.Length == 3);

        (await agent.Desk()).Value!.Offers.Select(offer => offer.Reservation.Slot).Order().ShouldBe(["chat-0", "form-0", "form-1"]);
        (await campus.Grains.Queue(CampusHost.Campus, "delivery").Figures()).Waiting.ShouldBe(3);
    }

    [Fact]
    public async Task A_desk_without_chats_takes_calls_alone()
    {
        await using var campus = await CampusHost.Start();
        var desk = await campus.Agent("a1", capacity: 0);
        var chat = (await campus.Ask("c1")).Value!.Ticket;
        var call = (await campus.Grains.Customer(CampusHost.Campus, "s2").Contact(
            new OpenTicket("c2", new CustomerRef("s2", "小陈", CustomerRole.Student, "13800000000"), Channel.Phone, "我的外卖一个小时了还没到"))).Value!.Ticket;

        var offer = await campus.Gateway.Offer();

        offer.Ticket.TicketId.ShouldBe(call.TicketId);
        offer.Reservation.Slot.ShouldBe("call-0");
        await campus.Ticket(call.TicketId).Accept(new AnswerOffer("a1", offer.Reservation.ReservationId));
        await campus.Ticket(call.TicketId).Resolve(new ResolveTicket("a1", "solved"));
        (await campus.Grains.Queue(CampusHost.Campus, "delivery").PlacesOf([chat.TicketId])).Single().Position.ShouldBe(1);
        (await desk.Desk()).Value!.Offers.ShouldBeEmpty();
    }

    private static async Task<ITicketGrain> Accepted(CampusHost campus, string agent)
    {
        var receipt = (await campus.Ask("c1")).Value!;
        var offer = await campus.Gateway.Offer(offer => offer.Ticket.TicketId == receipt.Ticket.TicketId);
        offer.Reservation.AgentId.ShouldBe(agent);
        var ticket = campus.Ticket(receipt.Ticket.TicketId);
        (await ticket.Accept(new AnswerOffer(agent, offer.Reservation.ReservationId))).Refusal.ShouldBeNull();
        return ticket;
    }
}
