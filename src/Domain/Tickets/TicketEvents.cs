using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CampusCare.Domain.Orders;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tickets;

/// <summary>
/// What happened to a ticket. Stored for ever under its type's name, so a member may be added with a default, but
/// never renamed or removed. What may have to be erased one day stands in <see cref="Personal"/> and nowhere else.
/// </summary>
public abstract record TicketEvent
{
    /// <summary>Words and names of persons; null when the event has none, or when they were erased.</summary>
    [JsonIgnore]
    public PersonalData? Personal { get; init; }
}

/// <summary>The part of an event that can be erased.</summary>
/// <param name="Text">What was written.</param>
/// <param name="Name">Who wrote.</param>
/// <param name="Phone">A phone number.</param>
/// <param name="ReplyTo">Where the writer is reached on the channel of the event.</param>
/// <param name="Order">Who brings an order where.</param>
/// <param name="Sketches">What a picture looks like, in words of <see cref="Remedies.PictureSketch"/> with a space between them.</param>
public sealed record PersonalData(
    string? Text = null, string? Name = null, string? Phone = null, ReplyAddress? ReplyTo = null, OrderPersons? Order = null, string? Sketches = null);

/// <summary>The part of an order's facts that can be erased.</summary>
/// <param name="Rider">The rider's name.</param>
/// <param name="RiderAt">Where the rider was.</param>
/// <param name="Place">Where the order goes.</param>
public sealed record OrderPersons(string? Rider, string? RiderAt, string? Place);

/// <summary>Where somebody is reached on a channel outside of our pages.</summary>
/// <param name="Address">Who that is there: an openid, an e-mail address, a phone number.</param>
/// <param name="Thread">What a reply refers to, as the id of an e-mail; null where the channel has no such thing.</param>
public sealed record ReplyAddress(string Address, string? Thread = null);

/// <summary>
/// A customer asked. Personal: the text, the customer's name and phone. A consultation is a ticket too: its customer is
/// the agent who asks, and it names the ticket that it is about.
/// </summary>
public sealed record Opened(
    string ContactId,
    string CustomerId,
    CustomerRole Role,
    Channel Channel,
    string? OrderNumber,
    Category Category,
    double Confidence,
    Urgency Urgency,
    Sentiment Sentiment,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] CustomerTier Tier = CustomerTier.Standard,
    string? ConsultationOf = null) : TicketEvent;

