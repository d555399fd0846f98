using System.Collections.Immutable;
using CampusCare.Domain.ServiceLevels;

namespace CampusCare.Domain.Tests.ServiceLevels;

public sealed class WorkCalendarTests
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Weekdays 10:00–14:00 and 16:30–24:00, Saturday from midnight to 02:00 (Friday night goes on), Sunday closed.</summary>
    private static readonly WorkCalendar Canteen = new(China,
        [
            .. from day in new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }
               from span in new[] { new DaySpan(600, 840), new DaySpan(990, 1440) }
               select new OpenSpan(day, span.From, span.To),
            new OpenSpan(DayOfWeek.Saturday, 0, 120),
        ],
        [
            new DayException(new DateOnly(2026, 5, 1), []),
            new DayException(new DateOnly(2026, 5, 3), [new DaySpan(600, 660)]),
        ]);

    [Theory]
    [InlineData("2026-03-02T10:00:00", true)]
    [InlineData("2026-03-02T09:59:59", false)]
    [InlineData("2026-03-02T13:59:59", true)]
    [InlineData("2026-03-02T14:00:00", false)]
    [InlineData("2026-03-06T23:59:59", true)]
    [InlineData("2026-03-07T00:00:00", true)]
    [InlineData("2026-03-07T02:00:00", false)]
    [InlineData("2026-03-08T12:00:00", false)]
    [InlineData("2026-05-01T12:00:00", false)]
    [InlineData("2026-05-03T10:30:00", true)]
    public void Opens_with_the_first_minute_and_closes_with_the_last(string local, bool open) => Canteen.IsOpen(At(local)).ShouldBe(open);

    [Theory]
    [InlineData("2026-03-02T11:00:00", "2026-03-02T11:00:00")]
    [InlineData("2026-03-02T14:00:00", "2026-03-02T16:30:00")]
    [InlineData("2026-03-07T02:00:00", "2026-03-09T10:00:00")]
    [InlineData("2026-04-30T23:59:59", "2026-04-30T23:59:59")]
    [InlineData("2026-05-01T00:00:00", "2026-05-02T00:00:00")]
    [InlineData("2026-05-02T02:00:00", "2026-05-03T10:00:00")]
    public void The_next_opening_is_now_or_the_next_span(string local, string opening) =>
        Canteen.NextOpening(At(local)).ShouldBe(At(opening));

    [Theory]
    [InlineData("2026-03-02T11:00:00", 60, "2026-03-02T12:00:00")]
    [InlineData("2026-03-02T13:30:00", 30, "2026-03-02T14:00:00")]
    [InlineData("2026-03-02T13:30:00", 31, "2026-03-02T16:31:00")]
    [InlineData("2026-03-06T23:30:00", 60, "2026-03-07T00:30:00")]
    [InlineData("2026-03-06T23:30:00", 151, "2026-03-09T10:01:00")]
    [InlineData("2026-03-08T12:00:00", 0, "2026-03-08T12:00:00")]
    public void A_clock_stands_still_while_closed(string local, int minutes, string due) =>
        Canteen.Add(At(local), TimeSpan.FromMinutes(minutes)).ShouldBe(At(due));

    [Fact]
    public void Nobody_at_work_ever_means_never()
    {
        var never = new WorkCalendar(China, [], []);
        never.NextOpening(At("2026-03-02T11:00:00")).ShouldBeNull();
        never.Add(At("2026-03-02T11:00:00"), TimeSpan.FromSeconds(1)).ShouldBeNull();
        never.IsOpen(At("2026-03-02T11:00:00")).ShouldBeFalse();
    }

    [Fact]
    public void Always_open_is_plain_addition()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var (at, time) = (Moment(random), TimeSpan.FromTicks(random.NextInt64(TimeSpan.FromDays(300).Ticks)));
            WorkCalendar.AlwaysOpen.Add(at, time).ShouldBe(at + time);
            WorkCalendar.AlwaysOpen.NextOpening(at).ShouldBe(at);
        }
    }

    [Fact]
    public void Open_time_adds_up_and_never_runs_backwards()
    {
        var random = new Random(2);
        for (var i = 0; i < 300; i++)
        {
            var calendar = Calendar(random);
            calendar.Fault().ShouldBeNull();
            var (at, x, y) = (Moment(random), Minutes(random), Minutes(random));
            if (calendar.Add(at, x + y) is not { } both) continue;

            var first = calendar.Add(at, x).ShouldNotBeNull();
            first.ShouldBeInRange(at, both);
            calendar.Add(first, y).ShouldBe(both);
            calendar.Add(at + y, x).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(first);
        }
    }

    [Fact]
    public void Adding_agrees_with_counting_open_seconds_one_by_one()
    {
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            var calendar = Calendar(random);
            var (at, seconds) = (Moment(random), random.Next(1, 7200));
            var (moment, open) = (at, 0);
            for (var steps = 0; open < seconds && steps < 100_000; steps++, moment = moment.AddSeconds(1))
                if (calendar.IsOpen(moment)) open++;
            if (open == seconds) calendar.Add(at, TimeSpan.FromSeconds(seconds)).ShouldBe(moment);
        }
    }

    [Fact]
    public void Bad_calendars_are_told_in_words()
    {
        OfMonday(new DaySpan(600, 600)).ShouldContain("must end after it begins");
        OfMonday(new DaySpan(0, 1441)).ShouldContain("from 0 to 1440");
        OfMonday(new DaySpan(600, 700), new DaySpan(699, 800)).ShouldContain("not overlap");
        (Canteen with { UtcOffset = TimeSpan.FromSeconds(1) }).Fault().ShouldNotBeNull().ShouldContain("offset");
        (Canteen with { Week = [new OpenSpan((DayOfWeek)7, 0, 60)] }).Fault().ShouldNotBeNull().ShouldContain("weekday 7");
        (Canteen with { Exceptions = [.. Canteen.Exceptions, Canteen.Exceptions[0]] }).Fault().ShouldNotBeNull().ShouldContain("2026-05-01");
        (Canteen with { Week = default }).Fault().ShouldNotBeNull();
        Canteen.Fault().ShouldBeNull();

        static string OfMonday(params DaySpan[] spans) =>
            new WorkCalendar(China, [.. spans.Select(span => new OpenSpan(DayOfWeek.Monday, span.From, span.To))], []).Fault().ShouldNotBeNull();
    }

    private static DateTimeOffset At(string local) => new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), China);

    private static DateTimeOffset Moment(Random random) =>
        new DateTimeOffset(2026, 4, 20, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(30 * 86_400));

    private static TimeSpan Minutes(Random random) => TimeSpan.FromMinutes(random.Next(3000));

    private static WorkCalendar Calendar(Random random) => new(
        TimeSpan.FromMinutes(random.Next(-840, 841)),
        [.. from day in Enum.GetValues<DayOfWeek>() from span in Spans(random) select new OpenSpan(day, span.From, span.To)],
        [.. Enumerable.Range(0, random.Next(5)).Select(day => new DayException(new DateOnly(2026, 4, 21).AddDays(3 * day), Spans(random)))]);

    private static ImmutableArray<DaySpan> Spans(Random random)
    {
        var edges = Enumerable.Range(0, 2 * random.Next(4)).Select(_ => random.Next(1441)).Distinct().Order().ToArray();
        return [.. edges.Chunk(2).Where(static pair => pair.Length == 2).Select(static pair => new DaySpan(pair[0], pair[1]))];
    }
}
