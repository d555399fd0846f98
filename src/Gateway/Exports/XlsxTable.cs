using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;

namespace CampusCare.Gateway.Exports;

/// <summary>
/// A table as an Excel workbook (ECMA-376): one sheet, written row by row into the zip, so that no more than a row is in
/// memory. Texts are inline strings, which are never formulas; times are real ones.
/// </summary>
internal sealed partial class XlsxTable : ITableWriter
{
    private const string Sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string HeadStyle = "1", TimeStyle = "2";

    // Day 0 of a workbook.
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly ZipArchive _zip;
    private readonly int _columns;
    private XmlWriter _sheet = null!;
    private int _rows;

    private XlsxTable(ZipArchive zip, int columns, TimeSpan offset) => (_zip, _columns, Offset) = (zip, columns, offset);

    /// <inheritdoc/>
    public TimeSpan Offset { get; }

    /// <summary>Begins a workbook with the head of its table.</summary>
    public static async Task<XlsxTable> Begin(Stream to, string name, IReadOnlyList<string> head, TimeSpan offset, CancellationToken cancellation)
    {
        var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        var table = new XlsxTable(zip, head.Count, offset);
        foreach (var (path, content) in Parts(name)) table.Part(path, content);
        table.BeginSheet(head);
        return table;
    }

    /// <inheritdoc/>
    public Task Row(IReadOnlyList<object?> cells, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        WriteRow(cells, null);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _sheet.WriteEndElement();
        _sheet.WriteStartElement("autoFilter", Sheets);
        _sheet.WriteAttributeString("ref", string.Create(CultureInfo.InvariantCulture, $"A1:{Column(_columns - 1)}{_rows}"));
        _sheet.WriteEndElement();
        _sheet.WriteEndDocument();
        await _sheet.DisposeAsync();
        await _zip.DisposeAsync();
    }

    private void BeginSheet(IReadOnlyList<string> head)
    {
        _sheet = XmlWriter.Create(_zip.CreateEntry("xl/worksheets/sheet1.xml").Open(), new XmlWriterSettings { Async = true, CloseOutput = true });
        _sheet.WriteStartDocument(standalone: true);
        _sheet.WriteStartElement("worksheet", Sheets);
        _sheet.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        _sheet.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""<cols><col min="1" max="{_columns}" width="20" customWidth="1"/></cols>"""));
        _sheet.WriteStartElement("sheetData", Sheets);
        WriteRow(head, HeadStyle);
    }

    private void WriteRow(IReadOnlyList<object?> cells, string? style)
    {
        var row = (++_rows).ToString(CultureInfo.InvariantCulture);
        _sheet.WriteStartElement("row", Sheets);
        _sheet.WriteAttributeString("r", row);
        for (var i = 0; i < cells.Count; i++)
            if (cells[i] is { } value) WriteCell(Column(i) + row, value, style);
        _sheet.WriteEndElement();
    }

    private void WriteCell(string reference, object value, string? style)
    {
        _sheet.WriteStartElement("c", Sheets);
        _sheet.WriteAttributeString("r", reference);
        if (value is DateTimeOffset) style = TimeStyle;
        if (style is not null) _sheet.WriteAttributeString("s", style);
        if (value is string text)
        {
            _sheet.WriteAttributeString("t", "inlineStr");
            _sheet.WriteStartElement("is", Sheets);
            _sheet.WriteStartElement("t", Sheets);
            _sheet.WriteAttributeString("xml", "space", null, "preserve");
            _sheet.WriteString(Text(text));
            _sheet.WriteEndElement();
            _sheet.WriteEndElement();
        }
        else
        {
            _sheet.WriteElementString("v", Sheets, value is DateTimeOffset at
                ? (at.DateTime - Epoch).TotalDays.ToString("R", CultureInfo.InvariantCulture)
                : Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        _sheet.WriteEndElement();
    }

    // Excel reads _x0041_ as a letter, and XML has no control characters.
    private static string Text(string text) => string.Concat(
        Escaped().Replace(text, "_x005F_$1").EnumerateRunes().Select(static rune =>
            rune.Value is '\t' or '\n' or '\r' or >= ' ' and not (0xfffe or 0xffff) ? rune.ToString() : "\ufffd"));

    private static string Column(int index) => index < 26 ? $"{(char)('A' + index)}" : $"{(char)('A' + index / 26 - 1)}{(char)('A' + index % 26)}";

    private void Part(string path, string content)
    {
        using var writer = new StreamWriter(_zip.CreateEntry(path).Open());
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        writer.Write(content);
    }

    private static IEnumerable<(string Path, string Content)> Parts(string name)
    {
        const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        yield return ("[Content_Types].xml", $"""<Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Types}worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}styles+xml"/></Types>""");
        yield return ("_rels/.rels", $"""<Relationships xmlns="{Package}relationships"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        yield return ("xl/workbook.xml", $"""<workbook xmlns="{Sheets}" xmlns:r="{Relations}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>""");
        yield return ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}relationships"><Relationship Id="r1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
        yield return ("xl/styles.xml", $"""<styleSheet xmlns="{Sheets}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>""");
    }

    [GeneratedRegex("_(x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escaped();
}