/// <summary>
/// The ticket began to wait in a queue, at first for one agent alone if there is one who should have it: who served
/// this customer last, or whom it was handed to.
/// </summary>
public sealed record Queued(
    string Queue, DateTimeOffset WaitingSince, long PriorityKey, ImmutableArray<SkillLevel> Requirements, string? LastAgent = null) : TicketEvent
{
    /// <summary>Skills that would be good to have.</summary>
    public ImmutableArray<SkillLevel> Wishes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How long it waits for <see cref="LastAgent"/> alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PatienceSeconds { get; init; }

    /// <summary>What was promised about time when it was queued.</summary>
    public ImmutableArray<Clock> Clocks { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>The order system said how the ticket's order stands. Personal: the rider, where that is, and where the order goes.</summary>
/// <param name="Order">The facts, without the personal ones.</param>
public sealed record OrderSeen(OrderFacts Order) : TicketEvent;

/// <summary>
/// The bot answered, in the message just before: the matter counts as solved until the customer says otherwise.
/// </summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="Language">In which language.</param>
/// <param name="Confidence">How sure the bot was, 0–1.</param>
/// <param name="Queue">The line that the matter would wait in.</param>
/// <param name="Step">The step of a decision tree that waits for a choice; null when none does.</param>
public sealed record Answered(string ArticleId, int Version, string Language, double Confidence, string Queue, string? Step = null) : TicketEvent
{
    /// <summary>What the customer may choose.</summary>
    public ImmutableArray<string> Choices { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>The bot didn't understand, and asked for other words in the message just before.</summary>
public sealed record Misunderstood(int Misses) : TicketEvent;

/// <summary>The customer said whether the bot's answer helped.</summary>
public sealed record AnswerJudged(string ArticleId, int Version, bool Helped) : TicketEvent;

/// <summary>The bot handed the matter to a person. Personal: a summary for who takes over.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ArticleId">The article that it answered with last; null when with none.</param>
public sealed record HandedOver(Knowledge.HandOverReason Reason, string? ArticleId = null) : TicketEvent;

/// <summary>A language model summarized the matter for who takes over. Personal: the summary.</summary>
/// <param name="OfSeq">The seq of the event by which it was handed on.</param>
public sealed record Summarized(long OfSeq) : TicketEvent;

/// <summary>A language model said what the message is about, of which triage was in doubt: it waits where that belongs, since when it waited before.</summary>
/// <param name="Category">What it is about.</param>
/// <param name="Queue">Where it waits.</param>
/// <param name="PriorityKey">Its place there.</param>
/// <param name="Requirements">What its agent must know.</param>
/// <param name="LastAgent">Who should have it.</param>
public sealed record Recategorized(Category Category, string Queue, long PriorityKey, ImmutableArray<SkillLevel> Requirements, string? LastAgent = null) : TicketEvent
{
    /// <summary>Skills that would be good to have.</summary>
    public ImmutableArray<SkillLevel> Wishes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How long it waits for <see cref="LastAgent"/> alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PatienceSeconds { get; init; }
}

/// <summary>An agent holds a slot for the ticket until <paramref name="ExpiresAt"/>. Personal: the agent's name.</summary>
/// <param name="ReservationId">Names the offer.</param>
/// <param name="AgentId">Unique in the campus; one of another campus is written <c>campus/id</c>.</param>
/// <param name="ExpiresAt">When it ends without an answer.</param>
/// <param name="Why">In words.</param>
/// <param name="Explanation">In figures.</param>
/// <param name="Slot">Which slot of the agent; no two open tickets have the same.</param>
public sealed record Offered(
    string ReservationId, string AgentId, DateTimeOffset ExpiresAt, string Why, Routing.Explanation? Explanation = null, string? Slot = null) : TicketEvent;

/// <summary>The offer ended without an acceptance (Rejected, TimedOut or Rescinded); the ticket waits again at its place. Personal: what the agent says why.</summary>
/// <param name="ReservationId">Names the offer.</param>
/// <param name="AgentId">Who was asked.</param>
/// <param name="How">How it ended.</param>
/// <param name="Reason">The system's reason, by name. In journals of before, an agent's words, too.</param>
public sealed record OfferEnded(string ReservationId, string AgentId, ReservationState How, string? Reason) : TicketEvent;

/// <summary>The agent took the ticket. Personal: the agent's name.</summary>
public sealed record Accepted(string ReservationId, string AgentId) : TicketEvent;

/// <summary>Somebody wrote. Personal: the text and the writer's name.</summary>
/// <param name="MessageId">Chosen by the writer's client.</param>
/// <param name="Author">The writer's side.</param>
/// <param name="AuthorId">The writer.</param>
/// <param name="AnswerDueAt">By when a customer's word should be answered; null when nothing was promised, or when one before it still waits for its answer.</param>
/// <param name="Channel">The channel that a customer changed to or writes on, where replies go from here on; null when it stays in the pages.</param>
/// <param name="Incident">The incident that the ticket came because of, when this tells of it.</param>
public sealed record MessagePosted(string MessageId, Author Author, string AuthorId, DateTimeOffset? AnswerDueAt = null, Channel? Channel = null, string? Incident = null) : TicketEvent;

/// <summary>A reply reached the customer's channel.</summary>
/// <param name="ReplySeq">The seq of the message.</param>
/// <param name="MessageId">The id of the message.</param>
/// <param name="Channel">Where it went.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record ReplySent(long ReplySeq, string MessageId, Channel Channel, int Attempts) : TicketEvent;

/// <summary>A reply did not reach the customer's channel; it is tried again.</summary>
public sealed record ReplyDelayed(long ReplySeq, string MessageId, Channel Channel, int Attempts, ReplyFault Fault, DateTimeOffset NextAt) : TicketEvent;

/// <summary>A reply will not reach the customer's channel.</summary>
public sealed record ReplyFailed(long ReplySeq, string MessageId, Channel Channel, int Attempts, ReplyFault Fault) : TicketEvent;

/// <summary>An agent wrote for colleagues only. Personal: the text and the writer's name.</summary>
public sealed record Noted(string NoteId, string AuthorId) : TicketEvent;

/// <summary>The agent hands the ticket over; it waits at the head of a line. Personal: the note.</summary>
/// <param name="AgentId">Who had it.</param>
/// <param name="ToQueue">Where it waits now.</param>
/// <param name="ToAgent">Who should have it; null for whoever the queue finds.</param>
/// <param name="PatienceSeconds">How long it waits for <paramref name="ToAgent"/> alone.</param>
/// <param name="WaitingSince">Since when the customer waits for the next one.</param>
/// <param name="PriorityKey">Its place.</param>
/// <param name="Requirements">What the next one must know.</param>
/// <param name="BySupervisor">Who handed it over, when the agent didn't.</param>
public sealed record Transferred(
    string AgentId, string ToQueue, string? ToAgent, int PatienceSeconds, DateTimeOffset WaitingSince, long PriorityKey, ImmutableArray<SkillLevel> Requirements,
    string? BySupervisor = null) : TicketEvent;

/// <summary>A supervisor began to read along. It is kept once for each supervisor.</summary>
public sealed record Listened(string SupervisorId) : TicketEvent;

/// <summary>A supervisor wrote to the agent; the customer never sees it. Personal: the text and the supervisor's name.</summary>
public sealed record Whispered(string WhisperId, string SupervisorId) : TicketEvent;

/// <summary>A supervisor joined the conversation, and the customer sees it. Personal: the supervisor's name.</summary>
public sealed record SupervisorJoined(string SupervisorId) : TicketEvent;

/// <summary>A supervisor who had joined left; the agent goes on. Personal: the supervisor's name.</summary>
public sealed record SupervisorLeft(string SupervisorId) : TicketEvent;

/// <summary>
/// A supervisor took the conversation from its agent and answers for it from here on. It takes none of the slots that
/// queues fill. Personal: why, and the supervisor's name.
/// </summary>
/// <param name="SupervisorId">Who has it now.</param>
/// <param name="FromAgent">Who had it.</param>
/// <param name="ReservationId">Names the hold.</param>
public sealed record TakenOver(string SupervisorId, string FromAgent, string ReservationId) : TicketEvent;

/// <summary>The sound of a call connected, was held, went on, dropped or ended; or a supervisor began to speak to the agent alone, which the customer never hears of. Personal: a supervisor's name.</summary>
/// <param name="Step">What happened.</param>
/// <param name="Author">The side that did it, or noticed it.</param>
/// <param name="AuthorId">Who.</param>
public sealed record CallMoved(CallStep Step, Author Author, string AuthorId) : TicketEvent;

/// <summary>The agent was gone for longer than the grace time: the ticket waits again, at the head of its line.</summary>
public sealed record Returned(string AgentId, DateTimeOffset WaitingSince, long PriorityKey) : TicketEvent;

/// <summary>The agent asked a colleague and keeps the ticket. Personal: the question.</summary>
public sealed record ConsultAsked(string ConsultId, string TicketId, string AgentId, string Queue, string? ToAgent) : TicketEvent;

/// <summary>The colleague answered. Personal: the last words, and the colleague's name.</summary>
public sealed record ConsultAnswered(string TicketId, string AgentId) : TicketEvent;

/// <summary>The customer need not stay: the place is kept, and the agent calls back on the channel. Personal: the phone number.</summary>
public sealed record PlaceKept(Channel Channel) : TicketEvent;

/// <summary>The agent looked at the customer's phone number, which is masked otherwise.</summary>
public sealed record PhoneShown(string AgentId) : TicketEvent;

/// <summary>The agent promised the customer to come back by a time. Personal: the words.</summary>
public sealed record Promised(string AgentId, DateTimeOffset DueAt) : TicketEvent;

/// <summary>A clock ran out before what it guards was done. It happens once to each clock.</summary>
/// <param name="Kind">Which clock.</param>
/// <param name="DueAt">When it ran out.</param>
/// <param name="PriorityKey">The new place of a ticket that waits: at the head; null for one that doesn't.</param>
public sealed record ClockMissed(ClockKind Kind, DateTimeOffset DueAt, long? PriorityKey = null) : TicketEvent;

/// <summary>
/// The line that has the ticket didn't solve it in its time: the next one is asked. A ticket that waits moves there;
/// one that an agent has stays with the agent.
/// </summary>
/// <param name="Tier">1 for the first escalation.</param>
/// <param name="ToQueue">The next line; null: there is none.</param>
/// <param name="Moves">Whether the ticket waits in <paramref name="ToQueue"/> from now on.</param>
/// <param name="PriorityKey">Its place there.</param>
/// <param name="Requirements">What the next one must know.</param>
/// <param name="NextDueAt">When the line after that is asked.</param>
/// <param name="ToProduct">Whether the product team is told now.</param>
public sealed record Escalated(
    int Tier, string? ToQueue, bool Moves, long PriorityKey, ImmutableArray<SkillLevel> Requirements, DateTimeOffset? NextDueAt, bool ToProduct = false) : TicketEvent;

/// <summary>The product team's endpoint took the escalation, or was given up on after its last attempt.</summary>
public sealed record ProductTold(bool Taken, int Attempts) : TicketEvent;

/// <summary>The product team's endpoint did not take the escalation; it is tried again.</summary>
public sealed record ProductDelayed(int Attempts, DateTimeOffset NextAt) : TicketEvent;

/// <summary>The agent declared it solved. With a disposition the after-contact work is done too. Personal: the note.</summary>
public sealed record Resolved(string AgentId, string? Disposition) : TicketEvent;

/// <summary>The after-contact work ended. Personal: the note.</summary>
public sealed record WrappedUp(string AgentId, string Disposition) : TicketEvent;

/// <summary>The customer wrote again: not solved after all. The ticket waits again.</summary>
public sealed record Reopened(DateTimeOffset WaitingSince, long PriorityKey) : TicketEvent
{
    /// <summary>What is promised about time from here on.</summary>
    public ImmutableArray<Clock> Clocks { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How long it waits for the agent who had it alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PatienceSeconds { get; init; }
}

/// <summary>The customer rated, 1–5 stars. Personal: the comment.</summary>
public sealed record Rated(int Stars) : TicketEvent;

/// <summary>Somebody added a picture. It is kept outside of the journal, and erased with the personal parts; what was added stays on record. Personal: the name.</summary>
/// <param name="File">What was kept.</param>
/// <param name="Author">The side that added it.</param>
/// <param name="AuthorId">Who added it.</param>
public sealed record EvidenceAdded(EvidenceFile File, Author Author, string AuthorId) : TicketEvent;

/// <summary>A picture as it is kept.</summary>
/// <param name="Hash">SHA-256 of its bytes, 64 lower-case hex digits.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record EvidenceFile(string Hash, string Type, int Bytes, int Width, int Height);

/// <summary>The personal parts of all events before this one are erased. Their hashes stay, so that the chain still holds.</summary>
public sealed record PersonalErased(ErasureReason Reason) : TicketEvent;

/// <summary>The matter ended.</summary>
public sealed record Closed(ClosingReason Reason) : TicketEvent;
