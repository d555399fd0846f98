using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>One connection's watch of one ticket.</summary>
internal sealed class TicketWatcher(WatchedTicket ticket, LiveConnection connection)
{
    /// <summary>The watch waits for the history that it begins with.</summary>
    public const long NotReady = -1;

    public WatchedTicket Ticket => ticket;

    public LiveConnection Connection => connection;

    /// <summary>The last event that the connection was given; the ticket's lock guards it.</summary>
    public long LastSeq { get; set; } = NotReady;

    /// <summary>The last place that the connection was told; the ticket's lock guards it.</summary>
    public QueuePlace? Place { get; set; }
}

/// <summary>
/// A ticket that connections of this process watch. Each gets each event once, in order; one that is behind gets nothing
/// now, and all that it missed in one piece when it has caught up.
/// </summary>
internal sealed class WatchedTicket(GrainName name)
{
    /// <summary>Expected waits that differ by less are told as the same.</summary>
    private const double WaitStepSeconds = 5;

    private readonly Lock _lock = new();
    private readonly List<TicketWatcher> _watchers = [];
    private long _newest;
    private bool _catchingUp;

    public GrainName Name => name;

    /// <summary>The line that is asked for customers who watch; guarded by <see cref="QueueLines"/>, as the next two.</summary>
    public GrainName? Line { get; set; }

    /// <summary>Where the ticket waits, if it does.</summary>
    public GrainName? WaitsIn { get; set; }

    /// <summary>The seq after which that is so.</summary>
    public long TrackedSeq { get; set; }

    /// <summary>Whether the line's news matter to anybody here.</summary>
    public bool HasCustomers
    {
        get
        {
            lock (_lock) return _watchers.Exists(static watcher => watcher.Connection.Caller.IsCustomer);
        }
    }

    public void Add(TicketWatcher watcher)
    {
        lock (_lock) _watchers.Add(watcher);
    }

    /// <summary>True when it was the last one.</summary>
    public bool Remove(TicketWatcher watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
            return _watchers.Count == 0;
        }
    }

    /// <summary>The connection has all events up to a seq. True when newer ones passed by while it read them.</summary>
    public bool Ready(TicketWatcher watcher, long seq)
    {
        lock (_lock)
        {
            watcher.LastSeq = Math.Max(watcher.LastSeq, seq);
            return _newest > watcher.LastSeq;
        }
    }

    /// <summary>The ticket is at a seq. True when some connection misses events.</summary>
    public bool Heard(long seq)
    {
        lock (_lock)
        {
            _newest = Math.Max(_newest, seq);
            return Oldest() is not null;
        }
    }

    /// <summary>True for the one who shall fetch what is missing; false while somebody does.</summary>
    public bool BeginCatchUp()
    {
        lock (_lock) return !_catchingUp && (_catchingUp = true);
    }

    /// <summary>The seq after which events are missing; null when none are (any more), which ends the catching up.</summary>
    public long? MissingAfter()
    {
        lock (_lock)
        {
            var oldest = Oldest();
            if (oldest is null) _catchingUp = false;
            return oldest;
        }
    }

    /// <summary>What is missing can't be had now.</summary>
    public void EndCatchUp()
    {
        lock (_lock) _catchingUp = false;
    }

    /// <summary>Gives each connection the events that it doesn't have. True when some connection misses what came before them.</summary>
    public bool Deliver(TicketNews news)
    {
        if (news.Events.IsEmpty) return false;
        var faces = new Faces(news);
        var missing = false;
        lock (_lock)
        {
            _newest = Math.Max(_newest, news.Ticket.Seq);
            foreach (var watcher in _watchers)
            {
                if (watcher.LastSeq == TicketWatcher.NotReady) continue;
                var skip = watcher.LastSeq + 1 - news.Events[0].Seq;
                if (skip >= news.Events.Length) continue;
                if (skip < 0)
                {
                    missing |= !watcher.Connection.IsBehind;
                    continue;
                }
                var view = faces.For(watcher.Connection, (int)skip);
                if (watcher.Connection.Push<ITicketClient>(client => client.TicketChanged(view))) watcher.LastSeq = news.Events[^1].Seq;
            }
        }
        return missing;
    }

    /// <summary>Passes a signal on to whom it is for. One that is behind misses it; its sender says it again.</summary>
    public void Deliver(SignalNews news)
    {
        var heard = new HeardSignal(news.TicketId, news.From, news.Signal);
        lock (_lock)
        {
            foreach (var watcher in _watchers)
            {
                var caller = watcher.Connection.Caller;
                if (caller.IsCustomer != (news.To == Author.Customer) || caller.NameOn(news.Campus) != news.ToId) continue;
                if (news.To == Author.Supervisor) watcher.Connection.Push<ISupervisorClient>(client => client.Signaled(heard));
                else watcher.Connection.Push<ITalkingClient>(client => client.Signaled(heard));
            }
        }
    }

    /// <summary>Tells customers where they stand, unless they know.</summary>
    public void Tell(QueuePlace place)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
            {
                if (watcher.Place is { } told && (told.Version > place.Version || Same(told, place))) continue;
                if (watcher.Connection.Push<ICustomerClient>(client => client.PlaceChanged(place))) watcher.Place = place;
            }
        }
    }

    private long? Oldest()
    {
        long? oldest = null;
        foreach (var watcher in _watchers)
        {
            if (watcher.LastSeq == TicketWatcher.NotReady || watcher.LastSeq >= _newest || watcher.Connection.IsBehind) continue;
            oldest = oldest is { } other ? Math.Min(other, watcher.LastSeq) : watcher.LastSeq;
        }
        return oldest;
    }

    private static bool Same(QueuePlace one, QueuePlace other) =>
        one.Position == other.Position && one.Waiting == other.Waiting && Step(one) == Step(other);

    private static double? Step(QueuePlace place) => place.ExpectedWaitSeconds is { } seconds ? Math.Round(seconds / WaitStepSeconds) : null;

    // The same news goes to several connections: what each kind may see is made once.
    private sealed class Faces(TicketNews news)
    {
        private TicketNews? _toCustomer;
        private TicketNews? _toStaff;

        public TicketNews For(LiveConnection connection, int skip)
        {
            var view = connection.Caller.IsCustomer
                ? _toCustomer ??= Visible.ToCustomer(news)
                : _toStaff ??= Visible.ToStaff(news);
            return skip == 0 ? view : view with { Events = ImmutableArray.Create(view.Events, skip, view.Events.Length - skip) };
        }
    }
}
