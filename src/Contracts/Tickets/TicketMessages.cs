using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;

namespace CampusCare.Contracts.Tickets;

/// <summary>Opens a ticket.</summary>
/// <param name="ContactId">Chosen by the client, 1–64 characters; the same id opens the same ticket.</param>
/// <param name="Customer">Who asks.</param>
/// <param name="Channel">How it reached us.</param>
/// <param name="Text">What was asked, 1–4,000 characters.</param>
/// <param name="OrderNumber">The order that it is about, when known.</param>
[GenerateSerializer, Immutable, Alias("OpenTicket")]
public sealed record OpenTicket(
    [property: Id(0)] string ContactId,
    [property: Id(1)] CustomerRef Customer,
    [property: Id(2)] Channel Channel,
    [property: Id(3)] string Text,
    [property: Id(4)] string? OrderNumber = null)
{
    /// <summary>Set by an agent's question to a colleague: the ticket that it is about, and who should see it.</summary>
    [Id(5)] public Consultation? Consultation { get; init; }

    /// <summary>Where replies must go; null for a contact through our pages, where the customer sees them.</summary>
    [Id(6)] public ReplyTo? ReplyTo { get; init; }
}

/// <summary>Where a contact came from, outside of our pages, and what it continues.</summary>
/// <param name="Address">Who the customer is on the channel: an openid, an e-mail address, a phone number.</param>
/// <param name="Thread">What a reply refers to, as the id of an e-mail; null where the channel has no such thing.</param>
/// <param name="TicketId">The ticket that the contact says it belongs to, as an e-mail in a thread does.</param>
/// <param name="GoesOn">Whether the channel is one conversation, in which a word belongs to the open ticket.</param>
[GenerateSerializer, Immutable, Alias("ReplyTo")]
public sealed record ReplyTo(
    [property: Id(0)] string Address, [property: Id(1)] string? Thread = null, [property: Id(2)] string? TicketId = null, [property: Id(3)] bool GoesOn = false);

/// <summary>What makes a ticket a question to a colleague.</summary>
/// <param name="OfTicket">The ticket that it is about.</param>
/// <param name="Queue">Which line is asked.</param>
/// <param name="ToAgent">Who is asked; null for whoever the queue finds.</param>
[GenerateSerializer, Immutable, Alias("Consultation")]
public sealed record Consultation([property: Id(0)] string OfTicket, [property: Id(1)] string Queue, [property: Id(2)] string? ToAgent);

/// <summary>A contact is stored.</summary>
/// <param name="Ticket">The ticket that it opened or joined.</param>
/// <param name="Place">Where that stands in the line; null when it doesn't wait.</param>
/// <param name="IsNew">Whether the contact opened the ticket just now (false: it joined one, or was repeated).</param>
[GenerateSerializer, Immutable, Alias("Receipt")]
public sealed record Receipt([property: Id(0)] TicketView Ticket, [property: Id(1)] QueuePlace? Place, [property: Id(2)] bool IsNew = false);

/// <summary>The customer as the campus app vouches for them.</summary>
[GenerateSerializer, Immutable, Alias("CustomerRef")]
public sealed record CustomerRef(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] CustomerRole Role,
    [property: Id(3)] string? Phone = null,
    [property: Id(4)] CustomerTier Tier = CustomerTier.Standard);

/// <summary>Adds a message.</summary>
/// <param name="MessageId">Chosen by the client, 1–64 characters; the same id is stored once.</param>
/// <param name="Author">Customer, Agent, or a Supervisor who joined.</param>
/// <param name="AuthorId">The customer's, agent's or supervisor's id; ownership is checked with it.</param>
/// <param name="Text">1–4,000 characters.</param>
[GenerateSerializer, Immutable, Alias("PostMessage")]
public sealed record PostMessage(
    [property: Id(0)] string MessageId,
    [property: Id(1)] Author Author,
    [property: Id(2)] string AuthorId,
    [property: Id(3)] string Text)
{
    /// <summary>The channel of a customer who writes outside of our pages; null: in them.</summary>
    [Id(4)] public Channel? Channel { get; init; }

    /// <summary>Where replies must go; null for our pages.</summary>
    [Id(5)] public ReplyTo? ReplyTo { get; init; }
}

