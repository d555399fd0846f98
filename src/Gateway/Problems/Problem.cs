using System.Text.Json.Serialization;

namespace CampusCare.Gateway.Problems;

/// <summary>A "no" as clients get it: RFC 9457 problem details, the same over REST and hubs.</summary>
/// <param name="Type">Names the kind of problem: <c>https://campuscare.example/problems/</c> and the code.</param>
/// <param name="Title">The kind in a few words.</param>
/// <param name="Status">The HTTP status, also over hubs.</param>
/// <param name="Detail">What happened and what to do.</param>
/// <param name="Code">The kind, for programs.</param>
/// <param name="Field">The request's field that is to blame, when one is.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null)
{
    /// <summary>The media type of problem details.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>When asking again makes sense, in seconds; sent as the Retry-After header.</summary>
    [JsonPropertyName("retryAfter"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfterSeconds { get; init; }
}
