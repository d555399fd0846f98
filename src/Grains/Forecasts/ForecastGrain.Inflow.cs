using CampusCare.Contracts.Supervision;
using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Staffing;

namespace CampusCare.Grains.Forecasts;

/// <summary>
/// Inflow against the forecast. A surge is told once, after it was stored: who looks at the page sees it as long as it goes
/// on, whichever silo the grain lives on; a message to people elsewhere may get lost, and is not repeated.
/// </summary>
public sealed partial class ForecastGrain
{
    private InflowWatch _watch = InflowWatch.Quiet;
    private InflowAlert? _surge;

    public Task<InflowAlert?> Inflow() => Task.FromResult(_surge);

    private void RememberSurge()
    {
        _surge = state.State.Surge;
        _watch = new InflowWatch(_surge?.Since, state.State.CalmSince);
    }

    private async Task WatchInflow(DateTimeOffset now, DayCount today)
    {
        // Yesterday's forecast is gone, so that the first minutes of a day are looked at alone.
        var from = now - InflowWatch.Window > today.Midnight ? now - InflowWatch.Window : today.Midnight;
        var came = (int)(await tickets.OpenedBySlot(Campus, from, now, InflowWatch.Window)).Sum(static counted => counted.Tickets);
        ForecastMeter.Wants(Campus, WantedNow.Of(_plan, today.SlotAt(now), PerSlot(came), rules));
        if (_plan.Count == 0) return;
        var expected = Told(from, now);
        var level = LevelSoFar.Of(state.State.Spread, Math.Max(0, today.Came.Sum() - came), Told(today.Midnight, from));
        await Judge(_watch.Seen(now, came, expected, level), now, came, expected);
    }

    private double Told(DateTimeOffset from, DateTimeOffset to)
    {
        var local = from.ToOffset(TimeSpan.FromMinutes(state.State.UtcOffsetMinutes)).DateTime;
        return InflowWatch.Expected([.. _plan.Select(static slot => slot.Slot)], local, to - from);
    }

    private async Task Judge(InflowWatch seen, DateTimeOffset now, int came, double expected)
    {
        var surge = seen.Since is { } since ? Alert(since, now, came, expected) : null;
        if (seen != _watch) await state.Save(state.State with { Surge = surge, CalmSince = seen.CalmSince });
        if (surge is not null && _watch.Since is null) alertRoom.Tell(surge);
        (_watch, _surge) = (seen, surge);
    }

    private InflowAlert Alert(DateTimeOffset since, DateTimeOffset now, int came, double expected)
    {
        var planned = _plan[Math.Min(_today!.SlotAt(now), _plan.Count - 1)];
        return new InflowAlert(Campus, since, now, came, Math.Round(expected, 1), StaffPlan.AgentsFor(PerSlot(came), rules), planned.Agents, planned.StandBy);
    }

    private static double PerSlot(int came) => came * (DayCount.Slot / InflowWatch.Window);
}
