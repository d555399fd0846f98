using CampusCare.Contracts;
using CampusCare.Contracts.Supervision;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Staffing;
using CampusCare.Grains.Channels;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Forecasts;

/// <inheritdoc cref="IForecastGrain"/>
/// <remarks>What came is counted from the read model, so that nothing on a contact's way knows of forecasts. Only the night's forecast is kept.</remarks>
[HashBasedPlacement]
public sealed partial class ForecastGrain(
    [PersistentState("forecast", StateStores.Main)] IPersistentState<ForecastState> state, ITicketReadModel tickets, StaffingRules rules, IAlertRoom alertRoom, TimeProvider time,
    ILogger<ForecastGrain> log)
    : Grain, IForecastGrain, IRemindable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private const string Reminder = "forecast";

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such campus.");
    private static readonly Refusal NoStorage = new(RefusalCode.StorageUnavailable, "Contacts can't be counted now. Ask again in a minute.");

    private IReadOnlyList<PlannedSlot> _plan = [];
    private DayCount? _today;
    private bool _reminded, _noStorage;

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Plan();
        RememberSurge();
        return Look();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        ForecastMeter.End(Campus);
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Look();

    // Coming here made it look; a campus that was set up only now has to be looked at again.
    public Task Wake() => _today is null ? Look() : Task.CompletedTask;

    public async Task Look()
    {
        try
        {
            if (await GrainFactory.Campus(Campus).Settings() is not { } settings) return;
            await KeepWatch();
            var (now, offset) = (time.GetUtcNow(), CampusClock.Of(settings));
            await Foretell(DateOnly.FromDateTime(now.ToOffset(offset).DateTime), offset);
            await Count(now);
            await WatchInflow(now, _today!);
            _noStorage = false;
        }
        catch (StorageUnavailableException error)
        {
            _noStorage = true;
            LookLater(error, Campus);
        }
    }

    public Task<Outcome<CampusForecast>> Read(SupervisorRef supervisor) =>
        Task.FromResult<Outcome<CampusForecast>>(supervisor.Campus == Campus && _today is { } today ? View(today) : supervisor.Campus == Campus && _noStorage ? NoStorage : Unknown);

    private async Task KeepWatch()
    {
        if (_reminded) return;
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Period, Period);
        _reminded = true;
    }

    private async Task Foretell(DateOnly day, TimeSpan offset)
    {
        var minutes = (int)offset.TotalMinutes;
        if (state.State.Day == day && state.State.UtcOffsetMinutes == minutes) return;
        var midnight = Midnight(day, minutes);
        var past = await tickets.OpenedBySlot(Campus, midnight.AddDays(-NightForecast.LongestHistory), midnight, DayCount.Slot);
        var told = NightForecast.Of(past.ToDictionary(slot => slot.Start.ToOffset(offset).DateTime, static slot => (int)slot.Tickets), day);
        await state.Save(state.State with
        {
            Day = day,
            UtcOffsetMinutes = minutes,
            DaysKnown = told.DaysKnown,
            Slots = [.. told.Slots.Select(static slot => new KeptSlot(Math.Round(slot.Expected, 3), slot.Low, slot.High))],
            Spread = told.Spread,
        });
        Plan();
        Foretold(Campus, day, told.DaysKnown, told.Slots.Count);
    }

    private void Plan() => _plan = state.State is not { Day: { } day, Slots: var slots } ? [] : StaffPlan.Of(
        [.. slots.Select((slot, i) => new SlotForecast(day.ToDateTime(TimeOnly.MinValue).AddMinutes(i * SlotSeries.Minutes), slot.Expected, slot.Low, slot.High))], rules);

    private async Task Count(DateTimeOffset now)
    {
        var midnight = Midnight(state.State.Day!.Value, state.State.UtcOffsetMinutes);
        var known = _today?.Midnight == midnight ? _today : DayCount.Of(midnight);
        _today = known.With(await tickets.OpenedBySlot(Campus, known.Since, now, DayCount.Slot), now);
    }

    private CampusForecast View(DayCount today)
    {
        var running = today.SlotAt(today.At);
        var ahead = _plan.Count == 0 ? SlotSeries.PerDay : Math.Min(_plan.Count, running + Forecast.HorizonSlots + 1);
        return new CampusForecast(
            Campus, today.At, state.State.UtcOffsetMinutes, _plan.Count == 0 ? ForecastStatus.TooLittleHistory : ForecastStatus.Ready, state.State.DaysKnown, NightForecast.LeastHistory,
            [.. Enumerable.Range(0, ahead).Select(i => new ForecastSlot(
                today.Midnight + i * DayCount.Slot, i <= running && i < today.Came.Length ? today.Came[i] : null, i < _plan.Count ? Told(_plan[i]) : null))])
        {
            Inflow = _surge,
        };
    }

    private static SlotTold Told(PlannedSlot slot) =>
        new(slot.Slot.Expected, slot.Slot.Low, slot.Slot.High, slot.Agents, slot.StandBy, slot.Rostered, slot.Silos, slot.Gateways);

    private static DateTimeOffset Midnight(DateOnly day, int offsetMinutes) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromMinutes(offsetMinutes)).ToUniversalTime();

    [LoggerMessage(Level = LogLevel.Information, Message = "Campus {Campus}: the forecast of {Day} was made from {Days} days; {Slots} slots are told.")]
    private partial void Foretold(string campus, DateOnly day, int days, int slots);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campus {Campus}: storage can't be used now; its contacts are counted with the next look.")]
    private partial void LookLater(Exception error, string campus);
}
