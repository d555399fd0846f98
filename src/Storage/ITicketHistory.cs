namespace CampusCare.Storage;

/// <summary>The events of many tickets as they happened one after the other.</summary>
public interface ITicketHistory
{
    /// <summary>
    /// All events before <paramref name="to"/> of a campus's tickets but those that were resolved or closed before
    /// <paramref name="from"/> and not touched since: by time, then ticket, then seq. Those of before <paramref name="from"/> tell how the tickets stood then.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    IAsyncEnumerable<JournalEvent> Between(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default);
}
