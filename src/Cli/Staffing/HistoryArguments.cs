using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CampusCare.Domain.Forecasting;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Cli.Staffing;

/// <summary>The options that say from what a forecast is made: a file, a campus's tickets, or a made-up year.</summary>
internal sealed class HistoryArguments
{
    private static readonly TimeSpan LongestHistory = TimeSpan.FromDays(2 * 366);

    private readonly Option<FileInfo?> _history = new("--history") { Description = "CSV with slot,contacts,orders,rain,day: docs/forecasting.md. Rows of the future have no contacts." };
    private readonly Option<string?> _campus = new("--campus") { Description = "Contacts are those of this campus's tickets in the database; --history may add the rest." };
    private readonly Option<long?> _year = new("--year") { Description = "Instead: a made-up year of a campus from this seed." };
    private readonly Option<DateTime?> _from = new("--from") { Description = "First slot to tell, such as 2026-09-01T17:00, local; otherwise the first after the last with contacts.", CustomParser = Time };
    private readonly Option<double> _offset = new("--utc-offset") { Description = "Local time minus UTC, in hours.", DefaultValueFactory = static _ => 8 };
    private readonly StorageArguments _storage = new();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _history, _campus, _year, _from, _offset }) command.Options.Add(option);
        _storage.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_offset) is var offset && (Math.Abs(offset) > 14 || offset * 60 % SlotSeries.Minutes != 0)) result.AddError("--utc-offset must be in quarters of an hour, from -14 to 14.");
            var given = new Option[] { _history, _campus, _year }.Count(option => result.GetResult(option) is not null);
            if (given == 0 || (given > 1 && result.GetResult(_year) is not null)) result.AddError("Give --history FILE, --campus NAME, both, or --year SEED alone.");
        });
    }

    /// <summary>What is known, the same as it was foreseen, and the first slot to tell.</summary>
    public async Task<(SlotSeries Happened, SlotSeries Foreseen, int From)> Read(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_year) is { } seed)
        {
            var (happened, foreseen) = CampusYear.Of(seed);
            return (happened, foreseen, From(parsed, happened, happened.Count - Forecast.HorizonSlots));
        }
        var file = parsed.GetValue(_history) is { } table ? SlotTable.Read(table) : null;
        var series = parsed.GetValue(_campus) is { } campus ? await OfCampus(parsed, campus, file, stop) : file!;
        var next = Enumerable.Range(0, series.Count).LastOrDefault(i => series[i].Contacts is not null, -1) + 1;
        series = Longer(series, Math.Max(next, From(parsed, series, next)) + Forecast.HorizonSlots);
        var from = From(parsed, series, next);
        if (from < 1 || from >= series.Count) throw new CannotRunException("--from must lie after the first slot and not behind the last.");
        return (series, series, from);
    }

    private int From(ParseResult parsed, SlotSeries series, int usual) => parsed.GetValue(_from) is { } time ? series.At(time) : usual;

    /// <summary>The same, with days like the last one appended until it has so many slots.</summary>
    private static SlotSeries Longer(SlotSeries series, int count) => series.Count >= count ? series
        : count > SlotSeries.MostSlots ? throw new CannotRunException("--from is too far in the future.")
        : new SlotSeries(series.FirstDay, [.. Enumerable.Range(0, count).Select(i => i < series.Count ? series[i] : new SlotRecord(null, null, 0, series[series.Count - 1].Day))]);

    private async Task<SlotSeries> OfCampus(ParseResult parsed, string campus, SlotSeries? file, CancellationToken stop)
    {
        await using var services = _storage.Open(parsed);
        var offset = TimeSpan.FromHours(parsed.GetValue(_offset));
        var until = TimeProvider.System.GetUtcNow();
        var counts = await services.GetRequiredService<ITicketReadModel>().OpenedBySlot(campus, until - LongestHistory, until, TimeSpan.FromMinutes(SlotSeries.Minutes), stop);
        if (counts.Count == 0) throw new CannotRunException($"{services.GetRequiredService<StorageDatabase>().Location} has no tickets of a campus {campus}.");
        var opened = counts.ToDictionary(count => count.Start.ToOffset(offset).DateTime, static count => (int)count.Tickets);
        var (begin, end) = (opened.Keys.Min(), until.ToOffset(offset).DateTime);
        var first = DateOnly.FromDateTime(file is null || begin < file.Start(0) ? begin : file.Start(0));
        var whole = new SlotSeries(first, [default]);
        var slots = Math.Max(whole.At(end) + 1, file is null ? 0 : whole.At(file.Start(file.Count - 1)) + 1);
        return new SlotSeries(first, [.. Enumerable.Range(0, slots).Select(i =>
        {
            var start = whole.Start(i);
            var known = file is not null && file.At(start) is >= 0 and var at && at < file.Count ? file[at] : default;
            // The slot that is going on now is not yet counted; before the first ticket nothing was recorded here.
            return start < begin || start.AddMinutes(SlotSeries.Minutes) > end ? known : known with { Contacts = opened.GetValueOrDefault(start) };
        })]);
    }

    private static DateTime? Time(ArgumentResult argument)
    {
        if (DateTime.TryParseExact(argument.Tokens.Single().Value, ["yyyy-MM-ddTHH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        argument.AddError("--from must be a local time such as 2026-09-01T17:00.");
        return null;
    }
}
