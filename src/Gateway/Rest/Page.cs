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
        page = new Page(null, UsualLimit);
        if (limit is not null)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) || wanted is < 1 or > MaxLimit)
                return ProblemOf.Invalid("limit", $"`limit` must be a whole number from 1 to {MaxLimit}.");
            page = page with { Limit = wanted };
        }
        if (cursor is null) return null;
        if (Decode(cursor) is not { } after || !Check.IsId(after)) return ProblemOf.Invalid("cursor", "`cursor` is none that this list gave. Take it from the Link header of the page before, or leave it out.");
        page = page with { After = after };
        return null;
    }

    /// <summary>The list, and where the next page is when this one is full.</summary>
    public Task Answer<T>(HttpContext http, Reply<T[]> reply, Func<T, string> id)
    {
        if (reply.Value is { } items && items.Length == Limit)
        {
            var cursor = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id(items[^1])));
            http.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{http.Request.Path}?cursor={cursor}&limit={Limit}>; rel=\"next\"");
        }
        return http.Answer(reply);
    }

    private static string? Decode(string cursor)
    {
        if (cursor.Length > 2 * Check.IdLength || !Base64Url.IsValid(cursor)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
    }
}
