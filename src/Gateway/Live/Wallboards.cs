using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Supervision;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>A campus in one second.</summary>
/// <param name="Campus">The campus.</param>
/// <param name="At">When the figures were asked for.</param>
/// <param name="Queues">Each queue's figures.</param>
/// <param name="Waiting">Tickets that wait, over all queues.</param>
/// <param name="Offered">Tickets that an agent thinks about.</param>
/// <param name="LongestWaitSeconds">How long the first in any line has waited.</param>
/// <param name="AgentsAvailable">Agents at work, of the queue that has most: one who serves several queues counts in each.</param>
/// <param name="FreeSlots">Tickets that could be taken now, of the queue that could take most.</param>
public sealed record Wallboard(
    string Campus, DateTimeOffset At, QueueFigures[] Queues, int Waiting, int Offered, double LongestWaitSeconds, int AgentsAvailable, int FreeSlots)
{
    /// <summary>More contacts come than the forecast said; null when they don't.</summary>
    public InflowAlert? Inflow { get; init; }

    /// <summary>What may be broken, and how many came because of what is; null while that is not known.</summary>
    public IncidentSigns? Incidents { get; init; }
}

/// <summary>
/// Sends each campus's figures once a second while somebody watches, one loop a campus, however many do; and what missed
/// its time, at once. Who has not taken the figures of the last second gets none of this one: the next are newer.
/// </summary>
internal sealed class Wallboards(Cluster cluster, OpenAlerts alerts, Follows follows, Load load, TimeProvider time, ILogger<Wallboards> log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Under high load figures come once in so many periods.</summary>
    private const int SlowPeriods = 5;

    /// <summary>Once in so many periods the queues are asked what is open, so that nothing told in vain stays unseen.</summary>
    private const int AlertPeriods = 5;

    private static readonly Problem NoCampus = ProblemOf.NotFound("There is no such campus.");

    private readonly Dictionary<string, Board> _boards = [];

    /// <summary>The figures now, and from then on each second. The alerts that are open come too.</summary>
    public async Task<Reply<Wallboard>> Watch(LiveConnection connection)
    {
        var campus = connection.Caller.Campus;
        var reply = await Read(campus);
        if (reply.Value is null) return reply;
        var open = (await alerts.Of(campus)).Value;
        lock (_boards)
        {
            if (!_boards.TryGetValue(campus, out var board))
            {
                _boards[campus] = board = new Board([.. reply.Value.Queues.Select(queue => new FollowKey(FollowKind.Queue, new GrainName(campus, queue.Queue)))]);
                _ = Run(campus, board.Stop.Token).Logged(log);
                // Without an answer the next renewal begins it.
                foreach (var queue in board.Queues) _ = cluster.Done(follows.Need(queue)).Logged(log);
            }
            // What one who comes finds out is news for those who watch already.
            if (open is not null) Tell(board, board.Know(open));
            board.Watchers.Add(connection);
            foreach (var alert in board.Alerts) connection.Push<ISupervisorClient>(client => client.ClockMissed(alert));
        }
        return reply;
    }

    /// <summary>The connection closed.</summary>
    public void Leave(LiveConnection connection)
    {
        var campus = connection.Caller.Campus;
        lock (_boards)
        {
            if (!_boards.TryGetValue(campus, out var board) || !board.Watchers.Remove(connection) || board.Watchers.Count > 0) return;
            _boards.Remove(campus);
            foreach (var queue in board.Queues) follows.Release(queue);
            board.Stop.Cancel();
            board.Stop.Dispose();
        }
    }

    /// <summary>A ticket missed a clock, or was handed to the next line.</summary>
    public void Alerted(ClockAlert alert)
    {
        lock (_boards)
        {
            if (!_boards.TryGetValue(alert.Campus, out var board) || !board.Remember(alert)) return;
            Tell(board, [alert]);
        }
    }

    private static void Tell(Board board, IEnumerable<ClockAlert> news)
    {
        foreach (var alert in news)
            foreach (var watcher in board.Watchers) watcher.Push<ISupervisorClient>(client => client.ClockMissed(alert));
    }

    /// <summary>The client was behind: it gets the last alerts again. Figures come by themselves.</summary>
    public void Refresh(LiveConnection connection)
    {
        lock (_boards)
        {
            if (!_boards.TryGetValue(connection.Caller.Campus, out var board) || !board.Watchers.Contains(connection)) return;
            foreach (var alert in board.Alerts) connection.Push<ISupervisorClient>(client => client.ClockMissed(alert));
        }
    }

    private async Task Run(string campus, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            for (var tick = 0; await timer.WaitForNextTickAsync(stop); tick++)
            {
                if (load.IsHigh && tick % SlowPeriods != 0) continue;
                if (tick % AlertPeriods == 0) await FindAlerts(campus);
                // A second without an answer shows nothing; the next one may.
                if ((await Read(campus)).Value is not { } wallboard) continue;
                foreach (var watcher in WatchersOf(campus))
                {
                    if (!watcher.IsWaiting) watcher.Push<ISupervisorClient>(client => client.WallboardChanged(wallboard));
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }

    // The word of one may have got lost on its way here.
    private async Task FindAlerts(string campus)
    {
        if ((await alerts.Of(campus)).Value is not { } open) return;
        lock (_boards)
        {
            if (!_boards.TryGetValue(campus, out var board)) return;
            Tell(board, board.Know(open));
        }
    }

    private LiveConnection[] WatchersOf(string campus)
    {
        lock (_boards) return _boards.TryGetValue(campus, out var board) ? [.. board.Watchers] : [];
    }

    private async Task<Reply<Wallboard>> Read(string campus)
    {
        var at = time.GetUtcNow();
        var settings = await cluster.Read(cluster.Grains.Campus(campus).Settings(), static settings => settings is null ? NoCampus : (Reply<CampusSettings>)settings);
        if (settings.Value is not { } known) return settings.Problem!;
        // Without an answer about inflow or incidents the board shows the rest.
        var asked = cluster.Read(cluster.Grains.Forecast(campus).Inflow(), static surge => (Reply<Surge>)new Surge(surge));
        var signs = cluster.Read(cluster.Grains.Incidents(campus).Signs(), static signs => (Reply<IncidentSigns>)signs);
        var figures = await cluster.Read(
            Task.WhenAll(known.Queues.Select(queue => cluster.Grains.Queue(campus, queue.Queue).Figures())),
            static queues => (Reply<QueueFigures[]>)queues);
        var (inflow, incidents) = (await asked, await signs);
        return figures.Map(queues => Sum(campus, at, queues) with { Inflow = inflow.Value?.Alert, Incidents = incidents.Value });
    }

    private sealed record Surge(InflowAlert? Alert);

    private static Wallboard Sum(string campus, DateTimeOffset at, QueueFigures[] queues) => new(
        campus,
        at,
        queues,
        queues.Sum(static queue => queue.Waiting),
        queues.Sum(static queue => queue.Offered),
        queues.Max(static queue => queue.LongestWaitSeconds),
        queues.Max(static queue => queue.AgentsAvailable),
        queues.Max(static queue => queue.FreeSlots));

    private sealed class Board(FollowKey[] queues)
    {
        /// <summary>No more than a slow client can take at once, else it would never get to the end.</summary>
        private const int MaxAlerts = 32;

        private Dictionary<(string, ClockKind, long), ClockAlert> _alerts = [];

        public FollowKey[] Queues => queues;

        public HashSet<LiveConnection> Watchers { get; } = [];

        public CancellationTokenSource Stop { get; } = new();

        /// <summary>The last that are open, as far as known, the newest last.</summary>
        public IEnumerable<ClockAlert> Alerts => _alerts.Values.OrderBy(static alert => alert.DueAt).TakeLast(MaxAlerts);

        /// <summary>True when it is new.</summary>
        public bool Remember(ClockAlert alert) => _alerts.TryAdd(KeyOf(alert), alert);

        /// <summary>These are open, and no others; gives the last of those that are new.</summary>
        public IReadOnlyList<ClockAlert> Know(ClockAlert[] open)
        {
            var news = open.Where(alert => !_alerts.ContainsKey(KeyOf(alert))).TakeLast(MaxAlerts).ToList();
            _alerts = open.ToDictionary(KeyOf);
            return news;
        }

        private static (string, ClockKind, long) KeyOf(ClockAlert alert) => (alert.TicketId, alert.Kind, alert.Seq);
    }
}
