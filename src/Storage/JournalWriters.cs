namespace CampusCare.Storage;

/// <summary>
/// The writers of a process, each with its share of the tickets: so one prepares while another commits, and the appends of
/// a ticket keep their order.
/// </summary>
internal sealed class JournalWriters(IReadOnlyList<JournalWriter> writers) : IAsyncDisposable
{
    public Task<AppendResult> Write(SealedAppend append) =>
        writers[(int)((uint)append.TicketId.GetHashCode(StringComparison.Ordinal) % writers.Count)].Write(append);

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers)
            await writer.DisposeAsync();
    }
}
