using CampusCare.Contracts.Queues;
using CampusCare.Domain;

namespace CampusCare.Grains.Queues;

/// <summary>How the queue stands, for wallboards and for those who run the system (<see cref="QueueMeter"/>).</summary>
public sealed partial class QueueGrain
{
    private QueueStand _stand = null!;

    public Task<QueueFigures> Figures()
    {
        return Task.FromResult(new QueueFigures(
            _id, _waiting.Count, _offered.Count, LongestWait(time.GetUtcNow()), _matcher.AgentCount, _matcher.FreeSlotsOf(Medium.Chat), _assigned,
            WaitAt(_waiting.Count + 1, Medium.Chat)?.Expected.TotalSeconds));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stand?.End();
        return Task.CompletedTask;
    }

    private void TellFigures(DateTimeOffset now) => _stand.Stands(_waiting.Count, _offered.Count, _matcher.AgentCount, LongestWait(now));

    private void CountTaken(WaitingTicket ticket)
    {
        _stand.Campus.Assign();
        QueueMeter.Record(_campus, time.GetUtcNow() - ticket.WaitingSince);
    }

    private double LongestWait(DateTimeOffset now) =>
        _waiting.Count == 0 ? 0 : (now - _waiting.Values.Min(static ticket => ticket.WaitingSince)).TotalSeconds;
}
