namespace CampusCare.Client;

/// <summary>
/// Follows one ticket through lost connections: each event once, in order, whatever way it came (pushed, fetched, twice,
/// too early). Dispose it to stop.
/// </summary>
public sealed class TicketWatch : IAsyncDisposable
{
    /// <summary>Far more than a client ever misses at once; what doesn't fit is fetched again with the gap.</summary>
    private const int MaxAhead = 500;

    private readonly HubLink _link;
    private readonly string _reference;
    private readonly Action<TicketHistory> _changed;
    private readonly Action<TicketWatch> _ended;
    private readonly (string Begin, string End) _methods;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<long, TicketEvent> _ahead = [];
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _heard;
    private bool _asking;
    private bool _askAgain;

    internal TicketWatch(
        HubLink link, string reference, long afterSeq, Action<TicketHistory> changed, Action<TicketWatch> ended, string begin = "Watch", string end = "Unwatch")
    {
        (_link, _reference, _changed, _ended, _methods) = (link, reference, changed, ended, (begin, end));
        LastSeq = _heard = afterSeq;
    }

    /// <summary>The ticket's id, without a campus.</summary>
    public string TicketId => _reference[(_reference.IndexOf('/') + 1)..];

    /// <summary>The ticket as last seen; null before the first answer.</summary>
    public Ticket? Ticket { get; private set; }

    /// <summary>The seq up to which nothing is missing. Keep it, and a watch that begins with it goes on there.</summary>
    public long LastSeq { get; private set; }

    /// <summary>Completes with the first answer.</summary>
    /// <exception cref="RefusedException">There is no such ticket for this caller, or the token is no good.</exception>
    public Task Began => _began.Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _ended(this);
        await _link.Call<Nothing>(_methods.End, [_reference], CancellationToken.None);
    }

    /// <summary>Takes what the gateway pushed.</summary>
    internal void Push(TicketHistory news)
    {
        if (Take(news)) Resume();
    }

    /// <summary>Asks for everything after the last event known, one question at a time; after each (re)connection, and for a gap.</summary>
    internal void Resume()
    {
        lock (_lock)
        {
            _askAgain = true;
            if (_asking) return;
            _asking = true;
        }
        _ = Ask();
    }

    private async Task Ask()
    {
        try
        {
            while (ShallAsk() is { } after)
            {
                var answer = await _link.Ask<TicketHistory>(_methods.Begin, [_reference, after], _stop.Token);
                if (answer.Value is not { } history) throw new RefusedException(answer.Problem);
                var hasGap = Take(history);
                _began.TrySetResult();
                // An answer older than a push leaves a gap: ask again, but only while asking helps.
                if (hasGap && LastSeq > after) Again();
            }
        }
        catch (RefusedException refused)
        {
            _began.TrySetException(refused);
            Rest();
        }
        catch (OperationCanceledException)
        {
            _began.TrySetCanceled();
            Rest();
        }
    }

    private long? ShallAsk()
    {
        lock (_lock)
        {
            _asking = _askAgain;
            _askAgain = false;
            return _asking ? LastSeq : null;
        }
    }

    private void Again()
    {
        lock (_lock) _askAgain = true;
    }

    private void Rest()
    {
        lock (_lock) _asking = false;
    }

    // True when something is known to have happened that did not come. Told under the lock, so that it is told in order.
    private bool Take(TicketHistory news)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested) return false;
            var joined = new List<TicketEvent>();
            var isNewer = Ticket is null || news.Ticket.Seq > Ticket.Seq;
            if (isNewer) Ticket = news.Ticket;
            _heard = Math.Max(_heard, news.Ticket.Seq);
            foreach (var happened in news.Events)
            {
                if (happened.Seq == LastSeq + 1 || (happened.Seq > LastSeq && _ahead.Count < MaxAhead)) _ahead[happened.Seq] = happened;
                while (_ahead.Remove(LastSeq + 1, out var next))
                {
                    joined.Add(next);
                    LastSeq++;
                }
            }
            if (isNewer || joined.Count > 0) _changed(new TicketHistory(Ticket!, [.. joined]));
            return _heard > LastSeq;
        }
    }
}

/// <summary>An answer that says no more than "done".</summary>
internal sealed record Nothing;
