using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration.Attributes;

namespace CampusCare.PeakHour;

/// <summary>One line of real input.</summary>
public sealed record TextLine([property: Name("id")] string Id, [property: Name("text")] string Text);

/// <summary>Reads what people wrote.</summary>
public static class Texts
{
    /// <summary>All lines of a CSV file with the columns id and text (UTF-8, with a header).</summary>
    /// <exception cref="InvalidDataException">The file has no such columns, no line, or more than <see cref="PeakLimits.Contacts"/>.</exception>
    public static IReadOnlyList<TextLine> Read(TextReader file)
    {
        using var csv = new CsvReader(file, CultureInfo.InvariantCulture);
        try
        {
            var lines = csv.GetRecords<TextLine>().Take(PeakLimits.Contacts + 1).ToList();
            if (lines.Count is 0 or > PeakLimits.Contacts) throw new InvalidDataException($"the file must hold 1–{PeakLimits.Contacts:N0} lines");
            return lines;
        }
        catch (CsvHelperException e)
        {
            throw new InvalidDataException($"line {csv.Parser?.Row}: {e.Message.Split('\n')[0].Trim()}", e);
        }
    }
}
