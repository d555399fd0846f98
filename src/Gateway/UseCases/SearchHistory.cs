using System.Globalization;
using System.Text.Json;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Supervision;
using CampusCare.Domain;
using CampusCare.Domain.Triage;
using CampusCare.Gateway.Exports;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>Which tickets a request asks for, as it says it: text, so that a wrong one gets a problem that names it.</summary>
internal sealed record HistoryQuery(
    string? From, string? To, string? Category, string? Agent, string? Role, string? Phase, string? LeastStars, string? MostStars, string? Number);

/// <summary>A campus's tickets, searched by its supervisors, and handed out as a table.</summary>
internal sealed class SearchHistory(Cluster cluster, AuditTrail trail, TimeProvider time)
{
    /// <summary>How far back is looked, unless it is said or a number is given.</summary>
    public static readonly TimeSpan UsualSpan = TimeSpan.FromDays(30);

    /// <summary>The longest span of one search without a number.</summary>
    public static readonly TimeSpan LongestSpan = TimeSpan.FromDays(92);

    /// <summary>Most rows of a table: what Excel holds, with room for its head.</summary>
    public const int MaximumRows = 1_000_000;

    private const int RowsAtOnce = ICampusHistoryGrain.MaximumPage;

    /// <summary>A page of the tickets that fit, newest first.</summary>
    public async Task<Reply<HistoryLine[]>> Find(Caller caller, HistoryQuery query, string? after, int limit) =>
        Read(query, out var search) is { } no ? no : await Page(caller, search, after, limit);

    /// <summary>The first rows of a table, once it is on record who asks for it, and what goes on after them.</summary>
    public async Task<Reply<HistoryExport>> Begin(Caller caller, HistoryQuery query, string format)
    {
        if (Read(query, out var search) is { } no) return no;
        var first = await Page(caller, search, null, RowsAtOnce);
        return (await trail.Keep(caller, AuditActions.HistoryExported, "", format, first)).Map(rows => new HistoryExport(caller, search, rows));
    }

    /// <summary>Writes the table, one page in memory at a time. False when it could not be finished.</summary>
    public async Task<bool> Write(HistoryExport export, ITableWriter table, CancellationToken cancellation)
    {
        var written = 0;
        for (var page = export.First; ;)
        {
            foreach (var line in page.Take(MaximumRows - written)) await table.Row(HistoryTable.Cells(line, table.Offset), cancellation);
            written += page.Length;
            if (page.Length < RowsAtOnce || written >= MaximumRows) return true;
            if ((await Page(export.Caller, export.Search, page[^1].TicketId, RowsAtOnce)).Value is not { } next) return false;
            page = next;
        }
    }

    private async Task<Reply<HistoryLine[]>> Page(Caller caller, HistorySearch search, string? after, int limit)
    {
        var reply = await cluster.Read(cluster.Grains.History(caller.Campus).Search(Supervise.Me(caller), search, after, limit));
        return reply.Map(static page => page.Lines.ToArray());
    }

    private Problem? Read(HistoryQuery query, out HistorySearch search)
    {
        var fields = new HistoryFields();
        search = new HistorySearch(
            fields.Time(query.From, "from"), fields.Time(query.To, "to"), fields.Word<Category>(query.Category, "category"), fields.Id(query.Agent, "agent"),
            fields.Word<CustomerRole>(query.Role, "role"), fields.Word<TicketPhase>(query.Phase, "phase"),
            fields.Stars(query.LeastStars, "leastStars"), fields.Stars(query.MostStars, "mostStars"), fields.Id(query.Number, "number"));
        if (fields.No is not null || query.Number is not null) return fields.No;
        var to = search.To ?? time.GetUtcNow();
        search = search with { From = search.From ?? to - UsualSpan };
        return to - search.From <= LongestSpan
            ? null
            : ProblemOf.Invalid("from", $"Without a number, at most {LongestSpan.TotalDays:0} days are searched at once. Ask for a part, or for a number.");
    }
}

/// <summary>Reads a query's fields, and keeps the first problem.</summary>
internal sealed class HistoryFields
{
    /// <summary>What is wrong; null while nothing is.</summary>
    public Problem? No { get; private set; }

    public DateTimeOffset? Time(string? text, string field)
    {
        if (text is null) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return at;
        No ??= ProblemOf.Invalid(field, $"`{field}` must be a time such as 2026-09-01T10:30:00Z.");
        return null;
    }

    public T? Word<T>(string? text, string field) where T : struct, Enum
    {
        if (text is null) return null;
        if (Caller.TryEnum(text, out T word)) return word;
        No ??= ProblemOf.Invalid(field, $"`{field}` must be one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
        return null;
    }

    public int? Stars(string? text, string field)
    {
        if (text is null) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var stars)) stars = 0;
        No ??= Check.Stars(stars, field);
        return stars;
    }

    public string? Id(string? text, string field)
    {
        No ??= Check.OptionalId(text, field);
        return text;
    }
}

/// <summary>A table that was begun: who asked for which tickets, and the first of them.</summary>
internal sealed record HistoryExport(Caller Caller, HistorySearch Search, HistoryLine[] First);
