using System.Text.Json;

namespace CampusCare.Gateway.Tests.Fuzz;

/// <summary>An operation as the API document tells it.</summary>
/// <param name="Method">GET, POST…</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Query">The names of the query's parameters.</param>
/// <param name="Headers">The names of the headers that it reads.</param>
/// <param name="Body">The schema of the JSON body; null when it takes none.</param>
/// <param name="Statuses">What it may answer.</param>
internal sealed record ApiOperation(string Method, string Path, string[] Query, string[] Headers, JsonElement? Body, HashSet<int> Statuses)
{
    public static IReadOnlyList<ApiOperation> Of(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new ApiOperation(
               operation.Name.ToUpperInvariant(), path.Name, In(operation.Value, "query"), In(operation.Value, "header"), BodyOf(operation.Value),
               [.. operation.Value.GetProperty("responses").EnumerateObject().Select(answer => int.Parse(answer.Name))]),
    ];

    private static string[] In(JsonElement operation, string where) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == where).Select(parameter => parameter.GetProperty("name").GetString()!)]
        : [];

    // A body that isn't JSON gets what a route without a schema gets.
    private static JsonElement? BodyOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) ? json.GetProperty("schema") : null;
}
