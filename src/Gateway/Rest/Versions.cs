using System.Globalization;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.Rest;

/// <summary>Versions of what can be edited, as entity tags: a change says which version it was made from.</summary>
internal static class Versions
{
    /// <summary>Says which version the response shows.</summary>
    public static void ShowVersion(this HttpContext http, long version) => http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that a change was made from; null when the request doesn't say, or takes any.</summary>
    public static Problem? Expected(string? ifMatch, out long? version)
    {
        version = null;
        if (ifMatch is null or "*") return null;
        if (ifMatch is not ['"', .. var tag, '"'] || !long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var expected))
            return ProblemOf.Invalid("If-Match", "`If-Match` must be the ETag that came with what you change, one alone, or be left out.");
        version = expected;
        return null;
    }
}
