using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Rest;

/// <summary>
/// Which part of a list a request wants. The cursor names the last item that the client has, so a page stays right
/// whatever is added before it; clients take it from the header <c>Link</c>, and don't look inside.
/// </summary>
/// <param name="After">The id of the last item of the page before; null for the first page.</param>
/// <param name="Limit">Items at most.</param>
internal readonly record struct Page(string? After, int Limit)
{
    /// <summary>Items of a page, unless said.</summary>
    public const int UsualLimit = 50;

    /// <summary>Items of a page, at most.</summary>
    public const int MaxLimit = 200;

    /// <summary>Reads a request's page. Both come as text, so that a wrong one gets a problem that names it.</summary>
    public static Problem? Of(string? cursor, string? limit, out Page page)
    {
        page = default;
        if (LimitOf(limit, UsualLimit, out var items) is { } no) return no;
        page = new Page(null, items);
        if (cursor is null) return null;
        if (Decode(cursor) is not { } after || !Check.IsId(after)) return ProblemOf.Invalid("cursor", "`cursor` is none that this list gave. Take it from the Link header of the page before, or leave it out.");
        page = page with { After = after };
        return null;
    }

    /// <summary>How many items a request wants.</summary>
    public static Problem? LimitOf(string? limit, int usual, out int items)
    {
        items = usual;
        if (limit is null) return null;
        return int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out items) && items is >= 1 and <= MaxLimit
            ? null
            : ProblemOf.Invalid("limit", $"`limit` must be a whole number from 1 to {MaxLimit}.");
    }

    /// <summary>This page of a list that is at hand as a whole; empty after an item that isn't in it any more.</summary>
    public T[] Of<T>(IEnumerable<T> all, Func<T, string> id)
    {
        var after = After;
        return [.. (after is null ? all : all.SkipWhile(item => id(item) != after).Skip(1)).Take(Limit)];
    }

    /// <summary>The list, and where the next page is when this one is full.</summary>
    public Task Answer<T>(HttpContext http, Reply<T[]> reply, Func<T, string> id, string also = "")
    {
        if (reply.Value is { } items && items.Length == Limit) http.ShowNext($"cursor={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id(items[^1])))}{also}", Limit);
        return http.Answer(reply);
    }

    private static string? Decode(string cursor)
    {
        if (cursor.Length > 2 * Check.IdLength || !Base64Url.IsValid(cursor)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
    }
}

/// <summary>Where a list goes on (RFC 8288).</summary>
internal static class NextPages
{
    /// <summary>Says with which query the next page is asked for.</summary>
    public static void ShowNext(this HttpContext http, string from, int limit) =>
        http.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{http.Request.Path}?{from}&limit={limit}>; rel=\"next\"");
}
