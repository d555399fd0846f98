namespace CampusCare.Storage;

/// <summary>Walks the hash chains of all tickets, one event in memory at a time, and names the first break.</summary>
public sealed class JournalVerifier
{
    private readonly IChainSource _source;

    internal JournalVerifier(IChainSource source) => _source = source;

    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public async Task<VerifyReport> Verify(CancellationToken cancellation = default)
    {
        var walk = new ChainWalk();
        await foreach (var link in _source.Links(cancellation))
            walk.Visit(link);
        walk.EndTicket();
        await foreach (var head in _source.HeadsWithoutEvents(cancellation))
            walk.VisitLoneHead(head);
        return walk.Report;
    }
}

/// <param name="Tickets">Tickets that have events.</param>
/// <param name="Events">Events read.</param>
/// <param name="BrokenTickets">Tickets whose chain or row is broken.</param>
/// <param name="First">The first break, by ticket id and seq; null when everything holds.</param>
public sealed record VerifyReport(long Tickets, long Events, long BrokenTickets, ChainBreak? First);

/// <param name="TicketId">The ticket whose chain is broken.</param>
/// <param name="Seq">The event that doesn't hold, or the last one when the row is what's wrong; 0 when there is no event.</param>
/// <param name="Kind">What is wrong.</param>
public sealed record ChainBreak(string TicketId, long Seq, ChainBreakKind Kind);

/// <summary>What can be wrong with a ticket's journal.</summary>
public enum ChainBreakKind
{
    /// <summary>The event's hash isn't that of its content.</summary>
    HashMismatch,

    /// <summary>The event doesn't name its predecessor's hash.</summary>
    PreviousHashMismatch,

    /// <summary>The personal part isn't the one that was hashed, or was erased only in part.</summary>
    PersonalMismatch,

    /// <summary>The event before this one is missing.</summary>
    Gap,

    /// <summary>The first event is missing.</summary>
    MissingHead,

    /// <summary>The event names another campus than the ticket's row.</summary>
    CampusMismatch,

    /// <summary>The ticket has events but no row.</summary>
    RowMissing,

    /// <summary>The row's seq or hash isn't that of the last event.</summary>
    RowMismatch,

    /// <summary>The ticket has a row but no events.</summary>
    EventsMissing,
}

/// <summary>What a ticket's row says of its chain.</summary>
internal readonly record struct ChainHead(string TicketId, string Campus, long Seq, EventHash Hash);

/// <summary>An event beside its ticket's row.</summary>
internal readonly record struct ChainLink(StoredEvent Event, ChainHead? Head);

/// <summary>All that the verifier reads.</summary>
internal interface IChainSource
{
    /// <summary>Every event, grouped by ticket, by seq within each.</summary>
    IAsyncEnumerable<ChainLink> Links(CancellationToken cancellation);

    /// <summary>Rows of tickets that have no event.</summary>
    IAsyncEnumerable<ChainHead> HeadsWithoutEvents(CancellationToken cancellation);
}
