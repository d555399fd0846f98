using System.Collections.Immutable;

namespace CampusCare.Gateway.Live;

/// <summary>
/// The one loop that renews what this process follows, and then compares: after a silo died, its grains forgot their
/// followers, and what they told meanwhile is fetched.
/// </summary>
internal sealed class Renewals(Follows follows, TicketWatches tickets, AgentDesks desks, QueueLines lines, UseCases.Cluster cluster, TimeProvider time, ILogger<Renewals> log) : BackgroundService
{
    /// <summary>Follows begin at different moments and are renewed as they fall due, so the work spreads by itself.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After a connection to a silo ended, all is renewed so often: when the others have declared it dead, and once more for
    /// what was said to it before.
    /// </summary>
    public static readonly ImmutableArray<TimeSpan> AfterLoss = [TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(9)];

    private const int MaxAtOnce = 32;

    private readonly Lock _lock = new();
    private ImmutableArray<DateTimeOffset> _rounds = [];

    /// <summary>A silo went, and with it what its grains knew of who follows them.</summary>
    public void SiloLost()
    {
        var now = time.GetUtcNow();
        lock (_lock) _rounds = [.. AfterLoss.Select(after => now + after)];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RenewDue(stoppingToken);
    }

    /// <summary>Renews what is due now.</summary>
    public Task RenewDue(CancellationToken stop)
    {
        if (TakeRound()) follows.MakeDue();
        return Parallel.ForEachAsync(
            follows.TakeDue(),
            new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = stop },
            (key, _) => new ValueTask(Renew(key).Logged(log)));
    }

    private bool TakeRound()
    {
        lock (_lock)
        {
            if (_rounds.IsEmpty || _rounds[0] > time.GetUtcNow()) return false;
            _rounds = _rounds.RemoveAt(0);
            return true;
        }
    }

    private async Task Renew(FollowKey key)
    {
        if (await cluster.Done(follows.Renew(key)) is not null)
        {
            follows.RenewSoon(key);
            return;
        }
        switch (key.Kind)
        {
            case FollowKind.Ticket:
                await tickets.Compare(key.Grain);
                break;
            case FollowKind.Agent:
                await desks.Compare(key.Grain);
                break;
            default:
                lines.Moved(key.Grain);
                break;
        }
    }
}
