using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Queues;

/// <summary>
/// What supervisors should see. A ticket says so at once; what was said to a queue that died, or by a ticket that did, is
/// found in the read model with the next sweep. Each alert of a ticket has a name, and is told once.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>What a sweep finds is told to people elsewhere only while it is news: they may have heard it before.</summary>
    public static readonly TimeSpan AlertIsNews = TimeSpan.FromMinutes(1);

    private Dictionary<(string Ticket, ClockKind Kind), ClockAlert> _alerts = [];
    private Dictionary<string, AlertedRow> _alertedRows = [];

    private readonly record struct AlertedRow(TicketRow Row, ImmutableArray<ClockAlert> Alerts);

    public Task Alert(ClockAlert alert)
    {
        if (Remember(alert, _alerts))
        {
            Show(alert);
            alertRoom.Tell(alert);
            _stand.Campus.Miss();
        }
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<ClockAlert>> OpenAlerts() => Task.FromResult<ImmutableArray<ClockAlert>>(
        [.. _alerts.Values.OrderByDescending(static alert => alert.DueAt).ThenBy(static alert => alert.TicketId, StringComparer.Ordinal).Take(AlertLimits.OfQueue).Reverse()]);

    // No other turn runs meanwhile, so what is not in the rows is over, and what is there and unknown got lost.
    private async Task SweepAlerts()
    {
        var open = new Dictionary<(string, ClockKind), ClockAlert>();
        var rows = new Dictionary<string, AlertedRow>();
        TicketMark? last = null;
        for (var read = 0; read < MaximumLine;)
        {
            var page = await tickets.AlertedIn(_campus, _id, SweepPage, last);
            foreach (var row in page)
            {
                var alerts = AlertsOf(row);
                rows[row.TicketId] = new AlertedRow(row, alerts);
                foreach (var alert in alerts) open[(alert.TicketId, alert.Kind)] = alert;
            }
            if (page.Count < SweepPage) break;
            last = TicketMark.Of(page[^1]);
            read += page.Count;
        }
        foreach (var alert in open.Values)
        {
            if (!Remember(alert, _alerts)) continue;
            Show(alert);
            if (time.GetUtcNow() - alert.DueAt < AlertIsNews) alertRoom.Tell(alert);
        }
        (_alerts, _alertedRows) = (open, rows);
    }

    // An alert stays for minutes, and its row is met every few seconds: it is decoded again when it changed.
    private ImmutableArray<ClockAlert> AlertsOf(TicketRow row) =>
        _alertedRows.TryGetValue(row.TicketId, out var known) && known.Row == row ? known.Alerts : [.. TicketViews.AlertsOf(row)];

    private void Show(ClockAlert alert) => _followers.Tell(gateway => gateway.Alerted(alert));

    private static bool Remember(ClockAlert alert, Dictionary<(string, ClockKind), ClockAlert> known)
    {
        var key = (alert.TicketId, alert.Kind);
        if (known.TryGetValue(key, out var before) && before.Seq >= alert.Seq) return false;
        known[key] = alert;
        return true;
    }
}
