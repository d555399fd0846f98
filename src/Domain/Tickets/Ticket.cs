using System.Collections.Immutable;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tickets;

/// <summary>An offer that an agent has not answered yet.</summary>
public sealed record Offer(
    string ReservationId, string AgentId, string AgentName, DateTimeOffset ExpiresAt, string Why, Routing.Explanation? Explanation = null, string? Slot = null);

/// <summary>A clock that was missed, or the next line that was asked (Tier): a ticket's kind and seq name it, however often it is told.</summary>
/// <param name="Kind">Which clock.</param>
/// <param name="DueAt">When it ran out.</param>
/// <param name="Seq">The ticket's seq after it.</param>
public readonly record struct Alert(ClockKind Kind, DateTimeOffset DueAt, long Seq);

/// <summary>A supervisor in a conversation.</summary>
public sealed record Supervisor(string Id, string Name);

/// <summary>A ticket as its events left it. Nothing but <see cref="Apply"/> changes it.</summary>
public sealed record Ticket
{
    /// <summary>A ticket without events.</summary>
    public static readonly Ticket None = new();

    // Set once more by Apply, in a copy that nobody else has seen yet: a second copy for each event would be waste.
    private long _seq;
    private DateTimeOffset _updatedAt;

    public TicketPhase Phase { get; init; }

    /// <summary>Number of events.</summary>
    public long Seq { get => _seq; init => _seq = value; }

    public string ContactId { get; init; } = "";

    public string CustomerId { get; init; } = "";

    public string CustomerName { get; init; } = "";

    public string? CustomerPhone { get; init; }

    public CustomerRole Role { get; init; }

    public CustomerTier Tier { get; init; }

    /// <summary>The ticket that an agent asks a colleague about; null for a customer's own matter.</summary>
    public string? ConsultationOf { get; init; }

    public Channel Channel { get; init; }

    public string Text { get; init; } = "";

    public string? OrderNumber { get; init; }

    public Category Category { get; init; }

    public Urgency Urgency { get; init; }

    public Sentiment Sentiment { get; init; }

    public string Queue { get; init; } = "";

    public ImmutableArray<SkillLevel> Requirements { get; init; } = [];

    /// <summary>Skills that would be good to have.</summary>
    public ImmutableArray<SkillLevel> Wishes { get; init; } = [];

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset UpdatedAt { get => _updatedAt; init => _updatedAt = value; }

    /// <summary>Since when the customer waits; kept by offers that fail, renewed by a reopening.</summary>
    public DateTimeOffset WaitingSince { get; init; }

    /// <summary>Order in the queue, see <see cref="Routing.Priority"/>.</summary>
    public long PriorityKey { get; init; }

    /// <summary>The seq at which this round of waiting began: makes each round's reservation ids unique.</summary>
    public long WaitingSeq { get; init; }

    /// <summary>Who served this customer last, in this matter or before, or whom it was handed to.</summary>
    public string? LastAgent { get; init; }

    /// <summary>How long it waits for <see cref="LastAgent"/> alone.</summary>
    public int PatienceSeconds { get; init; }

    /// <summary>The customer left and is called back on <see cref="Channel"/>.</summary>
    public bool PlaceIsKept { get; init; }

    /// <summary>What was promised about time.</summary>
    public ImmutableArray<Clock> Clocks { get; init; } = [];

    /// <summary>What supervisors should see: the last miss of each clock, until it is solved.</summary>
    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>How often it was handed to a next line because time ran out.</summary>
    public int Escalations { get; init; }

    /// <summary>How often the product team's endpoint was tried.</summary>
    public int ProductAttempts { get; init; }

    /// <summary>What goes to the customer outside of our pages; null when nothing ever did.</summary>
    public Correspondence? Correspondence { get; init; }

    /// <summary>Questions to colleagues that were not answered yet: their tickets' ids.</summary>
    public ImmutableArray<string> OpenConsults { get; init; } = [];

    /// <summary>Ids of the questions asked, so that a repeated one is asked once.</summary>
    public ImmutableArray<string> ConsultIds { get; init; } = [];

    /// <summary>How often the customer said that it was not solved after all.</summary>
    public int Reopenings { get; init; }

    public Offer? Offer { get; init; }

    /// <summary>Who has the ticket, or had it last.</summary>
    public string? AgentId { get; init; }

    public string? AgentName { get; init; }

    /// <summary>Who took it first, and answers for it whoever helps: first responsibility stays with one person, unless a supervisor takes over.</summary>
    public string? ResponsibleAgent { get; init; }

    /// <summary>Since when <see cref="AgentId"/> has the conversation; null while nobody does.</summary>
    public DateTimeOffset? AgentSince { get; init; }

