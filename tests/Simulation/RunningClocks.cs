using CampusCare.Domain;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;

namespace CampusCare.Simulation;

/// <summary>A ticket's clocks as the stored events tell them.</summary>
internal sealed class RunningClocks
{
    private readonly Dictionary<ClockKind, DateTimeOffset> _due = [];
    private readonly HashSet<(ClockKind Kind, DateTimeOffset DueAt)> _fired = [];

    /// <summary>When the first of those that run runs out.</summary>
    public DateTimeOffset Earliest { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Takes an event; in words what is wrong with a clock that fired, null when nothing is.</summary>
    public string? See(TicketEvent happened, Medium medium, DateTimeOffset at)
    {
        var wrong = Take(happened, medium, at);
        Earliest = _due.Count == 0 ? DateTimeOffset.MaxValue : _due.Values.Min();
        return wrong;
    }

    private string? Take(TicketEvent happened, Medium medium, DateTimeOffset at)
    {
        switch (happened)
        {
            case Queued e:
                foreach (var clock in e.Clocks) _due[clock.Kind] = clock.DueAt;
                return null;
            case Reopened e:
                _due.Clear();
                foreach (var clock in e.Clocks) _due[clock.Kind] = clock.DueAt;
                return null;
            case MessagePosted { Author: Author.Agent }:
                Stop(ClockKind.FirstResponse, ClockKind.NextResponse, ClockKind.Promise);
                return null;
            case MessagePosted { AnswerDueAt: { } due }:
                _due[ClockKind.NextResponse] = due;
                return null;
            case Accepted when medium == Medium.Call:
                Stop(ClockKind.FirstResponse);
                return null;
            case Promised e:
                _due[ClockKind.Promise] = e.DueAt;
                return null;
            case Resolved:
                Stop(ClockKind.FirstResponse, ClockKind.NextResponse, ClockKind.Promise, ClockKind.Resolution, ClockKind.Tier);
                return null;
            case Closed:
                _due.Clear();
                return null;
            case ClockMissed e:
                return Fire(e.Kind, e.DueAt, at);
            case Escalated e:
                var wrong = _due.TryGetValue(ClockKind.Tier, out var tier) ? Fire(ClockKind.Tier, tier, at) : "Tier fires, and does not run";
                if (e.NextDueAt is { } next) _due[ClockKind.Tier] = next;
                return wrong;
            default:
                return null;
        }
    }

    /// <summary>A clock that should have fired by then and did not. The next line is not asked while an offer is under way.</summary>
    public (ClockKind Kind, DateTimeOffset DueAt)? Overdue(DateTimeOffset by, TicketPhase phase)
    {
        foreach (var (kind, due) in _due)
            if (due < by && (kind != ClockKind.Tier || phase != TicketPhase.Offered)) return (kind, due);
        return null;
    }

    private string? Fire(ClockKind kind, DateTimeOffset dueAt, DateTimeOffset at)
    {
        if (!_fired.Add((kind, dueAt))) return $"{kind} of {dueAt:T} fires twice";
        if (at < dueAt) return $"{kind} of {dueAt:T} fires too early";
        return _due.Remove(kind, out var running) && running == dueAt ? null : $"{kind} of {dueAt:T} fires, and does not run";
    }

    private void Stop(params ReadOnlySpan<ClockKind> kinds)
    {
        foreach (var kind in kinds) _due.Remove(kind);
    }
}
