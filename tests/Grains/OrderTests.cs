using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Grains.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Grains.Tests;

/// <summary>A ticket learns how its order stands: at once when the order system is quick, afterwards when it is not, and never of somebody else's.</summary>
public sealed class OrderTests
{
    private const string Number = "20260302000001";
    private const string Where = "我的外卖到哪了";

    private readonly Orders _orders = new();

    private Task<CampusHost> Start() => CampusHost.Start(services: services => services.AddSingleton<IOrderBook>(_orders));

    private static async Task<IEnumerable<string>> Events(CampusHost campus, string id) => (await campus.Ticket(id).History(0)).Value!.Events.Select(static e => e.Type);

    [Fact]
    public async Task A_contacts_order_stands_in_the_journal_before_anybody_is_asked_and_over_a_restart()
    {
        await using var campus = await Start();
        _orders.Say(Number, Orders.Of("s1", 70));
        var ticket = (await campus.Ask("c1", order: Number)).Value!.Ticket;
        (ticket.Order!.Number, ticket.Order.Rider, ticket.Order.Place).ShouldBe((Number, "骑手甲", "东区3栋"));
        ticket.Order.Anomalies.ShouldContain(new AnomalyView(OrderAnomaly.Late, 40));
        (await Events(campus, ticket.TicketId)).ShouldBe(["opened", "orderSeen", "queued"]);

        await campus.Restart();
        (await campus.Ticket(ticket.TicketId).Get()).Value!.Order!.ToString().ShouldBe(ticket.Order.ToString());
    }

    [Fact]
    public async Task A_contact_without_a_number_is_about_the_last_order_and_one_in_the_words_is_taken_from_there()
    {
        await using var campus = await Start();
        _orders.Say("s1", Orders.Of("s1", 20));
        (await campus.Ask("c1")).Value!.Ticket.Order!.Number.ShouldBe(Number);
        (await campus.Ask("c2", "订单号 20260302000009 一直没送到", customer: "s2")).Value!.Ticket.Order.ShouldBeNull();
        (await campus.Ask("c3", "App 闪退了打不开", customer: "s3")).Value!.Ticket.Order.ShouldBeNull();
        _orders.Asked.Select(static asked => (asked.CustomerId, asked.Number)).ShouldBe([("s1", null), ("s2", "20260302000009")]);
    }

    [Fact]
    public async Task Nobody_sees_the_order_of_somebody_else()
    {
        await using var campus = await Start();
        _orders.Say(Number, Orders.Of("s1", 70));
        var ticket = (await campus.Ask("c1", order: Number, customer: "s2")).Value!.Ticket;
        ticket.Order.ShouldBeNull();
        (await Events(campus, ticket.TicketId)).ShouldBe(["opened", "queued"]);
        await campus.Ticket(ticket.TicketId).OrderFound(Orders.Of("s1", 70).View());
        (await Events(campus, ticket.TicketId)).ShouldBe(["opened", "queued"]);
    }

    [Fact]
    public async Task A_slow_order_system_delays_nobody_and_its_answer_is_taken_down_when_it_comes()
    {
        await using var campus = await Start();
        var later = _orders.Keep(Number);
        var ticket = (await campus.Ask("c1", order: Number)).Value!.Ticket;
        ticket.Order.ShouldBeNull("nobody answered yet, and the contact is stored");
        ticket.Phase.ShouldBe(TicketPhase.Waiting);

        await campus.Ticket(ticket.TicketId).Follow(RecordingGateway.Id, campus.Gateway.Reference);
        later.SetResult(Orders.Of("s1", 70));
        var news = await campus.Gateway.First<TicketNews>(news => news.Ticket.TicketId == ticket.TicketId && news.Ticket.Order is not null);
        news.Events.Single().Type.ShouldBe(TicketEventTypes.OrderSeen);
        news.Ticket.Phase.ShouldBe(TicketPhase.Waiting);
    }

    [Fact]
    public async Task A_later_word_names_the_order()
    {
        await using var campus = await Start();
        _orders.Say(Number, Orders.Of("s1", 70));
        var id = (await campus.Ask("c1", "我的外卖一个小时了还没到")).Value!.Ticket.TicketId;
        await campus.Ticket(id).Follow(RecordingGateway.Id, campus.Gateway.Reference);
        (await campus.Ticket(id).Post(new PostMessage("m1", Author.Customer, "s1", $"订单号 {Number}"))).Refusal.ShouldBeNull();
        (await campus.Gateway.First<TicketNews>(news => news.Ticket.Order is not null)).Ticket.Order!.Number.ShouldBe(Number);
    }

    [Fact]
    public async Task What_was_not_to_be_had_is_asked_for_again_with_the_next_word()
    {
        await using var campus = await Start();
        var id = (await campus.Ask("c1", order: Number)).Value!.Ticket.TicketId;
        await campus.Ticket(id).Follow(RecordingGateway.Id, campus.Gateway.Reference);
        _orders.Say(Number, Orders.Of("s1", 70));
        (await campus.Ticket(id).Post(new PostMessage("m1", Author.Customer, "s1", "还在吗"))).Refusal.ShouldBeNull();
        (await campus.Gateway.First<TicketNews>(news => news.Ticket.Order is not null)).Ticket.Order!.Number.ShouldBe(Number);
    }

    [Fact]
    public async Task The_bot_says_where_the_order_is_and_again_when_it_moved()
    {
        await using var campus = await Start();
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureBot(new BotSettings(On: true))).Refusal.ShouldBeNull();
        _orders.Say("s1", Orders.Of("s1", 20));
        var ticket = (await campus.Ask("c1", Where)).Value!.Ticket;
        (ticket.Phase, ticket.Bot!.ArticleId, ticket.Bot.Asks).ShouldBe((TicketPhase.Resolved, OrderTexts.ArticleId, true));
        var events = (await campus.Ticket(ticket.TicketId).History(0)).Value!.Events;
        events.Select(static e => e.Type).ShouldBe(["opened", "orderSeen", "message", "answered"]);
        events[2].Text!.ShouldContain("图书馆");

        _orders.Say(Number, Orders.Of("s1", 20) with { RiderAt = "东操场" });
        (await campus.Ticket(ticket.TicketId).Post(new PostMessage("m1", Author.Customer, "s1", "现在到哪了"))).Refusal.ShouldBeNull();
        events = (await campus.Ticket(ticket.TicketId).History(4)).Value!.Events;
        events.Select(static e => e.Type).ShouldBe(["message", "orderSeen", "message", "answered"]);
        events[2].Text!.ShouldContain("东操场");
    }

    [Fact]
    public async Task Erasure_takes_rider_and_place_and_leaves_the_facts()
    {
        await using var campus = await Start();
        _orders.Say(Number, Orders.Of("s1", 70));
        var id = (await campus.Ask("c1", order: Number)).Value!.Ticket.TicketId;
        (await campus.Ticket(id).Erase(new EraseTicket(ErasureReason.Request, CloseOpen: true))).Refusal.ShouldBeNull();
        await campus.Restart();
        var order = (await campus.Ticket(id).Get()).Value!.Order!;
        (order.Number, order.Rider, order.RiderAt, order.Place).ShouldBe((Number, null, null, null));
    }
}
