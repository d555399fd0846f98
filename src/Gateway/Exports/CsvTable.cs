using System.Globalization;
using System.Text;

namespace CampusCare.Gateway.Exports;

/// <summary>
/// A table as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it. A text that a spreadsheet would take for a
/// formula gets an apostrophe before it.
/// </summary>
internal sealed class CsvTable : ITableWriter
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true);

    private readonly StreamWriter _writer;

    private CsvTable(Stream to, TimeSpan offset)
    {
        _writer = new StreamWriter(to, Encoding, leaveOpen: true) { NewLine = "\r\n" };
        Offset = offset;
    }

    /// <inheritdoc/>
    public TimeSpan Offset { get; }

    /// <summary>Begins a table with its head.</summary>
    public static async Task<CsvTable> Begin(Stream to, IReadOnlyList<string> head, TimeSpan offset, CancellationToken cancellation)
    {
        var table = new CsvTable(to, offset);
        await table.Row(head, cancellation);
        return table;
    }

    /// <inheritdoc/>
    public Task Row(IReadOnlyList<object?> cells, CancellationToken cancellation) =>
        _writer.WriteLineAsync(string.Join(',', cells.Select(Cell)).AsMemory(), cancellation);

    /// <summary>A cell as it stands in the file.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "",
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        string text => Quoted(Harmless(text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    // What begins like a formula begins one, also behind spaces, and in the wide forms that Chinese keyboards type.
    private static string Harmless(string text) =>
        text.TrimStart() is [var first, ..] && "=+-@＝＋－＠".Contains(first) || text is ['\t' or '\r' or '\n', ..] ? "'" + text : text;

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}