/// <summary>An agent's answer to an offer.</summary>
[GenerateSerializer, Immutable, Alias("AnswerOffer")]
public sealed record AnswerOffer(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string ReservationId,
    [property: Id(2)] string? Reason = null);

/// <summary>An agent's closing words.</summary>
/// <param name="AgentId">Who resolves.</param>
/// <param name="Disposition">The after-contact code; null leaves the after-contact work open.</param>
/// <param name="Note">What was done, for colleagues.</param>
[GenerateSerializer, Immutable, Alias("ResolveTicket")]
public sealed record ResolveTicket(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string? Disposition,
    [property: Id(2)] string? Note = null);

/// <summary>A customer's rating, 1–5 stars.</summary>
[GenerateSerializer, Immutable, Alias("RateTicket")]
public sealed record RateTicket(
    [property: Id(0)] string CustomerId,
    [property: Id(1)] int Stars,
    [property: Id(2)] string? Comment = null);

/// <summary>Hands a ticket on: to a queue, or to an agent.</summary>
/// <param name="AgentId">Who has it.</param>
/// <param name="ToQueue">The queue that gets it; null: the agent's own.</param>
/// <param name="ToAgent">The agent who should get it; null for whoever the queue finds.</param>
/// <param name="Note">What the next one should know.</param>
[GenerateSerializer, Immutable, Alias("TransferTicket")]
public sealed record TransferTicket(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string? ToQueue,
    [property: Id(2)] string? ToAgent,
    [property: Id(3)] string? Note = null);

/// <summary>Asks a colleague about a ticket, and keeps it.</summary>
/// <param name="AgentId">Who asks.</param>
/// <param name="ConsultId">Chosen by the client, 1–64 characters; the same id asks once.</param>
/// <param name="Question">1–4,000 characters.</param>
/// <param name="ToQueue">The line that is asked; null: the colleague's own.</param>
/// <param name="ToAgent">The colleague; null for whoever the queue finds.</param>
[GenerateSerializer, Immutable, Alias("ConsultColleague")]
public sealed record ConsultColleague(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string ConsultId,
    [property: Id(2)] string Question,
    [property: Id(3)] string? ToQueue,
    [property: Id(4)] string? ToAgent);

/// <summary>What became of a consultation.</summary>
[GenerateSerializer, Immutable, Alias("ConsultAnswer")]
public sealed record ConsultAnswer(
    [property: Id(0)] string TicketId,
    [property: Id(1)] string AgentId,
    [property: Id(2)] string AgentName,
    [property: Id(3)] string? Words);

/// <summary>Promises the customer an answer by a time.</summary>
[GenerateSerializer, Immutable, Alias("MakePromise")]
public sealed record MakePromise([property: Id(0)] string AgentId, [property: Id(1)] DateTimeOffset DueAt, [property: Id(2)] string? Words = null);

/// <summary>A phone number in full.</summary>
[GenerateSerializer, Immutable, Alias("PhoneNumber")]
public sealed record PhoneNumber([property: Id(0)] string Number);

/// <summary>A word for colleagues only.</summary>
/// <param name="NoteId">Chosen by the client, 1–64 characters; the same id is stored once.</param>
/// <param name="AgentId">Who writes.</param>
/// <param name="Text">1–4,000 characters.</param>
[GenerateSerializer, Immutable, Alias("WriteNote")]
public sealed record WriteNote([property: Id(0)] string NoteId, [property: Id(1)] string AgentId, [property: Id(2)] string Text);

/// <summary>Virtual hold.</summary>
/// <param name="CustomerId">Who goes.</param>
/// <param name="Channel">How the agent calls back.</param>
/// <param name="Phone">The number, where the campus app gave none.</param>
[GenerateSerializer, Immutable, Alias("KeepPlace")]
public sealed record KeepPlace([property: Id(0)] string CustomerId, [property: Id(1)] Channel Channel, [property: Id(2)] string? Phone = null);

/// <summary>A customer's verdict on the bot's answer.</summary>
[GenerateSerializer, Immutable, Alias("JudgeAnswer")]
public sealed record JudgeAnswer([property: Id(0)] string CustomerId, [property: Id(1)] AnswerVerdict Verdict);

