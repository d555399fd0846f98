using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>
/// Shows supervisors their campus's conversations, one loop a campus, however many look; what is the same as a second
/// before is not sent again. Who took a conversation over is present, as agents are, while this is open: else the
/// conversation would go back to its line, as from an agent who is gone.
/// </summary>
internal sealed class ListeningRooms(LiveRooms rooms, Follows follows, Cluster cluster, Load load, TimeProvider time, ILogger<ListeningRooms> log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Under high load the list comes once in so many periods.</summary>
    private const int SlowPeriods = 5;

    private readonly Dictionary<string, Room> _rooms = [];

    /// <summary>The conversations now, and from then on each change.</summary>
    public async Task<Reply<LiveRoom>> Enter(LiveConnection connection)
    {
        var reply = await rooms.Of(connection.Caller);
        if (reply.Value is not { } now) return reply;
        lock (_rooms)
        {
            if (!_rooms.TryGetValue(now.Campus, out var room))
            {
                _rooms[now.Campus] = room = new Room(connection.Caller);
                _ = Run(room).Logged(log);
            }
            room.Guests.TryAdd(connection, false);
            Seat(room, now);
        }
        return reply;
    }

    /// <summary>A supervisor took a conversation over: present from now on.</summary>
    public void Attend(LiveConnection connection)
    {
        lock (_rooms)
        {
            if (_rooms.TryGetValue(connection.Caller.Campus, out var room) && room.Guests.ContainsKey(connection)) Seat(room, connection, true);
        }
    }

    /// <summary>The connection closed.</summary>
    public void Leave(LiveConnection connection)
    {
        lock (_rooms)
        {
            if (!_rooms.TryGetValue(connection.Caller.Campus, out var room)) return;
            if (!room.Guests.Remove(connection, out var seated)) return;
            if (seated) follows.Release(Key(connection));
            if (room.Guests.Count > 0) return;
            _rooms.Remove(connection.Caller.Campus);
            room.Stop.Cancel();
            room.Stop.Dispose();
        }
    }

    /// <summary>The client was behind: the next list is sent whether it changed or not.</summary>
    public void Refresh(LiveConnection connection)
    {
        lock (_rooms)
        {
            if (_rooms.TryGetValue(connection.Caller.Campus, out var room)) room.Shown = null;
        }
    }

    private async Task Run(Room room)
    {
        var stop = room.Stop.Token;
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            for (var tick = 0; await timer.WaitForNextTickAsync(stop); tick++)
            {
                if (load.IsHigh && tick % SlowPeriods != 0) continue;
                // A second without an answer shows nothing; the next one may.
                if ((await rooms.Of(room.Asker)).Value is { } now) Show(room, now);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private void Show(Room room, LiveRoom now)
    {
        lock (_rooms)
        {
            Seat(room, now);
            if (room.Shown is { } shown && shown.More == now.More && shown.Conversations.AsSpan().SequenceEqual(now.Conversations)) return;
            room.Shown = now;
            foreach (var guest in room.Guests.Keys) guest.Push<ISupervisorClient>(client => client.RoomChanged(now));
        }
    }

    private void Seat(Room room, LiveRoom now)
    {
        var answering = now.Conversations.Where(static talk => talk.TakenOver).Select(static talk => talk.AgentId).ToHashSet();
        foreach (var guest in room.Guests.Keys.ToList()) Seat(room, guest, answering.Contains(guest.Caller.Id));
    }

    private void Seat(Room room, LiveConnection guest, bool isThere)
    {
        if (room.Guests[guest] == isThere) return;
        room.Guests[guest] = isThere;
        // Without an answer the next renewal begins it.
        if (isThere) _ = cluster.Done(follows.Need(Key(guest))).Logged(log);
        else follows.Release(Key(guest));
    }

    private static FollowKey Key(LiveConnection guest) => new(FollowKind.Agent, guest.Name);

    /// <summary>A campus's room: who looks, each with whether they are present as one who answers.</summary>
    private sealed class Room(Caller asker)
    {
        /// <summary>In whose name the list is read; all who look are of this campus.</summary>
        public Caller Asker => asker;

        public Dictionary<LiveConnection, bool> Guests { get; } = [];

        public LiveRoom? Shown { get; set; }

        public CancellationTokenSource Stop { get; } = new();
    }
}
