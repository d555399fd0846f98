using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tickets;

/// <summary>An offer that an agent has not answered yet.</summary>
public sealed record Offer(
    string ReservationId, string AgentId, string AgentName, DateTimeOffset ExpiresAt, string Why, Routing.Explanation? Explanation = null);

/// <summary>A ticket as its events left it. Nothing but <see cref="Apply"/> changes it.</summary>
public sealed record Ticket
{
    /// <summary>A ticket without events.</summary>
    public static readonly Ticket None = new();

    public TicketPhase Phase { get; init; }

    /// <summary>Number of events.</summary>
    public long Seq { get; init; }

    public string ContactId { get; init; } = "";

    public string CustomerId { get; init; } = "";

    public string CustomerName { get; init; } = "";

    public string? CustomerPhone { get; init; }

    public CustomerRole Role { get; init; }

    public Channel Channel { get; init; }

    public string Text { get; init; } = "";

    public string? OrderNumber { get; init; }

    public Category Category { get; init; }

    public Urgency Urgency { get; init; }

    public Sentiment Sentiment { get; init; }

    public string Queue { get; init; } = "";

    public ImmutableArray<SkillLevel> Requirements { get; init; } = [];

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Since when the customer waits; kept by offers that fail, renewed by a reopening.</summary>
    public DateTimeOffset WaitingSince { get; init; }

    /// <summary>Order in the queue, see <see cref="Routing.Priority"/>.</summary>
    public long PriorityKey { get; init; }

    /// <summary>The seq at which this round of waiting began: makes each round's reservation ids unique.</summary>
    public long WaitingSeq { get; init; }

    /// <summary>Who served this customer last, in this matter or before.</summary>
    public string? LastAgent { get; init; }

    /// <summary>How often the customer said that it was not solved after all.</summary>
    public int Reopenings { get; init; }

    public Offer? Offer { get; init; }

    /// <summary>Who has the ticket, or had it last.</summary>
    public string? AgentId { get; init; }

    public string? AgentName { get; init; }

    /// <summary>The reservation that the agent accepted: names the slot that the ticket holds.</summary>
    public string? ReservationId { get; init; }

    /// <summary>Agents who declined or missed it since it was queued.</summary>
    public ImmutableArray<string> DeclinedBy { get; init; } = [];

    /// <summary>Resolved, but the after-contact work still holds the agent's slot.</summary>
    public bool WrapUpOpen { get; init; }

    public string? Disposition { get; init; }

    public int? Stars { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Client message ids seen, each with the <see cref="Fingerprint"/> of its author and text: a repeated one is stored once.</summary>
    public ImmutableDictionary<string, int> MessageIds { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The ticket after one more event.</summary>
    public Ticket Apply(TicketEvent happened, DateTimeOffset at) =>
        Change(happened, at) with { Seq = Seq + 1, UpdatedAt = at };

    private Ticket Change(TicketEvent happened, DateTimeOffset at) => happened switch
    {
        Opened e => Open(e, at),
        Queued e => this with
        {
            Phase = TicketPhase.Waiting,
            Queue = e.Queue,
            WaitingSince = e.WaitingSince,
            PriorityKey = e.PriorityKey,
            Requirements = e.Requirements,
            WaitingSeq = Seq + 1,
            DeclinedBy = [],
            LastAgent = e.LastAgent,
        },
        Offered e => this with
        {
            Phase = TicketPhase.Offered,
            Offer = new Offer(e.ReservationId, e.AgentId, e.Personal?.Name ?? "", e.ExpiresAt, e.Why, e.Explanation),
        },
        OfferEnded e => this with
        {
            Phase = TicketPhase.Waiting,
            Offer = null,
            WaitingSeq = Seq + 1,
            DeclinedBy = e.How == ReservationState.Rescinded ? DeclinedBy : DeclinedBy.Add(e.AgentId),
        },
        Accepted e => this with
        {
            Phase = TicketPhase.Assigned,
            Offer = null,
            AgentId = e.AgentId,
            LastAgent = e.AgentId,
            AgentName = e.Personal?.Name ?? "",
            ReservationId = e.ReservationId,
        },
        MessagePosted e => this with { MessageIds = MessageIds.Add(e.MessageId, Fingerprint(e.AuthorId, e.Personal?.Text)) },
        Resolved e => this with { Phase = TicketPhase.Resolved, WrapUpOpen = e.Disposition is null, Disposition = e.Disposition },
        WrappedUp e => this with { WrapUpOpen = false, Disposition = e.Disposition },
        Reopened e => this with
        {
            Phase = TicketPhase.Waiting,
            WaitingSince = e.WaitingSince,
            PriorityKey = e.PriorityKey,
            WaitingSeq = Seq + 1,
            DeclinedBy = [],
            Disposition = null,
            Reopenings = Reopenings + 1,
        },
        Rated e => this with { Stars = e.Stars },
        Closed => this with { Phase = TicketPhase.Closed, Offer = null, WrapUpOpen = false, ClosedAt = at },
        _ => throw new InvalidOperationException($"A ticket has no event {happened.GetType().Name}."),
    };

    private Ticket Open(Opened e, DateTimeOffset at) => this with
    {
        ContactId = e.ContactId,
        CustomerId = e.CustomerId,
        CustomerName = e.Personal?.Name ?? "",
        CustomerPhone = e.Personal?.Phone,
        Text = e.Personal?.Text ?? "",
        Role = e.Role,
        Channel = e.Channel,
        OrderNumber = e.OrderNumber,
        Category = e.Category,
        Urgency = e.Urgency,
        Sentiment = e.Sentiment,
        OpenedAt = at,
    };

    /// <summary>The same author and text give the same number in every process: FNV-1a (Fowler, Noll, Vo; 32 bits) over UTF-16 units.</summary>
    public static int Fingerprint(string authorId, string? text)
    {
        var hash = 2166136261u;
        foreach (var unit in authorId) hash = (hash ^ unit) * 16777619;
        hash = (hash ^ '\n') * 16777619;
        foreach (var unit in text ?? "") hash = (hash ^ unit) * 16777619;
        return (int)hash;
    }
}
