using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Tickets;

/// <summary>A ticket as others see it: clients, queues, the read model.</summary>
public static class TicketViews
{
    /// <summary>How many characters of the text make the subject.</summary>
    public const int SubjectLength = 80;

    /// <summary>The ticket for clients and agents.</summary>
    public static TicketView View(this Ticket ticket, string campus, string ticketId) => new(
        ticketId, campus, ticket.Phase, ticket.Queue, ticket.Category, ticket.Urgency, ticket.Sentiment,
        new CustomerRef(ticket.CustomerId, ticket.CustomerName, ticket.Role, ticket.CustomerPhone),
        ticket.Channel, Subject(ticket.Text), ticket.OrderNumber,
        ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered ? null : ticket.AgentId,
        ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered ? null : ticket.AgentName,
        ticket.OpenedAt, ticket.WaitingSince, ticket.Disposition, ticket.Stars, ticket.WrapUpOpen, ticket.Seq, ticket.Reopenings);

    /// <summary>The ticket for its queue.</summary>
    public static WaitingTicket Waiting(this Ticket ticket, string ticketId) => new(
        ticketId, ticket.WaitingSeq, ticket.PriorityKey, ticket.WaitingSince,
        [.. ticket.Requirements.Select(static need => new SkillNeed(need.Skill, need.Level))],
        ticket.Category, ticket.DeclinedBy, ticket.LastAgent);

    /// <summary>The ticket for the read model.</summary>
    public static TicketRow Row(this Ticket ticket, string campus, string ticketId) => new()
    {
        TicketId = ticketId,
        Campus = campus,
        Queue = ticket.Queue,
        State = StateOf(ticket),
        CustomerId = ticket.CustomerId,
        AgentId = (ticket.Offer?.AgentId ?? ticket.AgentId) is { } agent ? AgentKey(campus, agent) : null,
        Channel = Name(ticket.Channel),
        OrderNumber = ticket.OrderNumber,
        Category = Name(ticket.Category),
        Urgency = Name(ticket.Urgency),
        Subject = Subject(ticket.Text),
        PriorityKey = ticket.PriorityKey,
        Requirements = TicketEventCodec.Encode(ticket.Requirements),
        ReservationId = ticket.Offer?.ReservationId ?? ticket.ReservationId,
        OfferExpiresAt = ticket.Offer?.ExpiresAt,
        OpenedAt = ticket.OpenedAt,
        WaitingSince = ticket.WaitingSince,
        UpdatedAt = ticket.UpdatedAt,
        ClosedAt = ticket.ClosedAt,
        Rating = ticket.Stars,
        Disposition = ticket.Disposition,
    };

    /// <summary>An agent's id in the read model, unique over all campuses.</summary>
    public static string AgentKey(string campus, string agentId) => $"{campus}/{agentId}";

    /// <summary>An event for clients.</summary>
    public static TicketEventView View(this TicketEvent happened, long seq, DateTimeOffset at)
    {
        var text = happened.Personal?.Text;
        var name = happened.Personal?.Name;
        return happened switch
        {
            Opened e => new(seq, at, TicketEventTypes.Opened, Author.Customer, e.CustomerId, name, text, e.ContactId, Name(e.Category)),
            Queued e => new(seq, at, TicketEventTypes.Queued, Detail: e.Queue),
            Offered e => new(seq, at, TicketEventTypes.Offered, Author.Agent, e.AgentId, name, Detail: e.Why, Explanation: e.Explanation?.View()),
            OfferEnded e => new(seq, at, EndName(e.How), Author.Agent, e.AgentId, Detail: e.Reason),
            Accepted e => new(seq, at, TicketEventTypes.Accepted, Author.Agent, e.AgentId, name),
            MessagePosted e => new(seq, at, TicketEventTypes.Message, e.Author, e.AuthorId, name, text, e.MessageId),
            Resolved e => new(seq, at, TicketEventTypes.Resolved, Author.Agent, e.AgentId, Text: text, Detail: e.Disposition),
            WrappedUp e => new(seq, at, TicketEventTypes.WrappedUp, Author.Agent, e.AgentId, Text: text, Detail: e.Disposition),
            Reopened => new(seq, at, TicketEventTypes.Reopened),
            Rated e => new(seq, at, TicketEventTypes.Rated, Author.Customer, Text: text, Detail: e.Stars.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Closed e => new(seq, at, TicketEventTypes.Closed, Detail: Name(e.Reason)),
            _ => throw new InvalidOperationException($"No view for {happened.GetType().Name}."),
        };
    }

    private static string StateOf(Ticket ticket) => ticket.Phase switch
    {
        TicketPhase.Waiting => TicketStates.Waiting,
        TicketPhase.Offered => TicketStates.Offered,
        TicketPhase.Assigned => TicketStates.Assigned,
        TicketPhase.Resolved => ticket.WrapUpOpen ? TicketStates.Wrapping : TicketStates.Resolved,
        TicketPhase.Closed => TicketStates.Closed,
        _ => throw new InvalidOperationException("A ticket without events has no state."),
    };

    private static string EndName(ReservationState how) => how switch
    {
        ReservationState.Rejected => TicketEventTypes.OfferRejected,
        ReservationState.TimedOut => TicketEventTypes.OfferTimedOut,
        _ => TicketEventTypes.OfferRescinded,
    };

    private static string Subject(string text) => text.Length <= SubjectLength ? text : text[..CutBefore(text)] + "…";

    // Never between the two halves of a surrogate pair.
    private static int CutBefore(string text) => char.IsHighSurrogate(text[SubjectLength - 1]) ? SubjectLength - 1 : SubjectLength;

    /// <summary>An enum's name as it is stored and sent: camel case.</summary>
    public static string Name<T>(T value) where T : struct, Enum => EnumNames<T>.Of(value);

    private static class EnumNames<T> where T : struct, Enum
    {
        private static readonly ImmutableDictionary<T, string> Names =
            Enum.GetValues<T>().ToImmutableDictionary(static value => value, static value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static string Of(T value) => Names[value];
    }
}
