namespace CampusCare.Gateway.Problems;

/// <summary>Replies as HTTP responses.</summary>
internal static class Answers
{
    /// <summary>The value as JSON, or the problem.</summary>
    public static Task Answer<T>(this HttpContext http, Reply<T> reply, int status = StatusCodes.Status200OK) where T : class
    {
        if (reply.Value is not { } value) return http.Answer(reply.Problem!);
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(value, GatewayHost.Json.GetTypeInfo<T>());
    }

    /// <summary>The problem, unless the response began.</summary>
    public static Task Answer(this HttpContext http, Problem problem)
    {
        if (http.Response.HasStarted) return Task.CompletedTask;
        http.Response.StatusCode = problem.Status;
        if (problem.RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return http.Response.WriteAsJsonAsync(problem, GatewayHost.Json.GetTypeInfo<Problem>(), Problem.ContentType);
    }
}
