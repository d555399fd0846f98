namespace CampusCare.Storage;

/// <summary>Names an evidence file: each ticket has its own, so that erasing one ticket touches no other.</summary>
/// <param name="Campus">The ticket's campus.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="Hash">SHA-256 of the bytes, 64 lower-case hex digits.</param>
public sealed record EvidenceName(string Campus, string TicketId, string Hash);

/// <summary>Where evidence files are kept; never where pages are served from.</summary>
public interface IEvidenceFiles
{
    /// <summary>Keeps a file durably. Keeping it again is harmless.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    Task Keep(EvidenceName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default);

    /// <summary>The file's bytes; null when there is no such file.</summary>
    Stream? Open(EvidenceName name);

    /// <summary>Deletes all files of a ticket, those too that no event names.</summary>
    /// <returns>How many there were.</returns>
    int Delete(string campus, string ticketId);
}
