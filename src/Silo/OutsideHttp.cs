using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace CampusCare.Silo;

/// <summary>
/// How a system outside is called that grains wait for: each attempt has its time, two more follow after pauses, all of them
/// have theirs, and when half of the attempts of ten seconds fail nobody calls for <see cref="Rest"/>.
/// </summary>
internal static class OutsideHttp
{
    /// <summary>How often a call is repeated at once.</summary>
    public const int Retries = 2;

    /// <summary>How many calls are on their way at once; so many more wait, and the rest isn't made.</summary>
    public const int MaximumAtOnce = 64;

    /// <summary>How long nobody calls after too many failures.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Sockets that go nowhere but where they were sent.</summary>
    public static SocketsHttpHandler Sockets() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime };

    /// <summary>A client of one system.</summary>
    /// <param name="sockets">What it goes out through.</param>
    /// <param name="key">The bearer token that the system asks for; empty: none.</param>
    /// <param name="attempt">How long one attempt may take.</param>
    /// <param name="whole">How long all of them may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="retries">How often a call is repeated at once.</param>
    /// <param name="atOnce">How many calls are on their way at once; so many more wait.</param>
    public static HttpClient Client(HttpMessageHandler sockets, string? key, TimeSpan attempt, TimeSpan whole, TimeProvider time, int retries = Retries, int atOnce = MaximumAtOnce)
    {
        var client = new HttpClient(new ResilienceHandler(Pipeline(attempt, whole, time, retries, atOnce)) { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
        if (!string.IsNullOrEmpty(key)) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Whether a call ended so that nobody knows what the system did.</summary>
    public static bool IsNoAnswer(Exception error) =>
        error is HttpRequestException or TimeoutRejectedException or BrokenCircuitException or RateLimiterRejectedException or IOException;

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeSpan attempt, TimeSpan whole, TimeProvider time, int retries, int atOnce) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddConcurrencyLimiter(atOnce, atOnce)
        .AddTimeout(whole)
        .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = retries, Delay = TimeSpan.FromMilliseconds(200), BackoffType = DelayBackoffType.Exponential, UseJitter = true, ShouldRetryAfterHeader = false })
        .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { FailureRatio = 0.5, MinimumThroughput = 10, SamplingDuration = TimeSpan.FromSeconds(10), BreakDuration = Rest })
        .AddTimeout(attempt)
        .Build();
}
