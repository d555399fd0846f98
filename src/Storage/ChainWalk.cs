namespace CampusCare.Storage;

/// <summary>The state of one walk over all chains.</summary>
internal sealed class ChainWalk
{
    private long _tickets;
    private long _events;
    private long _broken;
    private ChainBreak? _first;
    private ChainLink? _last;
    private bool _ticketBroken;

    public VerifyReport Report => new(_tickets, _events, _broken, _first);

    public void Visit(ChainLink link)
    {
        if (_last is { } last && last.Event.TicketId != link.Event.TicketId)
            EndTicket();
        if (_last is null)
            _tickets++;
        _events++;
        if (Check(link, _last?.Event) is { } kind)
            Break(link.Event.TicketId, link.Event.Seq, kind);
        _last = link;
    }

    /// <summary>Compares the row with the ticket's last event, once that is known to be the last.</summary>
    public void EndTicket()
    {
        if (_last is { Event: var last, Head: var head })
        {
            if (head is not { } row)
                Break(last.TicketId, last.Seq, ChainBreakKind.RowMissing);
            else if (row.Seq != last.Seq || row.Hash != last.Hash)
                Break(last.TicketId, last.Seq, ChainBreakKind.RowMismatch);
        }
        _last = null;
        _ticketBroken = false;
    }

    public void VisitLoneHead(ChainHead head)
    {
        _ticketBroken = false;
        Break(head.TicketId, 0, ChainBreakKind.EventsMissing);
    }

    private static ChainBreakKind? Check(ChainLink link, StoredEvent? before)
    {
        var item = link.Event;
        if (item.Seq != (before?.Seq ?? 0) + 1)
            return before is null ? ChainBreakKind.MissingHead : ChainBreakKind.Gap;
        if (item.PreviousHash != (before?.Hash ?? EventHash.None))
            return ChainBreakKind.PreviousHashMismatch;
        if (!PersonalHolds(item))
            return ChainBreakKind.PersonalMismatch;
        var hash = EventChain.Hash(
            item.PreviousHash, item.TicketId, item.Seq, item.Campus, item.AtMicros, item.Type, item.Payload, item.PersonalHash);
        if (hash != item.Hash)
            return ChainBreakKind.HashMismatch;
        return link.Head is { } row && row.Campus != item.Campus ? ChainBreakKind.CampusMismatch : null;
    }

    private static bool PersonalHolds(StoredEvent item) => (item.Personal, item.Salt) switch
    {
        (null, null) => true,
        ({ } personal, { } salt) => item.PersonalHash == EventChain.PersonalHash(salt, personal),
        _ => false,
    };

    private void Break(string ticketId, long seq, ChainBreakKind kind)
    {
        if (!_ticketBroken)
            _broken++;
        _ticketBroken = true;
        var found = new ChainBreak(ticketId, seq, kind);
        if (_first is null || string.CompareOrdinal(ticketId, _first.TicketId) < 0)
            _first = found;
    }
}
