using CampusCare.Contracts;
using CampusCare.Contracts.Incidents;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>
/// Tells every open page what is broken at its campus, as soon as that changes. Pages read it when they connect; a campus is
/// followed once, however many pages are open, and an unheard word is healed by the next renewal.
/// </summary>
internal sealed class IncidentBoards(Follows follows, Cluster cluster, ILogger<IncidentBoards> log)
{
    private readonly Dictionary<string, Board> _boards = [];

    /// <summary>A page opened.</summary>
    public void Enter(LiveConnection connection)
    {
        var campus = connection.Caller.Campus;
        lock (_boards)
        {
            if (!_boards.TryGetValue(campus, out var board))
            {
                _boards[campus] = board = new Board();
                _ = Begin(campus).Logged(log);
            }
            board.Readers.Add(connection);
        }
    }

    /// <summary>A page closed.</summary>
    public void Leave(LiveConnection connection)
    {
        var campus = connection.Caller.Campus;
        lock (_boards)
        {
            if (!_boards.TryGetValue(campus, out var board) || !board.Readers.Remove(connection) || board.Readers.Count > 0) return;
            _boards.Remove(campus);
        }
        follows.Release(Key(campus));
    }

    /// <summary>A campus told a change.</summary>
    public void Changed(IncidentNews news)
    {
        lock (_boards)
        {
            if (!_boards.TryGetValue(news.Campus, out var board) || board.Shown?.Version >= news.Version) return;
            var isSame = board.Shown is { } shown && shown.Open.AsSpan().SequenceEqual(news.Open.AsSpan());
            board.Shown = news;
            if (isSame) return;
            var open = Notices(news);
            foreach (var reader in board.Readers) Show(reader, open);
        }
    }

    /// <summary>Shows what changed while nobody here was followed; after each renewal.</summary>
    public async Task Compare(string campus)
    {
        var reply = await cluster.Read(cluster.Grains.Incidents(campus).Now(), static news => (Problems.Reply<IncidentNews>)news);
        if (reply.Value is { } now) Changed(now);
    }

    /// <summary>The page was behind: it may have missed a change.</summary>
    public void Refresh(LiveConnection connection)
    {
        lock (_boards)
        {
            if (_boards.GetValueOrDefault(connection.Caller.Campus) is { Shown: { } shown }) Show(connection, Notices(shown));
        }
    }

    // Without an answer the next renewal begins it.
    private async Task Begin(string campus)
    {
        if (await cluster.Done(follows.Need(Key(campus))) is null) await Compare(campus);
    }

    private static void Show(LiveConnection reader, IncidentNotice[] open) => reader.Push<ITicketClient>(client => client.IncidentsChanged(open));

    private static IncidentNotice[] Notices(IncidentNews news) => [.. news.Open.Select(IncidentNotice.Of)];

    private static FollowKey Key(string campus) => new(FollowKind.Incidents, new GrainName(campus, ""));

    private sealed class Board
    {
        public HashSet<LiveConnection> Readers { get; } = [];

        public IncidentNews? Shown { get; set; }
    }
}
