using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;

namespace CampusCare.Grains.Tests;

public sealed class JourneyTests
{
    [Fact]
    public async Task A_contact_goes_from_the_question_to_the_stars()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");

        var receipt = (await campus.Ask("c1")).Value!;
        receipt.IsNew.ShouldBeTrue();
        receipt.Ticket.Category.ShouldBe(Category.LateDelivery);
        receipt.Ticket.Queue.ShouldBe("delivery");

        var ticket = campus.Ticket(receipt.Ticket.TicketId);
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        var offer = await campus.Gateway.Offer();
        offer.Ticket.Customer.Name.ShouldBe("小林");

        (await ticket.Accept(new AnswerOffer("a1", offer.Reservation.ReservationId))).Value!.Phase.ShouldBe(TicketPhase.Assigned);
        (await ticket.Post(new PostMessage("m1", Author.Agent, "a1", "马上帮您查"))).Refusal.ShouldBeNull();
        (await ticket.Post(new PostMessage("m2", Author.Customer, "s1", "谢谢"))).Refusal.ShouldBeNull();
        (await ticket.Resolve(new ResolveTicket("a1", "solved", "催了骑手"))).Value!.Phase.ShouldBe(TicketPhase.Resolved);
        (await ticket.Rate(new RateTicket("s1", 5))).Value!.Phase.ShouldBe(TicketPhase.Closed);

