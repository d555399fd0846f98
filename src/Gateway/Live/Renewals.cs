using System.Collections.Immutable;

namespace CampusCare.Gateway.Live;

/// <summary>
/// The one loop that renews what this process follows, and then compares: after a silo died, its grains forgot their
/// followers, and what they told meanwhile is fetched.
/// </summary>
internal sealed class Renewals(Follows follows, TicketWatches tickets, AgentDesks desks, QueueLines lines, IncidentBoards incidents, LineTickets phones, UseCases.Cluster cluster, TimeProvider time, ILogger<Renewals> log) : BackgroundService
{
    /// <summary>Follows begin at different moments and are renewed as they fall due, so the work spreads by itself.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>By then the others have declared a silo dead whose connections ended.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromSeconds(4);

    /// <summary>What was said while not everybody knew is said again after so long.</summary>
    public static readonly TimeSpan Repeated = TimeSpan.FromSeconds(5);

    private const int MaxAtOnce = 32;

    private readonly Lock _lock = new();
    private ImmutableArray<DateTimeOffset> _rounds = [];

    /// <summary>A connection to a silo ended. When the silo died, its grains forgot who follows them.</summary>
    public void SiloLost() => RenewAllAt(time.GetUtcNow() + Noticed);

    /// <summary>A silo was declared dead.</summary>
    public void SiloDied() => RenewAllAt(time.GetUtcNow());

    private void RenewAllAt(DateTimeOffset first)
    {
        lock (_lock) _rounds = [first, first + Repeated];
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
                await phones.Compare(key.Grain);
                break;
            case FollowKind.Agent:
                await desks.Compare(key.Grain);
                break;
            case FollowKind.Incidents:
                await incidents.Compare(key.Grain.Campus);
                break;
            default:
                lines.Moved(key.Grain);
                break;
        }
    }
}
