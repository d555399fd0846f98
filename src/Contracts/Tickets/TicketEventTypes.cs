namespace CampusCare.Contracts.Tickets;

/// <summary>The names of a ticket's events, in the journal and for clients.</summary>
public static class TicketEventTypes
{
    /// <summary>The order system said how the order stands; detail: its number.</summary>
    public const string OrderSeen = "orderSeen";

    /// <summary>What an agent may grant; remedy: what; detail: the rule.</summary>
    public const string RemedyProposed = "remedyProposed";

    /// <summary>A supervisor looked at what made a person look, and found nothing in it; author: the supervisor.</summary>
    public const string DoubtsCleared = "doubtsCleared";

    /// <summary>The customer is given something, and it is being paid; author: the agent, unless policy alone gave it; remedy: what.</summary>
    public const string RemedyDecided = "remedyDecided";

    /// <summary>The agent granted what a second person has to approve; remedy: what.</summary>
    public const string RemedyAsked = "remedyAsked";

    /// <summary>A second person approved, and it is being paid; author: the supervisor; remedy: what.</summary>
    public const string RemedyApproved = "remedyApproved";

    /// <summary>The payment provider gave no answer; due: the next attempt; remedy: what.</summary>
    public const string RemedyDelayed = "remedyDelayed";

    /// <summary>The customer has it; remedy: what.</summary>
    public const string RemedyPaid = "remedyPaid";

    /// <summary>It will not be paid; detail: why; remedy: what.</summary>
    public const string RemedyFailed = "remedyFailed";

    /// <summary>Who granted it, or a supervisor, took it back before it was paid; remedy: what.</summary>
    public const string RemedyTakenBack = "remedyTakenBack";

    /// <summary>The bot answered, in the message before; detail: the article and its version, as late-delivery@3.</summary>
    public const string Answered = "answered";

    /// <summary>The bot asked for other words.</summary>
    public const string Misunderstood = "misunderstood";

    /// <summary>Detail: helped or notHelped.</summary>
    public const string AnswerJudged = "answerJudged";

    /// <summary>Detail: why; text: a summary for who takes over.</summary>
    public const string HandedOver = "handedOver";

    /// <summary>Text: a language model's summary for who takes over.</summary>
    public const string Summarized = "summarized";

    /// <summary>A language model said what it is about; detail: the category.</summary>
    public const string Recategorized = "recategorized";

    /// <summary>Text: the request.</summary>
    public const string Opened = "opened";

    /// <summary>Detail: the queue.</summary>
    public const string Queued = "queued";

    /// <summary>Author: the agent; detail: why this one.</summary>
    public const string Offered = "offered";

    /// <summary>The agent declined; detail: the reason.</summary>
    public const string OfferRejected = "offerRejected";

    /// <summary>The agent did not answer in time.</summary>
    public const string OfferTimedOut = "offerTimedOut";

    /// <summary>The system took the offer back.</summary>
    public const string OfferRescinded = "offerRescinded";

    /// <summary>Author: the agent.</summary>
    public const string Accepted = "accepted";

    /// <summary>Author, text, message id.</summary>
    public const string Message = "message";

    /// <summary>Author: the agent; text: the note; detail: the disposition.</summary>
    public const string Resolved = "resolved";

    /// <summary>Author: the agent; text: the note; detail: the disposition.</summary>
    public const string WrappedUp = "wrappedUp";

    /// <summary>The customer wrote again: it waits again.</summary>
    public const string Reopened = "reopened";

    /// <summary>Detail: the stars; text: the comment.</summary>
    public const string Rated = "rated";

    /// <summary>Detail: the reason.</summary>
    public const string Closed = "closed";

    /// <summary>Author: the agent; text: for colleagues only; message id.</summary>
    public const string Note = "note";

    /// <summary>Author: who had it, or the supervisor who gave it on; text: the note; detail: the queue or agent that gets it.</summary>
    public const string Transferred = "transferred";

    /// <summary>Author: the supervisor who began to read along.</summary>
    public const string Listened = "listened";

    /// <summary>Author: the supervisor; text: for the agent alone; message id.</summary>
    public const string Whispered = "whispered";

    /// <summary>Author: the supervisor whom the customer sees from here on.</summary>
    public const string SupervisorJoined = "supervisorJoined";

    /// <summary>Author: the supervisor who left the conversation to its agent.</summary>
    public const string SupervisorLeft = "supervisorLeft";

    /// <summary>Author: the supervisor who has it now; text: why; detail: the agent who had it.</summary>
    public const string TakenOver = "takenOver";

    /// <summary>Author: who did or noticed it; detail: connected, held, resumed, dropped, ended, or whispered (which customers don't see).</summary>
    public const string Call = "call";

    /// <summary>Author: the agent who was gone for too long.</summary>
    public const string Returned = "returned";

    /// <summary>Author: who asks; text: the question; detail: the consultation's ticket.</summary>
    public const string ConsultAsked = "consultAsked";

    /// <summary>Author: who answered; text: the last words; detail: the consultation's ticket.</summary>
    public const string ConsultAnswered = "consultAnswered";

    /// <summary>Detail: the channel of the call back.</summary>
    public const string PlaceKept = "placeKept";

    /// <summary>Author: the agent; text: the words; due: the time.</summary>
    public const string Promised = "promised";

    /// <summary>Author: the agent who looked at the phone number.</summary>
    public const string PhoneShown = "phoneShown";

    /// <summary>Detail: which clock; due: when it ran out.</summary>
    public const string ClockMissed = "clockMissed";

    /// <summary>Detail: the next line; none: the product team.</summary>
    public const string Escalated = "escalated";

    /// <summary>Detail: taken or givenUp.</summary>
    public const string ProductTold = "productTold";

    /// <summary>Detail: the channel; message id: the reply.</summary>
    public const string ReplySent = "replySent";

    /// <summary>Detail: why; message id: the reply; due: the next attempt.</summary>
    public const string ReplyDelayed = "replyDelayed";

    /// <summary>Detail: why; message id: the reply.</summary>
    public const string ReplyFailed = "replyFailed";

    /// <summary>Author; evidence: the picture.</summary>
    public const string Evidence = "evidence";

    /// <summary>The words, names and numbers before it are gone; detail: the reason.</summary>
    public const string Erased = "erased";

    /// <summary>What customers see in place of something among colleagues; never stored.</summary>
    public const string Internal = "internal";

    /// <summary>The product team's endpoint did not answer; due: the next attempt.</summary>
    public const string ProductDelayed = "productDelayed";
}
