using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Supervision;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Forecasting;
using CampusCare.Grains.Channels;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CampusCare.Grains.Tests;

/// <summary>A campus's forecast on a real silo: made each night from its tickets, and compared with what comes.</summary>
public sealed class ForecastTests
{
    private const int PerDay = SlotSeries.PerDay;
    private static readonly SupervisorRef Boss = new(CampusHost.Campus, "boss", "王主管");
    private static readonly TimeSpan Clock = TimeSpan.FromHours(8);

    [Fact]
    public async Task A_campus_without_a_past_tells_nothing_and_counts_what_comes()
    {
        await using var campus = await CampusHost.Start(services: NoonDaysAgo(1).Register);
        for (var i = 0; i < 3; i++) await campus.Ask($"c{i}", customer: $"s{i}");
        var told = await Looked(campus);
        (told.Status, told.DaysKnown, told.DaysNeeded, told.UtcOffsetMinutes).ShouldBe((ForecastStatus.TooLittleHistory, 0, NightForecast.LeastHistory, 480));
        told.Slots.Length.ShouldBe(PerDay);
        told.Slots.ShouldAllBe(static slot => slot.Told == null);
        told.Slots[0].Start.ShouldBe(Midnight(told.At));
        told.Slots.Sum(static slot => slot.Came ?? 0).ShouldBe(3);
        told.Slots.ShouldAllBe(slot => slot.Came.HasValue == slot.Start <= told.At);
        (await Looked(campus)).Slots.Sum(static slot => slot.Came ?? 0).ShouldBe(3, "nobody is counted twice");
    }

    [Fact]
    public async Task Each_night_tells_the_next_48_hours_from_the_weeks_before()
    {
        var time = NoonDaysAgo(3);
        await using var campus = await CampusHost.Start(services: time.Register);
        var before = await Looked(campus);
        before.Status.ShouldBe(ForecastStatus.TooLittleHistory);
        await Live(campus, before.Slots[0].Start, days: 15);
        (await Looked(campus)).Status.ShouldBe(ForecastStatus.TooLittleHistory, "a day has one forecast");

        await time.Pass(campus, TimeSpan.FromDays(1));
        var told = await Looked(campus);
        (told.Status, told.DaysKnown).ShouldBe((ForecastStatus.Ready, 15));
        told.Slots[0].Start.ShouldBe(before.Slots[0].Start.AddDays(1));
        (told.Slots[^1].Start - told.At).ShouldBeInRange(TimeSpan.FromHours(47.75), TimeSpan.FromHours(48));
        var (night, noon) = (told.Slots[8].Told!, told.Slots[48].Told!);
        night.Expected.ShouldBeLessThan(0.2);
        noon.Expected.ShouldBe(12, 2);
        noon.Low.ShouldBeLessThan(12);
        noon.High.ShouldBeGreaterThan(12);
        noon.Agents.ShouldBeGreaterThan(0);
        noon.OnShift.ShouldBeGreaterThanOrEqualTo(noon.Agents);
        (noon.Silos, noon.Gateways).ShouldBe((2, 2));

        await campus.Restart();
        (await Looked(campus)).Slots.Select(static slot => slot.Told).ShouldBe(told.Slots.Select(static slot => slot.Told), "what was stored can be read again");
    }

