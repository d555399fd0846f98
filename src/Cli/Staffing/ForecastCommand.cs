using System.CommandLine;
using System.Globalization;
using CampusCare.Domain.Forecasting;

namespace CampusCare.Cli.Staffing;

/// <summary><c>./campuscare forecast</c>: contacts of the next two days in quarters of an hour, docs/forecasting.md.</summary>
public static class ForecastCommand
{
    private const int BarWidth = 50;

    public static Command Create()
    {
        var history = new HistoryArguments();
        var nights = new Option<int?>("--nights") { Description = "Instead: forecasts so many past nights as if at each midnight, and compares with what came and with last week." };
        var json = new Option<FileInfo?>("--json") { Description = "Write all slots there, as JSON." };
        var command = new Command("forecast", "Tells how many contacts will come in each quarter of an hour of the next two days, with a band for eight of ten.") { nights, json };
        history.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(nights) is not null && result.GetValue(nights) is not (>= 1 and <= CampusYear.Days)) result.AddError($"--nights must be 1–{CampusYear.Days}.");
        });
        command.SetAction((parsed, stop) => Running.Named(async () =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var (happened, foreseen, from) = await history.Read(parsed, stop);
            if (parsed.GetValue(nights) is { } count) return Compare(happened, foreseen, count, output);
            var slots = Forecast.Of(happened.SeenAt(from, foreseen), from);
            Write(slots, output);
            if (parsed.GetValue(json) is { } file) await File.WriteAllBytesAsync(file.FullName, StaffingJson.Write(slots), stop);
            return 0;
        }, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Compare(SlotSeries happened, SlotSeries foreseen, int nights, TextWriter output)
    {
        if (happened.Count < (nights + 16) * SlotSeries.PerDay) throw new CannotRunException($"{nights} nights need {nights + 16} days of history; there are {happened.Count / SlotSeries.PerDay}.");
        var accuracy = Accuracy.Of(happened, foreseen, nights);
        Line(output, $"{nights} nights, {accuracy.Slots} slots, each night two days ahead");
        Line(output, $"  error over contacts (WAPE)     {accuracy.Wape:0.000}");
        Line(output, $"  same slot last week            {accuracy.LastWeekWape:0.000}");
        Line(output, $"  smaller by                     {accuracy.Better:0.0 %}");
        Line(output, $"  within the band of 80 %        {accuracy.InBand:0.0 %}   (slots that expect 5 or more)");
        return 0;
    }

    private static void Write(IReadOnlyList<SlotForecast> slots, TextWriter output)
    {
        var most = Math.Max(1, slots.Max(static slot => slot.High));
        Line(output, $"{"slot",-18}{"expected",9}{"low",7}{"high",7}");
        foreach (var slot in slots)
            Line(output, $"{slot.Start,-18:yyyy-MM-dd HH:mm}{slot.Expected,9:0.0}{slot.Low,7}{slot.High,7}  {Bar(slot, most)}");
        foreach (var day in slots.GroupBy(static slot => slot.Start.Date))
            Line(output, $"{day.Key,-18:yyyy-MM-dd}{day.Sum(static slot => slot.Expected),9:0.0} contacts in {day.Count() / 4.0:0.##} hours, most of them at {day.MaxBy(static slot => slot.Expected).Start:HH:mm}");
    }

    /// <summary>Full up to the low end of the band, light up to its high end.</summary>
    private static string Bar(SlotForecast slot, int most)
    {
        var (low, high) = (slot.Low * BarWidth / most, slot.High * BarWidth / most);
        return new string('█', low) + new string('░', high - low);
    }

    internal static void Line(TextWriter to, FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
