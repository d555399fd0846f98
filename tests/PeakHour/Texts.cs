using System.Globalization;
using CsvHelper;

namespace CampusCare.PeakHour;

/// <summary>One line of real input.</summary>
public sealed record TextLine(string Id, string Text);

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
            var lines = Lines(csv).Take(PeakLimits.Contacts + 1).ToList();
            if (lines.Count is 0 or > PeakLimits.Contacts) throw new InvalidDataException($"the file must hold 1–{PeakLimits.Contacts:N0} lines below its header");
            return lines;
        }
        catch (CsvHelperException e)
        {
            throw new InvalidDataException($"line {csv.Parser.Row}: {e.Message.Split('\n')[0].Trim()}", e);
        }
    }

    private static IEnumerable<TextLine> Lines(CsvReader csv)
    {
        if (!csv.Read()) yield break;
        csv.ReadHeader();
        while (csv.Read()) yield return new(csv.GetField<string>("id")!, csv.GetField<string>("text")!);
    }
}