/// <summary>What the bot said.</summary>
/// <param name="ArticleId">The article that it answered with last.</param>
/// <param name="Version">Which version.</param>
/// <param name="Asks">Whether it waits for the customer's verdict.</param>
/// <param name="Helped">The verdict; null while there is none.</param>
/// <param name="HandedOver">Why a person has the matter; null while the bot has it.</param>
[GenerateSerializer, Immutable, Alias("BotView")]
public sealed record BotView(
    [property: Id(0)] string ArticleId, [property: Id(1)] int Version, [property: Id(2)] bool Asks, [property: Id(3)] bool? Helped, [property: Id(4)] HandOverReason? HandedOver)
{
    /// <summary>What the customer may choose next; empty unless a decision tree asks.</summary>
    [Id(5)] public ImmutableArray<string> Choices { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>The customer ends the matter.</summary>
[GenerateSerializer, Immutable, Alias("CloseTicket")]
public sealed record CloseTicket([property: Id(0)] string CustomerId);

/// <summary>Puts a picture on record.</summary>
/// <param name="Author">Customer or Agent.</param>
/// <param name="AuthorId">The customer's or agent's id; ownership is checked with it.</param>
/// <param name="File">What was kept.</param>
[GenerateSerializer, Immutable, Alias("AddEvidence")]
public sealed record AddEvidence([property: Id(0)] Author Author, [property: Id(1)] string AuthorId, [property: Id(2)] EvidenceView File)
{
    /// <summary>What it looks like, where that could be seen.</summary>
    [Id(3)] public ImmutableArray<string> Sketches { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>A picture.</summary>
/// <param name="Hash">SHA-256 of its bytes, 64 lower-case hex digits: its name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
[GenerateSerializer, Immutable, Alias("EvidenceView")]
public sealed record EvidenceView(
    [property: Id(0)] string Hash, [property: Id(1)] string Type, [property: Id(2)] int Bytes, [property: Id(3)] int Width, [property: Id(4)] int Height);

/// <summary>Erases what is personal in a ticket.</summary>
/// <param name="Reason">Why.</param>
/// <param name="CloseOpen">Whether a ticket that isn't over is ended first; otherwise it is refused.</param>
/// <param name="UntouchedSince">A ticket with a later event is refused; null: any age will do.</param>
[GenerateSerializer, Immutable, Alias("EraseTicket")]
public sealed record EraseTicket(
    [property: Id(0)] ErasureReason Reason,
    [property: Id(1)] bool CloseOpen = false,
    [property: Id(2)] DateTimeOffset? UntouchedSince = null);

/// <summary>A ticket without its personal parts: the proof that the rest is as it was.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Events">How many events had a personal part just now; 0 when it was erased before.</param>
/// <param name="Seq">The last event.</param>
/// <param name="Hash">Its hash: the head of the chain, 64 hex digits.</param>
/// <param name="ErasedAt">When it was erased first.</param>
/// <param name="Files">How many evidence files were deleted just now.</param>
[GenerateSerializer, Immutable, Alias("ErasedTicket")]
public sealed record ErasedTicket(
    [property: Id(0)] string TicketId,
    [property: Id(1)] int Events,
    [property: Id(2)] long Seq,
    [property: Id(3)] string Hash,
    [property: Id(4)] DateTimeOffset ErasedAt,
    [property: Id(5)] int Files = 0);

/// <summary>A ticket as it stands.</summary>
[GenerateSerializer, Immutable, Alias("TicketView")]
public sealed record TicketView(
    [property: Id(0)] string TicketId,
    [property: Id(1)] string Campus,
    [property: Id(2)] TicketPhase Phase,
    [property: Id(3)] string Queue,
    [property: Id(4)] Category Category,
    [property: Id(5)] Urgency Urgency,
    [property: Id(6)] Sentiment Sentiment,
    [property: Id(7)] CustomerRef Customer,
    [property: Id(8)] Channel Channel,
    [property: Id(9)] string Subject,
    [property: Id(10)] string? OrderNumber,
    [property: Id(11)] string? AgentId,
    [property: Id(12)] string? AgentName,
    [property: Id(13)] DateTimeOffset OpenedAt,
    [property: Id(14)] DateTimeOffset WaitingSince,
    [property: Id(15)] string? Disposition,
    [property: Id(16)] int? Stars,
    [property: Id(17)] bool WrapUpOpen,
    [property: Id(18)] long Seq,
    [property: Id(19)] int Reopenings = 0)
{
    /// <summary>Who took it first and answers for it; null before that.</summary>
    [Id(20)] public string? ResponsibleAgent { get; init; }

    /// <summary>The customer left, keeps the place and is called back.</summary>
    [Id(21)] public bool PlaceIsKept { get; init; }

    /// <summary>How often it was handed to a next line because time ran out.</summary>
    [Id(22)] public int Escalations { get; init; }

    /// <summary>What was promised about time, and how that went.</summary>
    [Id(23)] public ImmutableArray<ClockView> Clocks { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The ticket that this one is a question about; null for a customer's own matter.</summary>
    [Id(24)] public string? ConsultationOf { get; init; }

    /// <summary>Questions to colleagues that were not answered yet: their tickets' ids.</summary>
    [Id(25)] public ImmutableArray<string> OpenConsults { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The channel outside of our pages that the customer wrote on last, where replies go; null: they are seen in our pages.</summary>
    [Id(26)] public Channel? ReplyChannel { get; init; }

    /// <summary>How many replies are on their way to that channel.</summary>
    [Id(27)] public int RepliesUnderWay { get; init; }

    /// <summary>When its words, names and numbers were erased; null while they are kept.</summary>
    [Id(28)] public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>What the bot said; null when it said nothing.</summary>
    [Id(29)] public BotView? Bot { get; init; }

    /// <summary>Supervisors whom the customer sees in the conversation.</summary>
    [Id(30)] public ImmutableArray<JoinedSupervisor> Joined { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How its order stood when the order system was asked last; null when it never said.</summary>
    [Id(31)] public OrderView? Order { get; init; }

    /// <summary>What the customer was given, or may be, oldest first. Customers don't see what waits for approval, nor what was taken back.</summary>
    [Id(32)] public ImmutableArray<RemedyView> Remedies { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What the agent may grant; customers never see it.</summary>
    [Id(33)] public ImmutableArray<ProposedRemedy> ProposedRemedies { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The incident that the customer came because of, and was told of; null when there was none.</summary>
    [Id(34)] public string? Incident { get; init; }

    /// <summary>The sound of a call; null before it first connected, and for what is no call.</summary>
    [Id(35)] public CallView? Call { get; init; }
}

/// <summary>A time by which something must be done.</summary>
[GenerateSerializer, Immutable, Alias("ClockView")]
public sealed record ClockView([property: Id(0)] ClockKind Kind, [property: Id(1)] DateTimeOffset DueAt, [property: Id(2)] ClockState State);

/// <summary>
/// One event of a ticket as clients see it: one flat shape for all types (<see cref="TicketEventTypes"/>); what a type
/// does not need is null. Seqs of a ticket count 1, 2, 3… without gaps, for every reader.
/// </summary>
[GenerateSerializer, Immutable, Alias("TicketEventView")]
public sealed record TicketEventView(
    [property: Id(0)] long Seq,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Type,
    [property: Id(3)] Author? Author = null,
    [property: Id(4)] string? AuthorId = null,
    [property: Id(5)] string? AuthorName = null,
    [property: Id(6)] string? Text = null,
    [property: Id(7)] string? MessageId = null,
    [property: Id(8)] string? Detail = null,
    [property: Id(9)] MatchExplanation? Explanation = null,
    [property: Id(10)] DateTimeOffset? DueAt = null,
    [property: Id(11)] EvidenceView? Evidence = null,
    [property: Id(12)] RemedyGiftView? Remedy = null);

/// <summary>A ticket and its events after a seq, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("TicketHistory")]
public sealed record TicketHistory(
    [property: Id(0)] TicketView Ticket,
    [property: Id(1)] ImmutableArray<TicketEventView> Events);

/// <summary>New events of a ticket, and the ticket after them.</summary>
[GenerateSerializer, Immutable, Alias("TicketNews")]
public sealed record TicketNews(
    [property: Id(0)] TicketView Ticket,
    [property: Id(1)] ImmutableArray<TicketEventView> Events);
