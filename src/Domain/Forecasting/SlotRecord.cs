namespace CampusCare.Domain.Forecasting;

/// <summary>What is known of a quarter of an hour.</summary>
/// <param name="Contacts">How many came; null when not known: the future, or a time without records. Nobody is 0.</param>
/// <param name="Orders">How many orders were placed; null when not known.</param>
/// <param name="RainMillimetres">Rain an hour, measured or forecast, 0 on.</param>
/// <param name="Day">What the slot's day is.</param>
public readonly record struct SlotRecord(int? Contacts, int? Orders, double RainMillimetres, DayKind Day);

/// <summary>Quarters of an hour in local time, one after the other from a midnight on.</summary>
public sealed class SlotSeries
{
    /// <summary>Length of a slot.</summary>
    public const int Minutes = 15;

    /// <summary>Slots of a day.</summary>
    public const int PerDay = 24 * 60 / Minutes;

    /// <summary>Ten years.</summary>
    public const int MostSlots = 3_660 * PerDay;

    private readonly IReadOnlyList<SlotRecord> _slots;

    /// <param name="firstDay">Whose midnight the first slot begins at.</param>
    /// <param name="slots">1 to <see cref="MostSlots"/>; the last day need not be whole.</param>
    public SlotSeries(DateOnly firstDay, IReadOnlyList<SlotRecord> slots)
    {
        ArgumentOutOfRangeException.ThrowIfZero(slots.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots.Count, MostSlots);
        FirstDay = firstDay;
        _slots = slots;
    }

    public DateOnly FirstDay { get; }

    public int Count => _slots.Count;

    public SlotRecord this[int slot] => _slots[slot];

    /// <summary>Local time at which a slot begins.</summary>
    public DateTime Start(int slot) => FirstDay.ToDateTime(TimeOnly.MinValue).AddMinutes(Minutes * (long)slot);

    /// <summary>The slot that a local time falls into; may lie outside the series.</summary>
    public int At(DateTime local) => (int)Math.Floor((local - FirstDay.ToDateTime(TimeOnly.MinValue)).TotalMinutes / Minutes);

    /// <summary>What a forecast at a slot may know: the slots before it as they were, and those of its horizon as they were foreseen.</summary>
    public SlotSeries SeenAt(int slot, SlotSeries foreseen) => new(FirstDay,
        [.. Enumerable.Range(0, Math.Min(Count, slot + Forecast.HorizonSlots)).Select(i => i < slot ? this[i] : foreseen[i])]);
}