        var history = (await ticket.History(0)).Value!;
        history.Events.Select(e => e.Type).ShouldBe(
            ["opened", "queued", "offered", "accepted", "message", "message", "resolved", "rated", "closed"]);
        history.Events.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, 9).Select(n => (long)n));
        (await ticket.History(6)).Value!.Events.Length.ShouldBe(3);
        await campus.Gateway.First<TicketNews>(news => news.Ticket.Phase == TicketPhase.Closed);
    }

    [Fact]
    public async Task Ten_agents_with_three_chats_and_64_customers_at_once_make_exactly_30_conversations()
    {
        await using var campus = await CampusHost.Start();
        for (var i = 0; i < 10; i++) await campus.Agent($"a{i}", capacity: 3);
        var accepted = new List<string>();
        var thirty = new TaskCompletionSource();
        campus.Gateway.OnOffer = async offer =>
        {
            var answer = await campus.Ticket(offer.Ticket.TicketId).Accept(new AnswerOffer(offer.Reservation.AgentId, offer.Reservation.ReservationId));
            answer.Refusal.ShouldBeNull();
            lock (accepted) accepted.Add(offer.Ticket.TicketId);
            if (accepted.Count == 30) thirty.TrySetResult();
        };

        var receipts = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => campus.Ask($"c{i}", customer: $"s{i}")));
        await thirty.Task.WaitAsync(RecordingGateway.Patience);

        var waiting = await campus.Grains.Queue(CampusHost.Campus, "delivery").PlacesOf([.. receipts.Select(r => r.Value!.Ticket.TicketId)]);
        waiting.Length.ShouldBe(34);
        waiting.Select(place => place.Position).Order().ShouldBe(Enumerable.Range(1, 34));
        accepted.Distinct().Count().ShouldBe(30);
        for (var i = 0; i < 10; i++) (await campus.Grains.Agent(CampusHost.Campus, $"a{i}").Desk()).Value!.Tickets.Length.ShouldBe(3);
        (await campus.Rows.CountByState(CampusHost.Campus, DateTimeOffset.UnixEpoch)).ShouldBe(new Dictionary<string, long> { ["assigned"] = 30, ["waiting"] = 34 }, ignoreOrder: true);

        // One conversation ends: exactly the next in line gets the slot.
        var next = waiting.Single(place => place.Position == 1).TicketId;
        var done = accepted[0];
        var agent = (await campus.Ticket(done).Get()).Value!.AgentId!;
        (await campus.Ticket(done).Resolve(new ResolveTicket(agent, "solved"))).Refusal.ShouldBeNull();
        (await campus.Gateway.Offer(offer => offer.Ticket.TicketId == next)).Reservation.AgentId.ShouldBe(agent);
    }

    [Fact]
    public async Task Only_an_agent_with_the_level_gets_a_food_safety_case()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("novice", level: 3);
        var receipt = (await campus.Ask("c1", "吃完上吐下泻，饭里有蟑螂，食物中毒了")).Value!;
        receipt.Ticket.Queue.ShouldBe("safety");
        receipt.Place!.Position.ShouldBe(1);

        await campus.Agent("expert", level: 4);
        (await campus.Gateway.Offer()).Reservation.AgentId.ShouldBe("expert");
    }

    [Fact]
    public async Task A_declined_offer_goes_to_the_other_agent_and_the_first_is_free_again()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        var ticket = campus.Ticket((await campus.Ask("c1")).Value!.Ticket.TicketId);
        var first = await campus.Gateway.Offer();
        await campus.Agent("a2");

        (await ticket.Reject(new AnswerOffer("a1", first.Reservation.ReservationId, "午休"))).Refusal.ShouldBeNull();

        var second = await campus.Gateway.Offer(offer => offer.Reservation.AgentId == "a2");
        second.Ticket.WaitingSince.ShouldBe(first.Ticket.WaitingSince);
        (await ticket.Accept(new AnswerOffer("a1", first.Reservation.ReservationId))).Refusal!.Code.ShouldBe(RefusalCode.OfferGone);
        (await ticket.Accept(new AnswerOffer("a2", second.Reservation.ReservationId))).Refusal.ShouldBeNull();
        (await campus.Grains.Agent(CampusHost.Campus, "a1").Desk()).Value!.RoutingState.ShouldBe(RoutingState.Idle);
    }

    [Fact]
    public async Task An_agent_who_misses_two_offers_is_set_to_busy_and_an_accept_that_comes_late_is_refused()
    {
        await using var campus = await CampusHost.Start(offerSeconds: 1);
        await campus.Agent("a1", capacity: 1);
        var ticket = campus.Ticket((await campus.Ask("c1")).Value!.Ticket.TicketId);
        var missed = await campus.Gateway.Offer();

        var busy = await campus.Gateway.First<AgentNews>(news => news.Desk.Status == AgentStatus.Busy);

        busy.Desk.StatusReason.ShouldBe("missedOffers");
        (await ticket.Accept(new AnswerOffer("a1", missed.Reservation.ReservationId))).Refusal!.Code.ShouldBe(RefusalCode.OfferGone);
        (await ticket.History(0)).Value!.Events.Count(e => e.Type == TicketEventTypes.OfferTimedOut).ShouldBe(2);
        (await ticket.Get()).Value!.Phase.ShouldBe(TicketPhase.Waiting);
    }

    [Fact]
    public async Task A_customer_who_gives_up_frees_the_agent_at_once()
    {
        await using var campus = await CampusHost.Start();
        var agent = await campus.Agent("a1", capacity: 1);
        var ticket = campus.Ticket((await campus.Ask("c1")).Value!.Ticket.TicketId);
        await campus.Gateway.Offer();
        var second = (await campus.Ask("c2", customer: "s2")).Value!;

        (await ticket.Close(new CloseTicket("s1"))).Value!.Phase.ShouldBe(TicketPhase.Closed);

        (await campus.Gateway.Offer(offer => offer.Ticket.TicketId == second.Ticket.TicketId)).Reservation.AgentId.ShouldBe("a1");
        (await agent.Desk()).Value!.Offers.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_solved_matter_that_is_not_solved_waits_again_and_the_slot_is_free_meanwhile()
    {
        await using var campus = await CampusHost.Start();
        var agent = await campus.Agent("a1");
        var ticket = campus.Ticket((await campus.Ask("c1")).Value!.Ticket.TicketId);
        var first = await campus.Gateway.Offer();
        await ticket.Accept(new AnswerOffer("a1", first.Reservation.ReservationId));
        (await ticket.Resolve(new ResolveTicket("a1", null))).Value!.WrapUpOpen.ShouldBeTrue();
        (await agent.Desk()).Value!.RoutingState.ShouldBe(RoutingState.WrappingUp);

        (await ticket.Post(new PostMessage("m1", Author.Customer, "s1", "还是没收到"))).Value!.Phase.ShouldBe(TicketPhase.Waiting);

        var again = await campus.Gateway.Offer(offer => offer.Reservation.ReservationId != first.Reservation.ReservationId);
        again.Ticket.TicketId.ShouldBe(first.Ticket.TicketId);
    }

    [Fact]
    public async Task A_second_contact_about_the_same_order_joins_the_ticket()
    {
        await using var campus = await CampusHost.Start();
        var first = (await campus.Ask("c1", order: "A1001")).Value!;
        var second = (await campus.Ask("c2", "骑手电话也打不通", order: "A1001")).Value!;
        var again = (await campus.Ask("c2", "骑手电话也打不通", order: "A1001")).Value!;
        var another = (await campus.Ask("c3", order: "A1002")).Value!;
        var stranger = (await campus.Ask("c1", customer: "s2", order: "A1001")).Value!;

        second.Ticket.TicketId.ShouldBe(first.Ticket.TicketId);
        second.IsNew.ShouldBeFalse();
        another.Ticket.TicketId.ShouldNotBe(first.Ticket.TicketId);
        stranger.Ticket.TicketId.ShouldNotBe(first.Ticket.TicketId);
        (await campus.Ticket(first.Ticket.TicketId).History(0)).Value!.Events.Count(e => e.Type == TicketEventTypes.Message).ShouldBe(1);
        again.Ticket.Seq.ShouldBe(second.Ticket.Seq);
        (await campus.Grains.Customer(CampusHost.Campus, "s1").Tickets()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Repeating_a_contact_is_harmless_and_another_text_under_its_id_is_refused()
    {
        await using var campus = await CampusHost.Start();
        var first = (await campus.Ask("c1")).Value!;
        var again = (await campus.Ask("c1")).Value!;
        again.Ticket.Seq.ShouldBe(first.Ticket.Seq);
        again.IsNew.ShouldBeFalse();

        var other = await campus.Ask("c1", "换一件事");
        other.Refusal!.Code.ShouldBe(RefusalCode.ContactIdReused);
        (await campus.Ticket(first.Ticket.TicketId).Get()).Value!.Seq.ShouldBe(first.Ticket.Seq);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var campus = await CampusHost.Start();
        (await campus.Ticket("nosuchticket").Get()).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        (await campus.Grains.Agent(CampusHost.Campus, "nobody").Desk()).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        var nowhere = await campus.Grains.Customer("nowhere", "s1").Contact(
            new OpenTicket("c1", new CustomerRef("s1", "小林", CustomerRole.Student), Channel.Web, "外卖没到"));
        nowhere.Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        nowhere.Refusal.Field.ShouldBe("campus");
    }
}
