using System.Collections.Immutable;

namespace CampusCare.Contracts.Audits;

/// <summary>Who of a campus's staff did what. One turn at a time, so that each entry follows the one before it.</summary>
[Alias("Audit")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Stores an entry durably, for ever.</summary>
    Task Record(AuditRecord entry);

    /// <summary>Entries, newest first.</summary>
    Task<ImmutableArray<AuditView>> Read(AuditQuery query);
}

/// <summary>Something that was done, or tried. Ids only: nothing in it may be personal beyond them.</summary>
/// <param name="Actor">The id of the agent, or of the API key.</param>
/// <param name="Role">In which role.</param>
/// <param name="Action">What (<see cref="AuditActions"/>).</param>
/// <param name="Target">On what: a ticket's, a queue's, a key's id; empty for the actor's own matters.</param>
/// <param name="Detail">How: the status, the queue or agent that gets the ticket; empty when there is nothing to add.</param>
/// <param name="Outcome"><c>done</c>, or the code of the refusal.</param>
[GenerateSerializer, Immutable, Alias("AuditRecord")]
public sealed record AuditRecord(
    [property: Id(0)] string Actor,
    [property: Id(1)] string Role,
    [property: Id(2)] string Action,
    [property: Id(3)] string Target,
    [property: Id(4)] string Detail,
    [property: Id(5)] string Outcome);

/// <summary>An entry of the log.</summary>
/// <param name="Seq">1 for the campus's first entry, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="What">What was done.</param>
/// <param name="Hash">SHA-256, in hex, over this entry and, through the hash of the one before it, all before.</param>
[GenerateSerializer, Immutable, Alias("AuditView")]
public sealed record AuditView(
    [property: Id(0)] long Seq,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] AuditRecord What,
    [property: Id(3)] string Hash);

/// <summary>Which entries; what is null doesn't matter.</summary>
/// <param name="Before">Those below this seq; 0: from the newest on.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Action">What.</param>
/// <param name="Target">On what.</param>
[GenerateSerializer, Immutable, Alias("AuditQuery")]
public sealed record AuditQuery(
    [property: Id(0)] long Before,
    [property: Id(1)] int Limit,
    [property: Id(2)] string? Actor = null,
    [property: Id(3)] string? Action = null,
    [property: Id(4)] string? Target = null);

/// <summary>The actions of the log.</summary>
public static class AuditActions
{
    public const string SignedIn = "signedIn";
    public const string StatusSet = "statusSet";
    public const string TicketTransferred = "ticketTransferred";
    public const string ConversationListened = "conversationListened";
    public const string ConversationWhispered = "conversationWhispered";
    public const string ConversationJoined = "conversationJoined";
    public const string ConversationLeft = "conversationLeft";
    public const string ConversationTakenOver = "conversationTakenOver";
    public const string HistoryExported = "historyExported";
    public const string PhoneShown = "phoneShown";
    public const string QueueChanged = "queueChanged";
    public const string AgentChanged = "agentChanged";
    public const string AgentRetired = "agentRetired";
    public const string OriginsChanged = "originsChanged";
    public const string RetentionChanged = "retentionChanged";
    public const string BotChanged = "botChanged";
    public const string RemediesChanged = "remediesChanged";
    public const string ReviewsChanged = "reviewsChanged";
    public const string ReviewOpened = "reviewOpened";
    public const string DecisionReviewed = "decisionReviewed";
    public const string CorrectionsExported = "correctionsExported";
    public const string RemedyGranted = "remedyGranted";
    public const string RemedyApproved = "remedyApproved";
    public const string DoubtsCleared = "doubtsCleared";
    public const string RemedyTakenBack = "remedyTakenBack";
    public const string IncidentDeclared = "incidentDeclared";
    public const string IncidentChanged = "incidentChanged";
    public const string IncidentEnded = "incidentEnded";
    public const string ArticleWritten = "articleWritten";
    public const string ArticleMoved = "articleMoved";
    public const string KeyCreated = "keyCreated";
    public const string KeyRevoked = "keyRevoked";
    public const string WebhookBegun = "webhookBegun";
    public const string WebhookEnded = "webhookEnded";
    public const string WebhookSecretsChanged = "webhookSecretsChanged";
    public const string DataExported = "dataExported";
    public const string DataErased = "dataErased";

    /// <summary>How something went that was done.</summary>
    public const string Done = "done";
}
