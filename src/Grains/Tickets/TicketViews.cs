using System.Collections.Frozen;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Orders;
using CampusCare.Grains.Remedies;
using CampusCare.Storage;

namespace CampusCare.Grains.Tickets;

/// <summary>A ticket as others see it: clients, queues, the read model.</summary>
public static partial class TicketViews
{
    /// <summary>How many characters of the text make the subject.</summary>
    public const int SubjectLength = 80;

    /// <summary>The ticket for clients and agents.</summary>
    public static TicketView View(this Ticket ticket, string campus, string ticketId) => new(
        ticketId, campus, ticket.Phase, ticket.Queue, ticket.Category, ticket.Urgency, ticket.Sentiment,
        new CustomerRef(ticket.CustomerId, ticket.CustomerName, ticket.Role, ticket.CustomerPhone, ticket.Tier),
        ticket.Channel, Subject(ticket.Text), ticket.OrderNumber,
        ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered ? null : ticket.AgentId,
        ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered ? null : ticket.AgentName,
        ticket.OpenedAt, ticket.WaitingSince, ticket.Disposition, ticket.Stars, ticket.WrapUpOpen, ticket.Seq, ticket.Reopenings)
    {
        ResponsibleAgent = ticket.ResponsibleAgent,
        PlaceIsKept = ticket.PlaceIsKept,
        Escalations = ticket.Escalations,
        Clocks = [.. ticket.Clocks.Where(static clock => clock.Kind is not (ClockKind.Reply or ClockKind.Payment)).Select(static clock => new ClockView(clock.Kind, clock.DueAt, clock.State))],
        ConsultationOf = ticket.ConsultationOf,
        OpenConsults = ticket.OpenConsults,
        ReplyChannel = ticket.Correspondence?.Route?.Channel,
        RepliesUnderWay = ticket.Correspondence?.Outbox.Length ?? 0,
        ErasedAt = ticket.ErasedAt,
        Joined = [.. ticket.Joined.Select(static supervisor => new JoinedSupervisor(supervisor.Id, supervisor.Name))],
        Incident = ticket.Incident,
        Order = ticket.Order?.View(),
        Call = ticket.Call is { } call ? new CallView(call.State, call.Since, (int)call.Before.TotalSeconds) : null,
        Remedies = [.. ticket.Remedies.Select(View)],
        ProposedRemedies = ticket.ProposedRemedy is { } proposed
            ? [new ProposedRemedy(proposed.Rule, proposed.Kind, proposed.Fen, proposed.Order, proposed.Needs, proposed.Reason, proposed.GivenBefore) { Doubts = proposed.Doubts.View() }]
            : [],
        Bot = ticket.Bot is { } talk
            ? new BotView(talk.ArticleId, talk.Version, ticket.IsWithBot && talk is { Helped: null, Step: null }, talk.Helped, talk.HandedOver) { Choices = talk.Choices }
            : null,
    };

    /// <summary>The ticket for its queue.</summary>
    public static WaitingTicket Waiting(this Ticket ticket, string ticketId) => new(
        ticketId, ticket.WaitingSeq, ticket.PriorityKey, ticket.WaitingSince,
        ticket.Requirements.Words(), ticket.Category, ticket.DeclinedBy, ticket.LastAgent)
    {
        Wishes = ticket.Wishes.Words(),
        PatienceSeconds = ticket.PatienceSeconds,
        Medium = Media.Of(ticket.Channel),
        NextDueAt = ticket.Clocks.NextDue(),
    };

    /// <summary>The ticket of a row, for its queue.</summary>
    public static WaitingTicket Waiting(this TicketRow row)
    {
        var needs = TicketEventCodec.DecodeNeeds(row.Requirements);
        return new WaitingTicket(
            row.TicketId, needs.Seq, row.PriorityKey, row.WaitingSince ?? row.OpenedAt, needs.Hard.Words(),
            Enum.Parse<Category>(row.Category, ignoreCase: true), needs.NotAgents, needs.LastAgent)
        {
            Wishes = needs.Soft.Words(),
            PatienceSeconds = needs.PatienceSeconds,
            Medium = Media.Of(ChannelOf(row)),
            NextDueAt = row.NextDueAt,
        };
    }

    /// <summary>The channel of a row.</summary>
    public static Channel ChannelOf(TicketRow row) => Enum.Parse<Channel>(row.Channel, ignoreCase: true);

