using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Remedies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo.Remedies;

/// <summary>
/// The payment provider over HTTP, called as <see cref="OutsideHttp"/> says, each time under the same key. Whatever is no clear
/// answer is none, and the ticket asks again by its own clock.
/// </summary>
internal sealed partial class RemedyProvider : IRemedyProvider, IDisposable
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(2);

    /// <summary>How long all attempts may take.</summary>
    public static readonly TimeSpan WholeTime = TimeSpan.FromSeconds(6);

    /// <summary>By this header the provider knows a payment that it was asked for before.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly ILogger<RemedyProvider> _log;

    public RemedyProvider(RemedyProviderOptions options, HttpMessageHandler sockets, TimeProvider time, ILogger<RemedyProvider> log)
    {
        (_address, _log) = (new Uri(options.Endpoint!, "v1/remedies"), log);
        _http = OutsideHttp.Client(sockets, options.Key!, AttemptTime, WholeTime, time);
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
        catch (Exception error) when (OutsideHttp.IsNoAnswer(error))
        {
            Unreachable(error.GetType().Name, payment.Campus, payment.Key);
            return RemedyEnd.Later;
        }
    }

    public void Dispose() => _http.Dispose();

    // Only a word about this payment is the last one; a wrong token, too many requests or a broken service are not.
    private static bool IsFinal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity;

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
            options, OutsideHttp.Sockets(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RemedyProvider>>()));
    }
}
