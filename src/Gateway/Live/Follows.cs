using CampusCare.Contracts;

namespace CampusCare.Gateway.Live;

/// <summary>A grain's name within its kind.</summary>
internal readonly record struct GrainName(string Campus, string Id);

/// <summary>The kinds of grains that tell news; who is asked for something comes first, where all are told again.</summary>
internal enum FollowKind { Agent, Queue, Incidents, Ticket }

/// <summary>A grain that can be followed.</summary>
internal readonly record struct FollowKey(FollowKind Kind, GrainName Grain);

/// <summary>
/// Which grains this process follows, counted by need: the first need begins it, the last one ends it. Grains forget
/// followers after a while (or all at once, when their silo dies), so what is needed is renewed.
/// </summary>
internal sealed class Follows(IGrainFactory grains, ObserverReference self, TimeProvider time)
{
    /// <summary>What could not be told is told again after so long.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>How long a grain may take to answer: a word that died with a silo must not keep back the next one.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<FollowKey, Follow> _follows = [];

    /// <summary>How many grains are followed.</summary>
    public int Count
    {
        get
        {
            lock (_follows) return _follows.Count;
        }
    }

    /// <summary>Begins to follow, unless that was done; completes when the grain knows. Whatever comes of it, <see cref="Release"/> must follow.</summary>
    public Task Need(FollowKey key)
    {
        lock (_follows)
        {
            if (!_follows.TryGetValue(key, out var follow)) _follows[key] = follow = new Follow();
            return follow.Needs++ == 0 || follow.Last.IsFaulted ? Tell(key, follow) : follow.Last;
        }
    }

    /// <summary>One need less.</summary>
    public void Release(FollowKey key)
    {
        lock (_follows)
        {
            if (!_follows.TryGetValue(key, out var follow) || --follow.Needs > 0) return;
            // Tickets and queues forget a silent gateway by themselves; an agent's presence must not outlive the page.
            if (key.Kind == FollowKind.Agent) _ = Leave(key, follow);
            else _follows.Remove(key);
        }
    }

    /// <summary>What should be renewed now, agents first; it counts as renewed from now on.</summary>
    public IReadOnlyList<FollowKey> TakeDue()
    {
        var due = new List<FollowKey>();
        var now = time.GetUtcNow();
        lock (_follows)
        {
            foreach (var (key, follow) in _follows)
            {
                if (follow.Needs == 0 || now < follow.DueAt) continue;
                follow.DueAt = now + FollowTimes.Renewal;
                due.Add(key);
            }
        }
        return [.. due.OrderBy(static key => key.Kind)];
    }

    /// <summary>All is due at once: grains may have forgotten who follows them.</summary>
    public void MakeDue()
    {
        var now = time.GetUtcNow();
        lock (_follows)
        {
            foreach (var follow in _follows.Values) follow.DueAt = now;
        }
    }

    /// <summary>The grain could not be told.</summary>
    public void RenewSoon(FollowKey key)
    {
        lock (_follows)
        {
            if (_follows.TryGetValue(key, out var follow)) follow.DueAt = time.GetUtcNow() + RetryAfter;
        }
    }

    /// <summary>Tells the grain again, if anybody still needs it.</summary>
    public Task Renew(FollowKey key)
    {
        lock (_follows)
        {
            return _follows.TryGetValue(key, out var follow) && follow.Needs > 0 ? Tell(key, follow) : Task.CompletedTask;
        }
    }

    private Task Tell(FollowKey key, Follow follow)
    {
        follow.DueAt = time.GetUtcNow() + FollowTimes.Renewal;
        return follow.Next(() => Call(key).WaitAsync(AnswerTimeout, time));
    }

    private Task Call(FollowKey key) => key.Kind switch
    {
        FollowKind.Ticket => grains.Ticket(key.Grain.Campus, key.Grain.Id).Follow(self.GatewayId, self.Observer),
        FollowKind.Agent => grains.Agent(key.Grain.Campus, key.Grain.Id).Follow(self.GatewayId, self.Observer),
        FollowKind.Incidents => grains.Incidents(key.Grain.Campus).Follow(self.GatewayId, self.Observer),
        _ => grains.Queue(key.Grain.Campus, key.Grain.Id).Follow(self.GatewayId, self.Observer),
    };

    private async Task Leave(FollowKey key, Follow follow)
    {
        var left = follow.Next(() => grains.Agent(key.Grain.Campus, key.Grain.Id).Unfollow(self.GatewayId));
        // One that failed expires by itself.
        await left.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_follows)
        {
            if (follow.Needs == 0 && _follows.TryGetValue(key, out var current) && current == follow) _follows.Remove(key);
        }
    }

    private sealed class Follow
    {
        public int Needs;
        public DateTimeOffset DueAt;

        /// <summary>The last call to the grain.</summary>
        public Task Last { get; private set; } = Task.CompletedTask;

        /// <summary>Calls go one after the other, so that a late "leave" never undoes the "follow" that came after it.</summary>
        public Task Next(Func<Task> call) => Last = After(Last, call);

        private static async Task After(Task before, Func<Task> call)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await call();
        }
    }
}