    /// <summary>The ticket for the read model.</summary>
    public static TicketRow Row(this Ticket ticket, string campus, string ticketId) => new()
    {
        TicketId = ticketId,
        Campus = campus,
        Queue = ticket.Queue,
        State = StateOf(ticket),
        CustomerId = ticket.CustomerId,
        CustomerName = ticket.CustomerName,
        CustomerRole = ticket.ConsultationOf is null ? Name(ticket.Role) : null,
        Sentiment = Name(ticket.Sentiment),
        AgentName = ticket.AgentName,
        AgentSince = ticket.AgentSince,
        UnansweredSince = ticket.UnansweredSince,
        AgentId = (ticket.Offer?.AgentId ?? ticket.AgentId) is { } agent ? AgentKey(campus, agent) : null,
        Channel = Name(ticket.Channel),
        OrderNumber = ticket.OrderNumber,
        Category = Name(ticket.Category),
        Urgency = Name(ticket.Urgency),
        Subject = Subject(ticket.Text),
        PriorityKey = ticket.PriorityKey,
        Requirements = TicketEventCodec.Encode(new Needs(
            ticket.Requirements, ticket.Wishes, ticket.DeclinedBy, ticket.LastAgent, ticket.PatienceSeconds, ticket.WaitingSeq)),
        ReservationId = ticket.Offer?.ReservationId ?? ticket.ReservationId,
        Slot = SlotOf(ticket),
        NextDueAt = ticket.Clocks.NextDue(),
        Alerts = TicketEventCodec.Encode(ticket.Alerts),
        OfferExpiresAt = ticket.Offer?.ExpiresAt,
        OpenedAt = ticket.OpenedAt,
        WaitingSince = ticket.WaitingSince,
        UpdatedAt = ticket.UpdatedAt,
        ClosedAt = ticket.ClosedAt,
        Rating = ticket.Stars,
        Disposition = ticket.Disposition,
        ErasedAt = ticket.ErasedAt,
    };

    /// <summary>An agent's id in the read model, unique over all campuses.</summary>
    public static string AgentKey(string campus, string agentId) => agentId.Contains('/') ? agentId : $"{campus}/{agentId}";

    /// <summary>What supervisors should see of a row's ticket.</summary>
    public static IEnumerable<ClockAlert> AlertsOf(TicketRow row) => TicketEventCodec.DecodeAlerts(row.Alerts).Select(alert => new ClockAlert(
        row.Campus, row.TicketId, row.Queue, alert.Kind, alert.DueAt, IsWithAgent(row) ? OwnName(row.Campus, row.AgentId!) : null, alert.Seq));

    /// <summary>Where the ticket of a row stands.</summary>
    public static TicketPhase PhaseOf(TicketRow row) => row.State switch
    {
        TicketStates.Waiting => TicketPhase.Waiting,
        TicketStates.Offered => TicketPhase.Offered,
        TicketStates.Assigned or TicketStates.Customer => TicketPhase.Assigned,
        TicketStates.Wrapping or TicketStates.Resolved => TicketPhase.Resolved,
        _ => TicketPhase.Closed,
    };

    /// <summary>An agent as the ticket's own campus names the agent.</summary>
    public static string OwnName(string campus, string agentKey) => agentKey.StartsWith(campus + '/', StringComparison.Ordinal) ? agentKey[(campus.Length + 1)..] : agentKey;

    private static bool IsWithAgent(TicketRow row) => row is { AgentId: not null, State: not (TicketStates.Waiting or TicketStates.Offered) };

    // Only an open ticket holds a slot.
    private static string? SlotOf(Ticket ticket) => ticket.Phase switch
    {
        TicketPhase.Offered => ticket.Offer!.Slot,
        TicketPhase.Assigned => ticket.Slot,
        TicketPhase.Resolved when ticket.WrapUpOpen => ticket.Slot,
        _ => null,
    };

    private static string StateOf(Ticket ticket) => ticket.Phase switch
    {
        TicketPhase.Waiting => TicketStates.Waiting,
        TicketPhase.Offered => TicketStates.Offered,
        TicketPhase.Assigned => TicketStates.Assigned,
        TicketPhase.Resolved => ticket.WrapUpOpen ? TicketStates.Wrapping : TicketStates.Resolved,
        TicketPhase.Closed => TicketStates.Closed,
        _ => throw new InvalidOperationException("A ticket without events has no state."),
    };

    /// <summary>The first words of a text.</summary>
    public static string Subject(string text) => text.Length <= SubjectLength ? text : text[..CutBefore(text)] + "…";

    // Never between the two halves of a surrogate pair.
    private static int CutBefore(string text) => char.IsHighSurrogate(text[SubjectLength - 1]) ? SubjectLength - 1 : SubjectLength;

    /// <summary>An enum's name as it is stored and sent: camel case.</summary>
    public static string Name<T>(T value) where T : struct, Enum => EnumNames<T>.Of(value);

    private static class EnumNames<T> where T : struct, Enum
    {
        private static readonly FrozenDictionary<T, string> Names =
            Enum.GetValues<T>().ToFrozenDictionary(static value => value, static value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static string Of(T value) => Names[value];
    }
}
