namespace CampusCare.Storage;

/// <summary>Something that a member of a campus's staff did, or tried.</summary>
/// <param name="Actor">The id of the agent, or of the API key.</param>
/// <param name="Role">In which role.</param>
/// <param name="Action">What.</param>
/// <param name="Target">On what; empty for nothing.</param>
/// <param name="Detail">How; empty when there is nothing to add.</param>
/// <param name="Outcome">How it went.</param>
public sealed record AuditFact(string Actor, string Role, string Action, string Target, string Detail, string Outcome);

/// <summary>A stored fact.</summary>
/// <param name="Campus">The campus.</param>
/// <param name="Seq">1 for the campus's first one, without gaps.</param>
/// <param name="At">UTC, to the microsecond.</param>
/// <param name="Fact">What happened.</param>
/// <param name="Hash">Covers this entry and, through its predecessor's hash, all before it.</param>
public sealed record AuditEntry(string Campus, long Seq, DateTimeOffset At, AuditFact Fact, EventHash Hash);

/// <summary>
/// An append-only log of each campus, chained by hashes; the database refuses to change or delete what is in it. Every
/// method throws <see cref="StorageUnavailableException"/> when the database can't be used now.
/// </summary>
public interface IAuditLog
{
    /// <summary>Stores a fact durably, after the campus's last one, whoever stored that.</summary>
    Task Append(string campus, DateTimeOffset at, AuditFact fact);

    /// <summary>Entries below a seq (0: from the newest on), newest first; by whom, what, on what, where these are given.</summary>
    Task<IReadOnlyList<AuditEntry>> Read(
        string campus, long before, int limit, string? actor = null, string? action = null, string? target = null, CancellationToken cancellation = default);

    /// <summary>Walks every campus's chain, and gives the first entry that doesn't hold; null when all do.</summary>
    Task<AuditEntry?> FirstBroken(CancellationToken cancellation = default);
}
