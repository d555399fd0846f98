namespace CampusCare.Storage;

/// <summary>Names an evidence file: each ticket has its own, so that erasing one ticket touches no other.</summary>
/// <param name="Campus">The ticket's campus.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="Hash">SHA-256 of the bytes, 64 lower-case hex digits.</param>
public sealed record EvidenceName(string Campus, string TicketId, string Hash);

/// <summary>Where evidence files are kept; never where pages are served from.</summary>
public interface IEvidenceFiles
{
    /// <summary>Keeps a file durably. Keeping it again is harmless, and makes it as young as a new one.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    Task Keep(EvidenceName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default);

    /// <summary>Whether there is such a file.</summary>
    bool Has(EvidenceName name);

    /// <summary>The file's bytes; null when there is no such file.</summary>
    Stream? Open(EvidenceName name);

    /// <summary>Deletes all files of a ticket, those too that no event names.</summary>
    /// <returns>How many there were.</returns>
    int Delete(string campus, string ticketId);

    /// <summary>
    /// Deletes those files of a ticket that it doesn't name, unfinished ones too. Young ones stay: their ticket may be
    /// about to name them.
    /// </summary>
    /// <param name="campus">The ticket's campus.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="named">Hashes of the files that the ticket names.</param>
    /// <param name="before">Files that were kept since then are young.</param>
    /// <returns>How many were deleted.</returns>
    int DeleteOrphans(string campus, string ticketId, IReadOnlyCollection<string> named, DateTimeOffset before);

    /// <summary>Tickets whose files changed since a time, by id, beginning after one of them.</summary>
    Task<IReadOnlyList<string>> Changed(string campus, DateTimeOffset since, string after, int limit);
}
