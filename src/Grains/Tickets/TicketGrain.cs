using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <inheritdoc cref="ITicketGrain"/>
[PreferLocalPlacement]
public sealed partial class TicketGrain(
    ITicketJournal journal, ITicketReadModel rows, TriageModel triage, TimeProvider time, ILogger<TicketGrain> log) : Grain, ITicketGrain
{
    /// <summary>How far back a customer's tickets are looked at for the agent who knows them.</summary>
    public const int RememberedTickets = 5;

    private JournaledTicket _ticket = null!;
    private Followers _followers = null!;
    private string _campus = "";
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_campus, _id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _ticket = new JournaledTicket(journal, time, _campus, _id);
        _followers = new Followers(time);
        return Task.CompletedTask;
    }

    public async Task<Outcome<Receipt>> Open(OpenTicket command)
    {
        var contact = new Contact(command.ContactId, command.Customer.Id, command.Customer.Name, command.Customer.Role,
            command.Customer.Phone, command.Channel, command.Text, command.OrderNumber);
        if (TicketRules.BadContact(contact) is { } bad) return new Refusal(bad.No!.Value, bad.Detail, bad.Field);
        if (await GrainFactory.Campus(_campus).Settings() is not { } campus)
            return new Refusal(RefusalCode.NotFound, $"There is no campus '{_campus}'.", "campus");

        var meaning = triage.Classify(command.Text);
        var route = await RouteTo(campus, meaning.Category, command.Customer.Id);
        var isNew = false;
        var no = await Do(
            ticket =>
            {
                isNew = ticket.Phase == TicketPhase.New;
                return TicketRules.Open(ticket, contact, meaning, route, time.GetUtcNow());
            },
            readFirst: false);
        return no is null ? new Receipt(_ticket.View, _place, isNew) : no;
    }

    public async Task<Outcome<TicketView>> Get()
    {
        await Read();
        return _ticket.State.Phase == TicketPhase.New ? Unknown : _ticket.View;
    }

    public async Task<Outcome<TicketHistory>> History(long afterSeq)
    {
        await Read();
        return _ticket.State.Phase == TicketPhase.New ? Unknown : new TicketHistory(_ticket.View, _ticket.After(afterSeq));
    }

    public Task<Outcome<TicketView>> Post(PostMessage command) =>
        Answer(ticket => TicketRules.Post(ticket, command.MessageId, command.Author, command.AuthorId, command.Text, time.GetUtcNow()));

    public async Task<Outcome<TicketView>> Accept(AnswerOffer command)
    {
        await Read();
        if (_ticket.State.Offer is { } offer && offer.ReservationId == command.ReservationId && offer.AgentId == command.AgentId
            && !await Agent(offer.AgentId).Confirm(offer.ReservationId))
            await Do(ticket => TicketRules.EndOffer(ticket, null, offer.ReservationId, ReservationState.Rescinded, NoRoom));
        return await Answer(ticket => TicketRules.Accept(ticket, command.AgentId, command.ReservationId));
    }

    public Task<Outcome<TicketView>> Reject(AnswerOffer command) =>
        Answer(ticket => TicketRules.EndOffer(ticket, command.AgentId, command.ReservationId, ReservationState.Rejected, command.Reason));

    public Task<Outcome<TicketView>> Resolve(ResolveTicket command) =>
        Answer(ticket => TicketRules.Resolve(ticket, command.AgentId, command.Disposition, command.Note));

    public Task<Outcome<TicketView>> WrapUp(ResolveTicket command) =>
        Answer(ticket => TicketRules.WrapUp(ticket, command.AgentId, command.Disposition, command.Note));

    public Task<Outcome<TicketView>> Rate(RateTicket command) =>
        Answer(ticket => TicketRules.Rate(ticket, command.CustomerId, command.Stars, command.Comment));

    public Task<Outcome<TicketView>> Close(CloseTicket command) =>
        Answer(ticket => TicketRules.Close(ticket, command.CustomerId));

    public Task Follow(string gatewayId, IGatewayObserver gateway)
    {
        _followers.Add(gatewayId, gateway);
        return Task.CompletedTask;
    }

    public async Task ReservationGranted(Reservation reservation)
    {
        var offer = new Offer(reservation.ReservationId, reservation.AgentId, reservation.AgentName, reservation.ExpiresAt, reservation.Why, reservation.Explanation?.ForJournal());
        if (await Do(ticket => TicketRules.Offer(ticket, offer, reservation.AutoAccept)) is null) return;
        await Agent(reservation.AgentId).Settle(new SlotChange(reservation.ReservationId, ReservationState.Canceled, _ticket.View));
        await TellQueue();
    }

    public async Task ReservationExpired(string reservationId)
    {
        if (await Do(ticket => TicketRules.EndOffer(ticket, null, reservationId, ReservationState.TimedOut, null)) is not null)
            await TellQueue();
    }

    public Task WrapUpExpired(string reservationId) => Do(ticket =>
        ticket.WrapUpOpen && ticket.ReservationId == reservationId
            ? TicketRules.WrapUp(ticket, ticket.AgentId!, NoDisposition, null)
            : Decision.Nothing);

    private const string NoDisposition = "noDisposition";

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such ticket.");

    private async Task<Route> RouteTo(CampusSettings campus, Category category, string customerId)
    {
        var queue = campus.Queues.FirstOrDefault(queue => queue.Categories.Contains(category)) ?? campus.Queues[^1];
        return new Route(
            queue.Queue, [new SkillLevel(queue.Queue, queue.MinimumLevel)], queue.StickySeconds > 0 ? await LastAgentOf(customerId) : null);
    }

    private async Task<string?> LastAgentOf(string customerId)
    {
        var before = await rows.OfCustomer(_campus, customerId, RememberedTickets);
        var served = before.FirstOrDefault(static row => row is { AgentId: not null, State: not (TicketStates.Waiting or TicketStates.Offered) });
        return served is null ? null : GrainKeys.Split(served.AgentId!).Id;
    }

    private async Task<Outcome<TicketView>> Answer(Func<Ticket, Decision> rule)
    {
        await Read();
        if (_ticket.State.Phase == TicketPhase.New) return Unknown;
        return await Do(rule) is { } no ? no : _ticket.View;
    }
}
