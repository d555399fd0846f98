using System.Collections.Immutable;
using CampusCare.Domain.Forecasting;
using CampusCare.Storage;

namespace CampusCare.Grains.Forecasts;

/// <summary>Contacts of a day, as far as they were counted.</summary>
/// <param name="Midnight">When the day began.</param>
/// <param name="At">Until when was counted.</param>
/// <param name="Came">Of each of the day's quarters of an hour.</param>
internal sealed record DayCount(DateTimeOffset Midnight, DateTimeOffset At, ImmutableArray<int> Came)
{
    public static readonly TimeSpan Slot = TimeSpan.FromMinutes(SlotSeries.Minutes);

    /// <summary>A day of which nothing is counted yet.</summary>
    public static DayCount Of(DateTimeOffset midnight) => new(midnight, midnight, [.. new int[SlotSeries.PerDay]]);

    /// <summary>From when on to count anew: the slot before the running one may have got a row late.</summary>
    public DateTimeOffset Since => Midnight + Slot * Math.Max(0, SlotAt(At) - 1);

    /// <summary>The slot of the day that a moment falls into; may lie behind the day.</summary>
    public int SlotAt(DateTimeOffset at) => (int)((at - Midnight) / Slot);

    /// <summary>With what was counted from <see cref="Since"/> on.</summary>
    public DayCount With(IReadOnlyList<OpenedTickets> counted, DateTimeOffset at)
    {
        var came = Came.ToBuilder();
        for (var slot = SlotAt(Since); slot < came.Count; slot++) came[slot] = 0;
        foreach (var slot in counted)
            if (SlotAt(slot.Start) is >= 0 and < SlotSeries.PerDay and var of) came[of] = (int)slot.Tickets;
        return this with { At = at, Came = came.ToImmutable() };
    }
}
