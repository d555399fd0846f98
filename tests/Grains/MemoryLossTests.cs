using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Grains.Agents;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CampusCare.Grains.Tests;

/// <summary>Every grain may forget everything at any time; the journal brings it back.</summary>
public sealed class MemoryLossTests
{
    [Fact]
    public async Task After_a_restart_the_line_the_offers_and_the_desks_are_as_they_were()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1", capacity: 2);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add((await campus.Ask($"c{i}", customer: $"s{i}")).Value!.Ticket.TicketId);
        var first = await campus.Gateway.Offer(offer => offer.Ticket.TicketId == ids[0]);
        await campus.Ticket(ids[0]).Accept(new AnswerOffer("a1", first.Reservation.ReservationId));
        await campus.Gateway.Offer(offer => offer.Ticket.TicketId == ids[1]);
        var line = await Line(campus, ids); // who came within the same millisecond stands in order of the ids

        await campus.Restart();

        var desk = (await campus.Grains.Agent(CampusHost.Campus, "a1").Desk()).Value!;
        desk.Tickets.Select(t => t.TicketId).ShouldBe([ids[0]]);
        desk.Offers.Select(o => o.Ticket.TicketId).ShouldBe([ids[1]]);
        desk.Status.ShouldBe(AgentStatus.Available);
        line[0].ShouldBe((ids[1], 0));
        line.Count.ShouldBe(4);
        (await Line(campus, ids)).ShouldBe(line);

        // And work goes on: the conversation ends, the next in line is offered, although nobody told the queue again.
        await campus.Grains.Agent(CampusHost.Campus, "a1").Follow(RecordingGateway.Id, campus.Gateway.Reference);
        (await campus.Ticket(ids[0]).Resolve(new ResolveTicket("a1", "solved"))).Refusal.ShouldBeNull();
        await campus.Gateway.Offer(offer => offer.Ticket.TicketId == line[1].TicketId);
        (await campus.Ticket(ids[0]).History(0)).Value!.Events[0].Text.ShouldBe("我的外卖一个小时了还没到");
    }

    [Fact]
    public async Task Who_was_not_shown_an_offer_did_not_miss_it()
    {
        await using var campus = await CampusHost.Start(offerSeconds: 1);
        await campus.Agent("a1", capacity: 1);
        await campus.Restart();
        var ticket = campus.Ticket((await campus.Ask("c1")).Value!.Ticket.TicketId);
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);

        // No gateway has found back to the agent, so nobody sees these two; the third is offered all the same.
        var seq = 0L;
        for (var missed = 0; missed < AgentGrain.MaximumMisses; missed++) seq = await After(campus, seq, TicketEventTypes.OfferTimedOut);
        await After(campus, seq, TicketEventTypes.Offered);
    }

    private static async Task<long> After(CampusHost campus, long seq, string type) =>
        (await campus.Gateway.First<TicketNews>(news => news.Events.Any(happened => happened.Seq > seq && happened.Type == type))).Events.First(happened => happened.Seq > seq && happened.Type == type).Seq;

    private static async Task<List<(string TicketId, int Position)>> Line(CampusHost campus, IEnumerable<string> ids)
    {
        var places = await campus.Grains.Queue(CampusHost.Campus, "delivery").PlacesOf([.. ids]);
        return [.. places.Select(static place => (place.TicketId, place.Position)).OrderBy(static place => place.Position)];
    }

    [Theory]
    [InlineData(AppendFault.Refused, RefusalCode.StorageUnavailable)]
    [InlineData(AppendFault.UnknownNotStored, RefusalCode.OutcomeUnknown)]
    [InlineData(AppendFault.UnknownButStored, RefusalCode.OutcomeUnknown)]
    public async Task A_contact_that_was_not_acknowledged_is_opened_once_when_it_is_repeated(AppendFault fault, RefusalCode code)
    {
        var journal = new InMemoryJournal(static salt => salt.Fill(7));
        await using var campus = await CampusHost.Start(services: services => services
            .Replace(ServiceDescriptor.Singleton<ITicketJournal>(journal))
            .Replace(ServiceDescriptor.Singleton<ITicketReadModel>(journal.ReadModel)));
        await campus.Agent("a1");

        journal.FailNext(fault);
        (await campus.Ask("c1")).Refusal!.Code.ShouldBe(code);
        var receipt = (await campus.Ask("c1")).Value!;

        receipt.Ticket.Phase.ShouldNotBe(TicketPhase.New);
        (await campus.Gateway.Offer()).Ticket.TicketId.ShouldBe(receipt.Ticket.TicketId);
        (await campus.Ticket(receipt.Ticket.TicketId).History(0)).Value!.Events.Count(e => e.Type == TicketEventTypes.Opened).ShouldBe(1);
    }

    [Fact]
    public async Task An_offer_whose_storing_failed_is_made_again()
    {
        var journal = new InMemoryJournal(static salt => salt.Fill(7));
        var failed = 0;
        journal.Faults = append => append.Events[0].Type == TicketEventTypes.Offered && failed++ == 0 ? AppendFault.Refused : AppendFault.None;
        await using var campus = await CampusHost.Start(offerSeconds: 1, services: services => services
            .Replace(ServiceDescriptor.Singleton<ITicketJournal>(journal))
            .Replace(ServiceDescriptor.Singleton<ITicketReadModel>(journal.ReadModel)));
        await campus.Agent("a1");
        var receipt = (await campus.Ask("c1")).Value!;

        (await campus.Gateway.Offer()).Ticket.TicketId.ShouldBe(receipt.Ticket.TicketId);
        failed.ShouldBeGreaterThan(1);
    }
}
