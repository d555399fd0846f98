using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.LanguageModels;
using CampusCare.Grains.Orders;
using CampusCare.Grains.Remedies;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <inheritdoc cref="ITicketGrain"/>
[PreferLocalPlacement]
public sealed partial class TicketGrain(
    ITicketJournal journal, ITicketReadModel rows, TriageModel triage, IOrderBook orders, IRemedyProvider remedies, ILanguageModel model, IProductTeam product, IEvidenceFiles files,
    KnownGateways gateways, TimeProvider time, ILogger<TicketGrain> log) : Grain, ITicketGrain
{
    private JournaledTicket _ticket = null!;
    private Followers _followers = null!;
    private string _campus = "";
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_campus, _id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _ticket = new JournaledTicket(journal, time, _campus, _id);
        _followers = new Followers(time, gateways);
        return Task.CompletedTask;
    }

    public async Task<Outcome<Receipt>> Open(OpenTicket command)
    {
        var contact = new Contact(command.ContactId, command.Customer.Id, command.Customer.Name, command.Customer.Role,
            command.Customer.Phone, command.Channel, command.Text, command.OrderNumber, command.Customer.Tier, command.Consultation?.OfTicket, AddressOf(command.ReplyTo));
        if (TicketRules.BadContact(contact) is { } bad) return new Refusal(bad.No!.Value, bad.Detail, bad.Field);
        if (await GrainFactory.Campus(_campus).Settings() is not { } campus)
            return new Refusal(RefusalCode.NotFound, $"There is no campus '{_campus}'.", "campus");

        Learn(campus);
        var meaning = triage.Classify(command.Text, withEntities: false);
        var route = command.Consultation is { } consultation
            ? RouteOf(campus, consultation)
            : await RouteTo(campus, contact, meaning.Category);
        var order = await OrderOf(contact, meaning.Category);
        var incident = command.Consultation is null ? IncidentOf(campus, meaning.Category) : null;
        var bot = command.Consultation is null && Media.Of(contact.Channel) != Medium.Call
            ? await AskBot(campus, new BotAsked(contact.Text, meaning, contact.Role, contact.OrderNumber ?? order?.Number, contact.ReplyTo is not null, order) { Incident = incident }) : null;
        var isNew = false;
        var no = await Do(
            ticket =>
            {
                isNew = ticket.Phase == TicketPhase.New;
                return TicketRules.Open(ticket, contact, meaning, route, time.GetUtcNow(), bot, order, incident);
            },
            readFirst: false);
        if (no is not null) return no;
        if (isNew && _place is { IsFull: true } && Media.Of(contact.Channel) != Medium.Form) await Do(ticket => TicketRules.KeepPlace(ticket, contact.CustomerId, contact.Channel, null));
        return new Receipt(_ticket.View, _place, isNew);
    }

    public async Task<Outcome<TicketView>> Get()
    {
        await ReadToTell();
        await LookForAnswersAgain();
        return _ticket.State.Phase == TicketPhase.New ? Unknown : _ticket.View;
    }

    public async Task<Outcome<TicketHistory>> History(long afterSeq)
    {
        await ReadToTell();
        await LookForAnswersAgain();
        return _ticket.State.Phase == TicketPhase.New ? Unknown : new TicketHistory(_ticket.View, _ticket.After(afterSeq));
    }

    public async Task<Outcome<TicketView>> Post(PostMessage command)
    {
        await Read();
        if (command.Author == Author.Customer && _ticket.State.IsWithBot) return await TellBot(command);
        if (command.Author == Author.Customer) LookLater(command.Text);
        var promises = command.Author == Author.Customer ? await PromisesNow() : Promises.None;
        return await Answer(ticket => TicketRules.Post(ticket, command.MessageId, command.Author, command.AuthorId, command.Text, promises, time.GetUtcNow(), command.Channel, AddressOf(command.ReplyTo)));
    }

    public Task<Outcome<TicketView>> Note(WriteNote command) =>
        Answer(ticket => TicketRules.Note(ticket, command.NoteId, command.AgentId, command.AgentId == ticket.AgentId ? ticket.AgentName ?? "" : "", command.Text));

    public Task<Outcome<TicketView>> Accept(AnswerOffer command) =>
        Answer(ticket => TicketRules.Accept(ticket, command.AgentId, command.ReservationId));

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
        var offer = new Offer(
            reservation.ReservationId, reservation.AgentId, reservation.AgentName, reservation.ExpiresAt, reservation.Why,
            reservation.Explanation?.ForJournal(), reservation.Slot);
        if (await Do(ticket => TicketRules.Offer(ticket, offer, reservation.AutoAccept, reservation.Medium)) is null) return;
        await Settle(reservation.AgentId, reservation.ReservationId, ReservationState.Canceled, reservation.Slot);
        await TellQueue(_ticket.State);
    }

    public async Task ReservationExpired(string reservationId)
    {
        if (await Do(ticket => TicketRules.EndOffer(ticket, null, reservationId, ReservationState.TimedOut, null)) is not null)
            await TellQueue(_ticket.State);
    }

    public Task ReservationRecalled(string reservationId) =>
        Hear(ticket => ticket.Offer?.ReservationId == reservationId
            ? TicketRules.EndOffer(ticket, null, reservationId, ReservationState.Rescinded, ticket.Offer.AgentId.Contains('/') ? Recalled : Retired)
            : Decision.Nothing);

    private const string Recalled = "recalledByLender", Retired = "agentRetired";

    public Task WrapUpExpired(string reservationId) => Do(ticket =>
        ticket.WrapUpOpen && ticket.ReservationId == reservationId
            ? TicketRules.WrapUp(ticket, ticket.AgentId!, NoDisposition, null)
            : Decision.Nothing);

    private const string NoDisposition = "noDisposition";

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such ticket.");

    // Hints come to whoever has the name; only a ticket that exists listens.
    private async Task Hear(Func<Ticket, Decision> rule)
    {
        await Read();
        if (_ticket.State.Phase != TicketPhase.New) await Do(rule);
    }

    private async Task<Outcome<TicketView>> Answer(Func<Ticket, Decision> rule)
    {
        await Read();
        if (_ticket.State.Phase == TicketPhase.New) return Unknown;
        return await Do(rule) is { } no ? no : _ticket.View;
    }
}
