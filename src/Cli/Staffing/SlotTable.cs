using System.Globalization;
using CampusCare.Domain.Forecasting;
using CsvHelper;
using CsvHelper.Configuration;

namespace CampusCare.Cli.Staffing;

/// <summary>Reads quarters of an hour from a CSV file: slot,contacts,orders,rain,day. docs/forecasting.md describes it.</summary>
internal static class SlotTable
{
    private const string Slot = "slot", Contacts = "contacts", Orders = "orders", Rain = "rain", Day = "day";
    private const long MostBytes = 64 << 20;

    /// <summary>All slots from the midnight of the first row to the last row; what no row tells is not known.</summary>
    /// <exception cref="CannotRunException">It can't be used, with the line and why.</exception>
    public static SlotSeries Read(FileInfo file)
    {
        if (file.Exists && file.Length > MostBytes) throw new CannotRunException($"{file.Name} has more than {MostBytes} bytes.");
        using var reader = file.OpenText();
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, PrepareHeaderForMatch = static args => args.Header.Trim() });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header || !header.Contains(Slot))
            throw new CannotRunException($"{file.Name} does not begin with a header that names the column {Slot}. Known are {Slot}, {Contacts}, {Orders}, {Rain}, {Day}.");
        if (header.FirstOrDefault(static name => name is not (Slot or Contacts or Orders or Rain or Day)) is { } unknown)
            throw new CannotRunException($"{file.Name} has a column {unknown}. Known are {Slot}, {Contacts}, {Orders}, {Rain}, {Day}.");
        var rows = new SortedDictionary<DateTime, SlotRecord>();
        while (csv.Read())
        {
            var line = new Line(csv, file.Name);
            if (!rows.TryAdd(line.Start, line.Record)) throw line.Problem($"{line.Start:yyyy-MM-ddTHH:mm} is there twice");
        }
        return rows.Count > 0 ? Series(rows, file.Name) : throw new CannotRunException($"{file.Name} has no rows.");
    }

    /// <summary>The local time at which a slot begins; null when a text names none.</summary>
    public static DateTime? StartOf(string? text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) && start.Minute % SlotSeries.Minutes == 0 ? start : null;

    private static SlotSeries Series(SortedDictionary<DateTime, SlotRecord> rows, string name)
    {
        var first = DateOnly.FromDateTime(rows.Keys.First());
        var count = (rows.Keys.Last() - first.ToDateTime(TimeOnly.MinValue)).TotalMinutes / SlotSeries.Minutes + 1;
        if (count > SlotSeries.MostSlots) throw new CannotRunException($"{name} spans more than {SlotSeries.MostSlots / SlotSeries.PerDay} days.");
        // A slot without a row is a day like the one that its neighbours say.
        var kinds = rows.GroupBy(static row => row.Key.Date).ToDictionary(static day => day.Key, static day => day.First().Value.Day);
        return new SlotSeries(first, [.. Enumerable.Range(0, (int)count).Select(i =>
        {
            var start = first.ToDateTime(TimeOnly.MinValue).AddMinutes(i * SlotSeries.Minutes);
            return rows.TryGetValue(start, out var record) ? record : new SlotRecord(null, null, 0, kinds.GetValueOrDefault(start.Date));
        })]);
    }

    private readonly struct Line(CsvReader csv, string file)
    {
        public DateTime Start => StartOf(Field(Slot)) ?? throw Problem($"{Slot} must be a quarter of an hour such as 2026-09-01T11:15, not \"{Field(Slot)}\"");

        public SlotRecord Record => new(Count(Contacts), Count(Orders), Millimetres(), Kind());

        public CannotRunException Problem(string what) => new($"{file}, line {csv.Parser.RawRow}: {what}.");

        private string Field(string name) => csv.TryGetField<string>(name, out var text) ? text?.Trim() ?? "" : "";

        private int? Count(string name) => Field(name) switch
        {
            "" => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1_000_000 => count,
            var text => throw Problem($"{name} must be a whole number up to 1000000 or empty, not \"{text}\""),
        };

        private double Millimetres() => Field(Rain) switch
        {
            "" => 0,
            var text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rain) && rain <= 500 => rain,
            var text => throw Problem($"{Rain} must be millimetres an hour, 0 to 500, not \"{text}\""),
        };

        private DayKind Kind() => Field(Day) switch
        {
            "" or "term" => DayKind.Term,
            "exam" => DayKind.Exam,
            "holiday" => DayKind.Holiday,
            var text => throw Problem($"{Day} must be term, exam or holiday, not \"{text}\""),
        };
    }
}
