using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Remedies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace CampusCare.Silo.Remedies;

/// <summary>
/// The payment provider over HTTP. An attempt has two seconds; two more follow, after pauses, under the same key; all of it
/// ends after six. Whatever is no clear answer is none, and the ticket asks again by its own clock.
/// </summary>
internal sealed partial class RemedyProvider : IRemedyProvider, IDisposable
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(2);

    /// <summary>How long all attempts may take.</summary>
    public static readonly TimeSpan WholeTime = TimeSpan.FromSeconds(6);

    /// <summary>How often a payment is asked for again at once.</summary>
    public const int Retries = 2;

    /// <summary>How many payments are asked for at once; so many more wait, and the rest is asked for later.</summary>
    public const int MaximumAtOnce = 64;

    /// <summary>By this header the provider knows a payment that it was asked for before.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly ILogger<RemedyProvider> _log;

    public RemedyProvider(RemedyProviderOptions options, HttpMessageHandler sockets, TimeProvider time, ILogger<RemedyProvider> log)
    {
        (_address, _log) = (new Uri(options.Endpoint!, "v1/remedies"), log);
        _http = new HttpClient(new ResilienceHandler(Pipeline(time)) { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
    }

    public bool IsThere => true;

    public async Task<RemedyEnd> Pay(RemedyPayment payment)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new PaymentShape(payment.Campus, payment.CustomerId, payment.Order, payment.Kind, payment.Fen), RemedyJson.Default.PaymentShape);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(KeyHeader, payment.Key);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.IsSuccessStatusCode) return RemedyEnd.Paid;
            Refused((int)answer.StatusCode, payment.Campus, payment.Key);
            return IsFinal(answer.StatusCode) ? RemedyEnd.Refused : RemedyEnd.Later;
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutRejectedException or BrokenCircuitException or RateLimiterRejectedException or IOException)
        {
            Unreachable(error.GetType().Name, payment.Campus, payment.Key);
            return RemedyEnd.Later;
        }
    }

    public void Dispose() => _http.Dispose();

    // Only a word about this payment is the last one; a wrong token, too many requests or a broken service are not.
    private static bool IsFinal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity;

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider time) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddConcurrencyLimiter(MaximumAtOnce, MaximumAtOnce)
        .AddTimeout(WholeTime)
        .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = Retries, Delay = TimeSpan.FromMilliseconds(200), BackoffType = DelayBackoffType.Exponential, UseJitter = true, ShouldRetryAfterHeader = false })
        .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { FailureRatio = 0.5, MinimumThroughput = 10, SamplingDuration = TimeSpan.FromSeconds(10), BreakDuration = TimeSpan.FromSeconds(5) })
        .AddTimeout(AttemptTime)
        .Build();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The payment provider answered {Status} to {Campus}/{Key}.")]
    private partial void Refused(int status, string campus, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The payment provider gave no answer ({Error}) to {Campus}/{Key}; it is asked again later.")]
    private partial void Unreachable(string error, string campus, string key);
}

/// <summary>A payment as the provider reads it; see docs/remedies.md.</summary>
internal sealed record PaymentShape(string Campus, string CustomerId, string Order, RemedyKind Kind, long Fen);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseKind)])]
[JsonSerializable(typeof(PaymentShape))]
internal sealed partial class RemedyJson : JsonSerializerContext;

internal sealed class CamelCaseKind() : JsonStringEnumConverter<RemedyKind>(JsonNamingPolicy.CamelCase);

/// <summary>Registration.</summary>
internal static class RemedyProviderServices
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static void AddRemedyProvider(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(RemedyProviderOptions.Section).Get<RemedyProviderOptions>() ?? new RemedyProviderOptions();
        if (options.Endpoint is null)
        {
            services.TryAddSingleton<IRemedyProvider, NoRemedyProvider>();
            return;
        }
        if (options.Key is not { Length: > 0 })
            throw new InvalidOperationException("Remedies:Endpoint is set, so Remedies:Key is needed too: the payment provider tells by it that it is us.");
        services.TryAddSingleton<IRemedyProvider>(provider => new RemedyProvider(
            options, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime },
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RemedyProvider>>()));
    }
}
