namespace CampusCare.Gateway.Live;

/// <summary>
/// The one loop that renews what this process follows, and then compares: after a silo died, its grains forgot their
/// followers, and what they told meanwhile is fetched.
/// </summary>
internal sealed class Renewals(Follows follows, TicketWatches tickets, AgentDesks desks, QueueLines lines, UseCases.Cluster cluster, TimeProvider time, ILogger<Renewals> log) : BackgroundService
{
    /// <summary>Follows begin at different moments and are renewed as they fall due, so the work spreads by itself.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private const int MaxAtOnce = 32;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RenewDue(stoppingToken);
    }

    /// <summary>Renews what is due now.</summary>
    public Task RenewDue(CancellationToken stop) => Parallel.ForEachAsync(
        follows.TakeDue(),
        new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = stop },
        (key, _) => new ValueTask(Renew(key).Logged(log)));

    private async Task Renew(FollowKey key)
    {
        if (await cluster.Done(follows.Renew(key)) is not null) return;
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
