namespace CampusCare.Contracts.Tickets;

/// <summary>The names of a ticket's events, in the journal and for clients.</summary>
public static class TicketEventTypes
{
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
}