    [Fact]
    public async Task A_surge_is_told_once_shown_while_it_lasts_and_over_after_a_while()
    {
        var (time, room) = (NoonDaysAgo(3), new Room());
        await using var campus = await CampusHost.Start(services: services =>
        {
            time.Register(services);
            services.Replace(ServiceDescriptor.Singleton<IAlertRoom>(room));
        });
        await Live(campus, (await Looked(campus)).Slots[0].Start, days: 15);
        await time.Pass(campus, TimeSpan.FromDays(1) + TimeSpan.FromHours(2));
        (await Looked(campus)).Inflow.ShouldBeNull();
        for (var i = 0; i < 15; i++) await campus.Ask($"c{i}", customer: $"s{i}");

        var surge = (await Looked(campus)).Inflow.ShouldNotBeNull();
        (surge.Campus, surge.Came, surge.Since).ShouldBe((CampusHost.Campus, 15, surge.At));
        surge.Expected.ShouldBeLessThan(1);
        surge.AgentsWanted.ShouldBeGreaterThan(surge.AgentsPlanned);
        room.Told.ShouldBe([surge]);
        await campus.Restart();
        (await Looked(campus)).Inflow!.Since.ShouldBe(surge.Since, "it goes on");
        (await campus.Grains.Forecast(CampusHost.Campus).Inflow())!.Since.ShouldBe(surge.Since);

        foreach (var minutes in new[] { 6, 17 })
        {
            (await campus.Grains.Forecast(CampusHost.Campus).Inflow()).ShouldNotBeNull();
            await time.Pass(campus, TimeSpan.FromDays(1) + TimeSpan.FromHours(2) + TimeSpan.FromMinutes(minutes));
            await campus.Grains.Forecast(CampusHost.Campus).Look();
        }
        (await campus.Grains.Forecast(CampusHost.Campus).Inflow()).ShouldBeNull();
        (await Looked(campus)).Inflow.ShouldBeNull();
        room.Told.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_campus_s_supervisor_sees_none_and_a_campus_that_nobody_set_up_has_none()
    {
        await using var campus = await CampusHost.Start();
        (await campus.Grains.Forecast(CampusHost.Campus).Read(Boss with { Campus = "south" })).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        (await campus.Grains.Forecast("south").Read(Boss with { Campus = "south" })).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
    }

    /// <summary>So that no midnight comes in the middle of a test.</summary>
    private static PastTime NoonDaysAgo(int days) => new(TimeSpan.FromDays(days) + DateTimeOffset.UtcNow.ToOffset(Clock).TimeOfDay - TimeSpan.FromHours(12));

    private static async Task<CampusForecast> Looked(CampusHost campus)
    {
        await campus.Grains.Forecast(CampusHost.Campus).Look();
        return (await campus.Grains.Forecast(CampusHost.Campus).Read(Boss)).Value.ShouldNotBeNull();
    }

    /// <summary>So many days that end with the one that began then, and an evening before them: twelve contacts a quarter of an hour from eleven to one, none else.</summary>
    private static async Task Live(CampusHost campus, DateTimeOffset lastDay, int days)
    {
        var first = lastDay.AddDays(1 - days);
        var opened = Enumerable.Range(0, days).SelectMany(day => Enumerable.Range(44, 8).SelectMany(slot => Enumerable.Range(0, 12).Select(contact => first.AddDays(day).AddMinutes(slot * 15 + contact))));
        await Task.WhenAll(opened.Prepend(first.AddHours(-2)).Select((at, i) => campus.Journal.Append(new Append(0, EventHash.None, [new NewEvent(TicketEventTypes.Opened, at, "{}")], Row($"past{i}", at)))));
    }

    private sealed class Room : IAlertRoom
    {
        private readonly Lock _lock = new();
        private readonly List<InflowAlert> _told = [];

        public IReadOnlyList<InflowAlert> Told
        {
            get
            {
                lock (_lock) return [.. _told];
            }
        }

        public void Tell(InflowAlert alert)
        {
            lock (_lock) _told.Add(alert);
        }

        public void Tell(ClockAlert alert)
        {
            // Not looked at.
        }
    }

    private static TicketRow Row(string id, DateTimeOffset at) => new()
    {
        TicketId = id,
        Campus = CampusHost.Campus,
        Queue = "general",
        State = TicketStates.Closed,
        CustomerId = "s9",
        Channel = "web",
        Category = "other",
        Urgency = "normal",
        Subject = "",
        OpenedAt = at,
        UpdatedAt = at,
    };

    private static DateTimeOffset Midnight(DateTimeOffset at) => new DateTimeOffset(at.ToOffset(Clock).Date, Clock).ToUniversalTime();
}