    /// <summary>Since when the customer's words wait for an answer; null when the next word is the customer's.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>Supervisors whom the customer sees in the conversation.</summary>
    public ImmutableArray<Supervisor> Joined { get; init; } = [];

    /// <summary>Supervisors who read along once.</summary>
    public ImmutableArray<string> ListenedBy { get; init; } = [];

    /// <summary>The sound of a call; null before it first connected.</summary>
    public CallSound? Call { get; init; }

    /// <summary>The reservation that the agent accepted: names the slot that the ticket holds.</summary>
    public string? ReservationId { get; init; }

    /// <summary>Which of the agent's slots that is.</summary>
    public string? Slot { get; init; }

    /// <summary>Agents who declined or missed it since it was queued.</summary>
    public ImmutableArray<string> DeclinedBy { get; init; } = [];

    /// <summary>Resolved, but the after-contact work still holds the agent's slot.</summary>
    public bool WrapUpOpen { get; init; }

    public string? Disposition { get; init; }

    public int? Stars { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The hashes of the pictures that were added.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>What the customer's pictures look like (<see cref="Remedies.PictureSketch"/>); gone with what is personal.</summary>
    public ImmutableArray<string> Sketches { get; init; } = [];

    /// <summary>When words, names and numbers were erased; nothing is added to the ticket after that.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>What the bot said so far; null when it said nothing.</summary>
    public Knowledge.BotTalk? Bot { get; init; }

    /// <summary>How the order stood when the order system was asked last; null when it never said.</summary>
    public Orders.OrderFacts? Order { get; init; }

    /// <summary>How often it said so.</summary>
    public int OrderLooks { get; init; }

    /// <summary>What the customer was given, or may be, oldest first.</summary>
    public ImmutableArray<Remedy> Remedies { get; init; } = [];

    /// <summary>What the agent may grant; null when nothing is proposed.</summary>
    public RemedyProposed? ProposedRemedy { get; init; }

    /// <summary>The supervisor who looked at doubts last, and found nothing in them; null when nobody did.</summary>
    public string? DoubtsClearedBy { get; init; }

    /// <summary>The incident that the customer came because of, and was told of; null when there was none.</summary>
    public string? Incident { get; init; }

    /// <summary>The last event of a handing-on of which there is a summary; 0: none.</summary>
    public long SummarizedSeq { get; init; }

    /// <summary>Whether its category is not triage's any more.</summary>
    public bool IsRecategorized { get; init; }

    /// <summary>Whether the bot has the conversation: it answered, and no person was called since.</summary>
    public bool IsWithBot => Phase == TicketPhase.Resolved && Bot is { HandedOver: null };

    /// <summary>Client message ids seen, each with the <see cref="Fingerprint"/> of its author and text: a repeated one is stored once.</summary>
    public ImmutableDictionary<string, int> MessageIds { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The ticket after one more event.</summary>
    public Ticket Apply(TicketEvent happened, DateTimeOffset at)
    {
        var next = Change(happened, at);
        if (ReferenceEquals(next, this)) next = this with { };
        next._seq = _seq + 1;
        next._updatedAt = at;
        return next;
    }

    private Ticket Change(TicketEvent happened, DateTimeOffset at) => happened switch
    {
        Opened e => Open(e, at),
        Queued e => (this with { Requirements = e.Requirements, Wishes = e.Wishes, LastAgent = e.LastAgent, PatienceSeconds = e.PatienceSeconds, Clocks = Clocks.AddRange(e.Clocks) })
            .WaitIn(e.Queue, e.WaitingSince, e.PriorityKey),
        OrderSeen e => this with
        {
            Order = e.Order with { Rider = e.Personal?.Order?.Rider, RiderAt = e.Personal?.Order?.RiderAt, Place = e.Personal?.Order?.Place },
            OrderLooks = OrderLooks + 1,
        },
        Answered e => Answer(e),
        Misunderstood e => this with { Bot = Bot is null ? null : Bot with { Misses = e.Misses } },
        AnswerJudged e => this with { Bot = Bot is null ? null : Bot with { Helped = e.Helped } },
        HandedOver e => this with { Bot = (Bot ?? new Knowledge.BotTalk(e.ArticleId ?? "", 0, Routing.Language.Of(Text))) with { HandedOver = e.Reason, Step = null, Choices = [] } },
        Summarized e => this with { SummarizedSeq = e.OfSeq },
        Recategorized e => (this with { Category = e.Category, IsRecategorized = true, Requirements = e.Requirements, Wishes = e.Wishes, LastAgent = e.LastAgent, PatienceSeconds = e.PatienceSeconds })
            .WaitIn(e.Queue, WaitingSince, e.PriorityKey),
        Offered e => this with
        {
            Phase = TicketPhase.Offered,
            Offer = new Offer(e.ReservationId, e.AgentId, e.Personal?.Name ?? "", e.ExpiresAt, e.Why, e.Explanation, e.Slot),
        },
        OfferEnded e => this with
        {
            Phase = TicketPhase.Waiting,
            Offer = null,
            WaitingSeq = Seq + 1,
            DeclinedBy = e.How == ReservationState.Rescinded ? DeclinedBy : DeclinedBy.Add(e.AgentId),
        },
        Accepted e => Accept(e, at),
        MessagePosted e => Say(e, at),
        Noted e => this with { MessageIds = MessageIds.Add(e.NoteId, Fingerprint(e.AuthorId, e.Personal?.Text)) },
        Listened e => this with { ListenedBy = ListenedBy.Add(e.SupervisorId) },
        Whispered e => this with { MessageIds = MessageIds.Add(e.WhisperId, Fingerprint(e.SupervisorId, e.Personal?.Text)) },
        SupervisorJoined e => this with { Joined = Joined.Add(new Supervisor(e.SupervisorId, e.Personal?.Name ?? "")) },
        SupervisorLeft e => this with { Joined = Joined.RemoveAll(supervisor => supervisor.Id == e.SupervisorId) },
        TakenOver e => TakeOver(e, at),
        CallMoved e => this with { Call = Move(e.Step, at), UnansweredSince = e.Step == CallStep.Connected ? null : UnansweredSince },
        Transferred e => (this with { Requirements = e.Requirements, Wishes = [], LastAgent = e.ToAgent, PatienceSeconds = e.PatienceSeconds })
            .WaitIn(e.ToQueue, e.WaitingSince, e.PriorityKey),
        Returned e => (this with { LastAgent = null, PatienceSeconds = 0 }).WaitIn(Queue, e.WaitingSince, e.PriorityKey),
        ConsultAsked e => this with { OpenConsults = OpenConsults.Add(e.TicketId), ConsultIds = ConsultIds.Add(e.ConsultId) },
        ConsultAnswered e => this with { OpenConsults = OpenConsults.Remove(e.TicketId) },
        PlaceKept e => this with { PlaceIsKept = true, Channel = e.Channel, CustomerPhone = e.Personal?.Phone ?? CustomerPhone, WaitingSeq = Seq + 1 },
        Promised e => this with { Clocks = Clocks.Start(ClockKind.Promise, e.DueAt) },
        PhoneShown => this,
        ClockMissed e => this with { Clocks = Clocks.End(ClockState.Missed, e.Kind), PriorityKey = e.PriorityKey ?? PriorityKey, Alerts = AlertsWith(e.Kind, e.DueAt) },
        Escalated e => Escalate(e, at),
        ProductDelayed e => this with { ProductAttempts = e.Attempts, Clocks = Clocks.Start(ClockKind.Product, e.NextAt) },
        ReplySent e => Carry(Correspondence?.Sent(e.ReplySeq, e.MessageId), at),
        ReplyDelayed e => Carry(Correspondence?.Delayed(e.ReplySeq, e.Attempts), e.NextAt),
        ReplyFailed e => Carry(Correspondence?.Failed(e.ReplySeq), at),
        ProductTold e => this with { ProductAttempts = e.Attempts, Clocks = Clocks.End(e.Taken ? ClockState.Hit : ClockState.Missed, ClockKind.Product) },
        RemedyProposed e => this with { ProposedRemedy = e },
        DoubtsCleared e => this with { ProposedRemedy = ProposedRemedy is null ? null : ProposedRemedy with { Doubts = [] }, DoubtsClearedBy = e.SupervisorId },
        RemedyDecided e => (this with { ProposedRemedy = null }).Give(RemedyOf(e, at), at),
        RemedyApproved e => Give(e.Gift, remedy => remedy with { State = RemedyState.Paying, ApprovedBy = e.SupervisorId, DueAt = at }, at),
        RemedyDelayed e => Give(e.Gift, remedy => remedy with { Attempts = e.Attempts, DueAt = e.NextAt }, at),
        RemedyPaid e => Give(e.Gift, remedy => remedy with { State = RemedyState.Paid, Attempts = e.Attempts, DueAt = null, PaidAt = at }, at),
        RemedyFailed e => Give(e.Gift, remedy => remedy with { State = RemedyState.Failed, Attempts = e.Attempts, DueAt = null, Fault = e.Fault }, at),
        RemedyTakenBack e => Give(e.Gift, static remedy => remedy with { State = RemedyState.TakenBack }, at),
        Resolved e => this with
        {
            Phase = TicketPhase.Resolved,
            WrapUpOpen = e.Disposition is null,
            Disposition = e.Disposition,
            Clocks = Clocks.End(ClockState.Hit, AllOfService),
            Alerts = [],
            Joined = [],
            UnansweredSince = null,
        },
        WrappedUp e => this with { WrapUpOpen = false, Disposition = e.Disposition },
        Reopened e => (this with { Disposition = null, Reopenings = Reopenings + 1, PatienceSeconds = e.PatienceSeconds, Clocks = [.. Clocks.Stop(), .. e.Clocks] }).WaitIn(Queue, e.WaitingSince, e.PriorityKey),
        Rated e => this with { Stars = e.Stars },
        Closed => this with { Phase = TicketPhase.Closed, Offer = null, WrapUpOpen = false, ClosedAt = at, Clocks = Clocks.Stop(), Alerts = [], Joined = [], UnansweredSince = null },
        EvidenceAdded e => this with { Evidence = Evidence.Add(e.File.Hash), Sketches = e.Personal?.Sketches is { } sketches ? Sketches.AddRange(sketches.Split(' ')) : Sketches },
        PersonalErased => this with { ErasedAt = at, Sketches = [], Text = "", CustomerName = "", CustomerPhone = null, AgentName = AgentName is null ? null : "", Correspondence = null, Clocks = Clocks.Stop().Without(ClockKind.Reply), Order = Order is null ? null : Order with { Rider = null, RiderAt = null, Place = null } },
        _ => throw new InvalidOperationException($"A ticket has no event {happened.GetType().Name}."),
    };

    private static readonly ClockKind[] AllOfService = [ClockKind.FirstResponse, ClockKind.NextResponse, ClockKind.Resolution, ClockKind.Promise, ClockKind.Tier];

    private Ticket WaitIn(string queue, DateTimeOffset since, long priorityKey) => this with
    {
        Phase = TicketPhase.Waiting,
        Queue = queue,
        WaitingSince = since,
        PriorityKey = priorityKey,
        WaitingSeq = Seq + 1,
        DeclinedBy = [],
        ReservationId = null,
        Slot = null,
        AgentSince = null,
        Joined = [],
        Call = Call is { IsOn: true } on ? on.Stop(CallState.Dropped, since) : Call,
    };

    // The supervisor keeps none of the slots that queues fill: nobody waits longer because of it.
    private Ticket TakeOver(TakenOver e, DateTimeOffset at) => this with
    {
        AgentId = e.SupervisorId,
        AgentName = e.Personal?.Name ?? "",
        ResponsibleAgent = e.SupervisorId,
        LastAgent = null,
        PatienceSeconds = 0,
        ReservationId = e.ReservationId,
        Slot = null,
        AgentSince = at,
        Joined = Joined.RemoveAll(supervisor => supervisor.Id == e.SupervisorId),
        Call = Call is { IsOn: true } on ? on.Stop(CallState.Dropped, at) : Call,
    };

    private CallSound? Move(CallStep step, DateTimeOffset at) => step switch
    {
        CallStep.Connected => CallSound.Connect(Call, at),
        CallStep.Held => Call?.Turn(CallState.Held),
        CallStep.Resumed => Call?.Turn(CallState.Connected),
        CallStep.Dropped => Call?.Stop(CallState.Dropped, at),
        CallStep.Whispered => Call?.Turn(Call.State),
        _ => (Call ?? new CallSound(CallState.Ended, null, default, 0)).Stop(CallState.Ended, at),
    };

    private Ticket Accept(Accepted e, DateTimeOffset at) => this with
    {
        Phase = TicketPhase.Assigned,
        Offer = null,
        AgentId = e.AgentId,
        LastAgent = e.AgentId,
        AgentName = e.Personal?.Name ?? "",
        ResponsibleAgent = ResponsibleAgent ?? e.AgentId,
        ReservationId = e.ReservationId,
        Slot = Offer?.Slot,
        AgentSince = at,
        PlaceIsKept = false,
        Clocks = Media.Of(Channel) == Medium.Call ? Clocks.End(ClockState.Hit, ClockKind.FirstResponse) : Clocks,
    };

    private Ticket Answer(Answered e) => this with
    {
        Phase = TicketPhase.Resolved,
        Queue = e.Queue,
        WaitingSince = OpenedAt, // it never waits, unless a person is called
        Bot = new Knowledge.BotTalk(e.ArticleId, e.Version, e.Language)
        {
            Step = e.Step,
            Choices = e.Choices,
            Tried = Bot is null ? [e.ArticleId] : Bot.Tried.Contains(e.ArticleId) ? Bot.Tried : Bot.Tried.Add(e.ArticleId),
            Misses = Bot?.Misses ?? 0,
        },
    };

    private Ticket Say(MessagePosted e, DateTimeOffset at)
    {
        var said = this with
        {
            MessageIds = MessageIds.Add(e.MessageId, Fingerprint(e.AuthorId, e.Personal?.Text)),
            Incident = e.Incident ?? Incident,
            Clocks = e switch
            {
                { Author: Author.Agent or Author.Supervisor } => Clocks.End(ClockState.Hit, ClockKind.FirstResponse, ClockKind.NextResponse, ClockKind.Promise),
                { AnswerDueAt: { } due } => Clocks.Start(ClockKind.NextResponse, due),
                _ => Clocks,
            },
            UnansweredSince = e.Author switch
            {
                Author.Customer => UnansweredSince ?? at,
                Author.System => UnansweredSince,
                _ => null,
            },
        };
        if (e.Author != Author.Customer) return Correspondence is { Route: not null } ? said.Carry(Correspondence.With(Seq + 1, e.MessageId), at) : said;
        return e.Channel is { } channel ? said.Carry(Correspondence.Heard(channel, e.Personal?.ReplyTo, at), at) : said;
    }

    // The first reply of the outbox is due at a time; without replies no clock runs.
    private Ticket Carry(Correspondence? letters, DateTimeOffset dueAt) => this with
    {
        Correspondence = letters,
        Clocks = letters switch
        {
            null or { Outbox: [] } => Clocks.Without(ClockKind.Reply),
            _ when letters.Next == Correspondence?.Next => Clocks,
            _ => Clocks.Start(ClockKind.Reply, dueAt),
        },
    };

    private static Remedy RemedyOf(RemedyDecided e, DateTimeOffset at) =>
        new(e.Gift, e.Order, e.Rule, e.PolicyVersion, at, e.NeedsApproval ? RemedyState.Asked : RemedyState.Paying)
        {
            GrantedBy = e.AgentId,
            DueAt = e.NeedsApproval ? null : at,
        };

    private Ticket Give(RemedyGift gift, Func<Remedy, Remedy> change, DateTimeOffset at) => Remedies.Of(gift.Key) is { } remedy ? Give(change(remedy), at) : this;

    // The first payment is due at a time; when nothing is to be paid no clock runs.
    private Ticket Give(Remedy changed, DateTimeOffset at)
    {
        var remedies = Remedies.With(changed);
        return this with
        {
            Remedies = remedies,
            Clocks = remedies.NextToPay is { } next ? Clocks.Start(ClockKind.Payment, next.DueAt ?? at) : Clocks.Without(ClockKind.Payment),
        };
    }

    private Ticket Escalate(Escalated e, DateTimeOffset at)
    {
        var clocks = Clocks.End(ClockState.Missed, ClockKind.Tier);
        if (e.NextDueAt is { } next) clocks = clocks.Start(ClockKind.Tier, next);
        if (e.ToProduct) clocks = clocks.Start(ClockKind.Product, at);
        var escalated = this with { Escalations = e.Tier, Clocks = clocks, Alerts = AlertsWith(ClockKind.Tier, at) };
        return e.Moves ? (escalated with { Requirements = e.Requirements, Wishes = [] }).WaitIn(e.ToQueue!, WaitingSince, e.PriorityKey) : escalated;
    }

    private ImmutableArray<Alert> AlertsWith(ClockKind kind, DateTimeOffset dueAt) =>
        Alerts.RemoveAll(alert => alert.Kind == kind).Add(new Alert(kind, dueAt, Seq + 1));

    private Ticket Open(Opened e, DateTimeOffset at) => this with
    {
        ContactId = e.ContactId,
        CustomerId = e.CustomerId,
        CustomerName = e.Personal?.Name ?? "",
        CustomerPhone = e.Personal?.Phone,
        Text = e.Personal?.Text ?? "",
        Role = e.Role,
        Tier = e.Tier,
        ConsultationOf = e.ConsultationOf,
        Channel = e.Channel,
        OrderNumber = e.OrderNumber,
        Category = e.Category,
        Urgency = e.Urgency,
        Sentiment = e.Sentiment,
        OpenedAt = at,
        UnansweredSince = e.Channel == Channel.Proactive ? null : at,
        Correspondence = e.Personal?.ReplyTo is { } address ? Correspondence.Heard(e.Channel, address, at) : null,
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
