using System.Collections.Immutable;

namespace CampusCare.Domain.ServiceLevels;

/// <summary>Open from one minute of the day to another.</summary>
/// <param name="From">Minutes after midnight, 0–1439.</param>
/// <param name="To">Minutes after midnight, above <paramref name="From"/>, at most 1440 (24:00). Closed from this minute on.</param>
public sealed record DaySpan(int From, int To);

/// <summary>Open every week on a day from one minute to another, see <see cref="DaySpan"/>.</summary>
public sealed record OpenSpan(DayOfWeek Day, int From, int To);

/// <summary>A day that is not like others of its weekday: its own spans; none means closed.</summary>
public sealed record DayException(DateOnly Day, ImmutableArray<DaySpan> Spans);

/// <summary>
/// When people are at work: office hours by weekday, and days of their own (holidays, exam weeks). Clocks of service
/// levels run only while it is open. All times of day are local at a fixed offset, as in China, which has no summer time.
/// </summary>
/// <param name="UtcOffset">Local time minus UTC, in whole minutes from −14 h to +14 h.</param>
/// <param name="Week">Spans by weekday; those of one day in order, without overlap. A span ends at 24:00 and goes on with the next day's.</param>
/// <param name="Exceptions">Each day at most once.</param>
public sealed record WorkCalendar(TimeSpan UtcOffset, ImmutableArray<OpenSpan> Week, ImmutableArray<DayException> Exceptions)
{
    /// <summary>How far ahead is searched: what does not come within it does not come.</summary>
    public const int HorizonDays = 366;

    /// <summary>Most spans of a day.</summary>
    public const int MaximumSpans = 12;

    /// <summary>Most days of their own.</summary>
    public const int MaximumExceptions = 366;

    private const int MinutesOfDay = 24 * 60;
    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    /// <summary>Day and night.</summary>
    public static readonly WorkCalendar AlwaysOpen =
        new(TimeSpan.Zero, [.. Enum.GetValues<DayOfWeek>().Select(static day => new OpenSpan(day, 0, MinutesOfDay))], []);

    /// <summary>Whether it is open at a moment.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var local = at.ToOffset(UtcOffset);
        foreach (var span in SpansOf(DateOnly.FromDateTime(local.Date)))
            if (local.TimeOfDay >= TimeSpan.FromMinutes(span.From) && local.TimeOfDay < TimeSpan.FromMinutes(span.To)) return true;
        return false;
    }

    /// <summary>The first open moment from <paramref name="at"/> on (itself when open); null when none comes within <see cref="HorizonDays"/>.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at)
    {
        foreach (var (from, _) in OpenFrom(at)) return from;
        return null;
    }

    /// <summary>
    /// The first moment by which so much open time has passed since <paramref name="at"/>; null when that does not come
    /// within <see cref="HorizonDays"/>.
    /// </summary>
    public DateTimeOffset? Add(DateTimeOffset at, TimeSpan openTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(openTime, TimeSpan.Zero);
        if (openTime == TimeSpan.Zero) return at;
        foreach (var (from, to) in OpenFrom(at))
        {
            if (openTime <= to - from) return from + openTime;
            openTime -= to - from;
        }
        return null;
    }

    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    public string? Fault()
    {
        if (Week.IsDefault || Exceptions.IsDefault) return "A calendar needs a week and exceptions; either may be empty.";
        if (UtcOffset.Duration() > LargestOffset || UtcOffset.Ticks % TimeSpan.TicksPerMinute != 0)
            return "The offset from UTC is in whole minutes, from -14:00 to +14:00.";
        if (Week.FirstOrDefault(static span => !Enum.IsDefined(span.Day)) is { } unknown) return $"There is no weekday {(int)unknown.Day}.";
        foreach (var day in Enum.GetValues<DayOfWeek>())
            if (Fault(day.ToString(), [.. WeekdaySpans(day)]) is { } fault) return fault;
        if (Exceptions.Length > MaximumExceptions) return $"A calendar has at most {MaximumExceptions} days of their own, not {Exceptions.Length}.";
        foreach (var exception in Exceptions)
            if (Fault($"{exception.Day:yyyy-MM-dd}", exception.Spans) is { } fault) return fault;
        return Exceptions.GroupBy(static exception => exception.Day).FirstOrDefault(static days => days.Count() > 1) is { } twice
            ? $"{twice.Key:yyyy-MM-dd} is there more than once."
            : null;
    }

    private static string? Fault(string day, ImmutableArray<DaySpan> spans)
    {
        if (spans.IsDefault) return $"{day} has no spans; an empty list means closed.";
        if (spans.Length > MaximumSpans) return $"{day} has {spans.Length} spans; at most {MaximumSpans} are taken.";
        for (var i = 0; i < spans.Length; i++)
        {
            var (from, to) = spans[i];
            if (from < 0 || to > MinutesOfDay) return $"{day}: minutes go from 0 to {MinutesOfDay}, not from {from} to {to}.";
            if (from >= to) return $"{day}: a span must end after it begins, not go from {from} to {to}.";
            if (i > 0 && from < spans[i - 1].To) return $"{day}: spans must come in order and not overlap; one begins at {from}, before {spans[i - 1].To}.";
        }
        return null;
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> OpenFrom(DateTimeOffset at)
    {
        var midnight = new DateTimeOffset(at.ToOffset(UtcOffset).Date, UtcOffset);
        for (var days = 0; days <= HorizonDays; days++, midnight = midnight.AddDays(1))
            foreach (var span in SpansOf(DateOnly.FromDateTime(midnight.Date)))
            {
                DateTimeOffset from = midnight.AddMinutes(span.From), to = midnight.AddMinutes(span.To);
                if (to > at) yield return (from > at ? from : at, to);
            }
    }

    private IEnumerable<DaySpan> SpansOf(DateOnly day)
    {
        foreach (var exception in Exceptions)
            if (exception.Day == day) return exception.Spans;
        return WeekdaySpans(day.DayOfWeek);
    }

    private IEnumerable<DaySpan> WeekdaySpans(DayOfWeek day) =>
        Week.Where(span => span.Day == day).Select(static span => new DaySpan(span.From, span.To));
}
