namespace CampusCare.Storage;

/// <summary>The only truth about tickets: an append-only, hash-chained list of events for each.</summary>
public interface ITicketJournal
{
    /// <summary>
    /// Appends events and replaces the ticket's row in one durable transaction. Every expected "no" is a
    /// result. Once handed over, an append runs to its end, so there is nothing to cancel. Appending the same again
    /// doesn't store it twice: its seqs are taken.
    /// </summary>
    /// <exception cref="ArgumentException">No events, a negative seq, or a previous hash that doesn't fit the seq.</exception>
    Task<AppendResult> Append(Append append);

    /// <summary>
    /// The ticket's events after <paramref name="afterSeq"/> (0 = all), in order; empty when there are none, or when
    /// the ticket belongs to another campus.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation = default);

    /// <summary>
    /// Erases the personal part of all events of a ticket and the subject of its row; the chain still verifies.
    /// </summary>
    /// <returns>How many events had a personal part.</returns>
    /// <exception cref="StorageUnavailableException">Nothing was erased, or it isn't known whether it was.</exception>
    Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation = default);
}
