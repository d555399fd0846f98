using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Incidents;
using CampusCare.Domain.Incidents;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Forecasts;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Incidents;

/// <summary>
/// Whether something breaks: every five seconds the people of the last two minutes are counted in the read model, so that
/// nothing on a contact's way knows of it. What is usual is learned anew each day; a suspicion is no truth and not kept.
/// </summary>
public sealed partial class IncidentsGrain
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private ImmutableDictionary<Category, OutbreakWatch> _watches = ImmutableDictionary<Category, OutbreakWatch>.Empty;
    private UsualContacts _usual = UsualContacts.Unknown;
    private DateOnly? _learned;
    private IGrainTimer? _looking;
    private IncidentSigns _signs = new([], []);

    public Task<IncidentSigns> Signs()
    {
        if (_looking is null) _ = GrainFactory.Incidents(Campus).Look();
        return Task.FromResult(_signs);
    }

    public async Task Look()
    {
        try
        {
            if (await GrainFactory.Campus(Campus).Settings() is not { } settings) return;
            await KeepLooking();
            // A change that was stored and not passed on before this silo died.
            if (!settings.Incidents.SequenceEqual(OpenNow)) await GrainFactory.Campus(Campus).Suffer([.. OpenNow]);
            var (now, offset) = (time.GetUtcNow(), CampusClock.Of(settings));
            await Learn(now, offset);
            _signs = new IncidentSigns(Suspect(now, offset, await People(now - OutbreakWatch.Window, now)), await PeopleOfIncidents(now));
        }
        catch (StorageUnavailableException error)
        {
            LookLater(error, Campus);
        }
    }

    private async Task KeepLooking()
    {
        if (_looking is not null) return;
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        _looking = this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(OutbreakWatch.Period, OutbreakWatch.Period) { KeepAlive = true });
    }

    private async Task Learn(DateTimeOffset now, TimeSpan offset)
    {
        var today = DateOnly.FromDateTime(now.ToOffset(offset).DateTime);
        if (_learned == today) return;
        var midnight = new DateTimeOffset(today.ToDateTime(TimeOnly.MinValue), offset).ToUniversalTime();
        var past = await rows.PeopleByCategory(Campus, midnight.AddDays(-UsualContacts.Days), midnight, Hour);
        PastHour[] hours = [.. past.Select(about => new PastHour(CategoryOf(about), about.Start.ToOffset(offset).DateTime, (int)about.People))];
        // A campus is as old as its first contact.
        var days = hours.Length == 0 ? 0 : (int)Math.Ceiling((midnight - past[0].Start) / TimeSpan.FromDays(1));
        (_usual, _learned) = (UsualContacts.Of(hours, days), today);
    }

    private ImmutableArray<Suspicion> Suspect(DateTimeOffset now, TimeSpan offset, ImmutableDictionary<Category, int> came)
    {
        var suspicions = ImmutableArray.CreateBuilder<Suspicion>();
        foreach (var (category, usual) in _usual.In(now.ToOffset(offset).DateTime, OutbreakWatch.Window, came))
        {
            var seen = _watches.GetValueOrDefault(category, OutbreakWatch.Quiet).Seen(now, came.GetValueOrDefault(category), usual);
            _watches = _watches.SetItem(category, seen);
            if (seen.Since is { } since && !OpenNow.Any(open => open.Category == category))
                suspicions.Add(new Suspicion(category, since, now, came.GetValueOrDefault(category), Math.Round(usual.Mean, 1)));
        }
        return suspicions.ToImmutable();
    }

    private async Task<ImmutableArray<IncidentPeople>> PeopleOfIncidents(DateTimeOffset now)
    {
        var people = ImmutableArray.CreateBuilder<IncidentPeople>();
        foreach (var open in OpenNow.ToList()) people.Add(new IncidentPeople(open.IncidentId, (await People(open.Since, now)).GetValueOrDefault(open.Category)));
        return people.ToImmutable();
    }

    private async Task<ImmutableDictionary<Category, int>> People(DateTimeOffset from, DateTimeOffset to) =>
        (await rows.PeopleByCategory(Campus, from, to)).ToImmutableDictionary(CategoryOf, static about => (int)about.People);

    private static Category CategoryOf(PeopleAbout about) => Enum.Parse<Category>(about.Category, ignoreCase: true);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campus {Campus}: storage can't be used now; whether something breaks is looked at again in seconds.")]
    private partial void LookLater(Exception error, string campus);
}
