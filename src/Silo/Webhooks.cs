using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CampusCare.Channels.Webhook;
using CampusCare.Contracts;
using CampusCare.Contracts.Webhooks;
using CampusCare.Grains.Webhooks;
using CampusCare.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CampusCare.Silo;

/// <summary>The configuration section <c>Webhooks</c>: where subscribers' addresses may be.</summary>
public sealed class WebhookRules
{
    public const string Section = "Webhooks";

    /// <summary>Whether addresses may be http, not only https; for development.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether addresses may be of this machine or of private networks.</summary>
    public bool AllowPrivateAddresses { get; set; }
}

/// <summary>Posts to subscribers: signed, bounded in time, following nobody elsewhere, never into our own network.</summary>
internal sealed class WebhookSender : IWebhookSender, IDisposable
{
    /// <summary>How long an address may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private const string NotPublic = "The address is not a public one.";

    private readonly WebhookRules _rules;
    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _find;
    private readonly HttpClient _http;

    public WebhookSender(IOptions<WebhookRules> rules, TimeProvider time) : this(rules, time, Dns.GetHostAddressesAsync)
    {
    }

    /// <param name="rules">Where addresses may be.</param>
    /// <param name="time">The clock of the signatures.</param>
    /// <param name="find">Where a name leads now.</param>
    internal WebhookSender(IOptions<WebhookRules> rules, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> find)
    {
        (_rules, _time, _find) = (rules.Value, time, find);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectCallback = Connect,
        })
        { Timeout = Timeout };
    }

    public string? Fault(string url)
    {
        if (url.Length > WebhookEvents.MaximumUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) return "`url` must be an absolute https address.";
        if (uri.Scheme == "http" && !_rules.AllowHttp) return "`url` must be https: what is told is about people.";
        if (uri.UserInfo.Length > 0) return "`url` must not carry a password: everything is signed with the secret.";
        return !_rules.AllowPrivateAddresses && (uri.IsLoopback || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && !IsPublic(address))) ? NotPublic : null;
    }

    public async Task<string?> Post(string url, ImmutableArray<string> secrets, string key, byte[] body)
    {
        var at = _time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign([.. secrets.Select(Encoding.UTF8.GetBytes)], at, body));
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"It answered {(int)answer.StatusCode}.");
        }
        catch (TaskCanceledException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"It didn't answer within {Timeout.TotalSeconds} seconds.");
        }
        catch (HttpRequestException error)
        {
            return error.GetBaseException() is InvalidOperationException { Message: NotPublic } ? NotPublic : $"It can't be reached: {error.HttpRequestError}.";
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether an address is on the Internet: not this machine, a private network, a link, a carrier's network, or a group.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return false;
        var bytes = address.GetAddressBytes();
        // Of IPv6 only what is handed out to networks (2000::/3), and of that nothing that carries an IPv4 address elsewhere (6to4, Teredo).
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return bytes is [>= 0x20 and <= 0x3f, ..] and not [0x20, 0x02, ..] and not [0x20, 0x01, <= 0x01, ..];
        return bytes is not ([0 or 10 or 127, ..] or [100, >= 64 and <= 127, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [192, 0, 0, _] or [192, 88, 99, _] or [198, 18 or 19, ..] or [>= 224, ..]);
    }

    // Looked at here, and not when the subscription was made: a name may lead elsewhere by now. The very addresses that were
    // looked at are connected to: the name isn't asked again.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await _find(context.DnsEndPoint.Host, cancellation);
        var allowed = _rules.AllowPrivateAddresses ? addresses : [.. addresses.Where(IsPublic)];
        if (allowed.Length == 0) throw new HttpRequestException(NotPublic, new InvalidOperationException(NotPublic));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Wakes the subscriptions that have something to tell: after a restart, and whenever a hint got lost.</summary>
internal sealed partial class WebhookWaker(IWebhookDeliveries deliveries, IGrainFactory grains, TimeProvider time, ILogger<WebhookWaker> log) : BackgroundService
{
    /// <summary>How late a lost hint may be noticed.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                foreach (var (campus, webhook) in await deliveries.Waiting(stoppingToken)) await grains.Webhook(campus, webhook).Nudge();
            }
            catch (Exception error) when (error is StorageUnavailableException or OrleansException)
            {
                NotNow(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who waits to be told of tickets can't be found out now; the next round will.")]
    private partial void NotNow(Exception error);
}

/// <summary>Registration.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookRules>().Bind(configuration.GetSection(WebhookRules.Section));
        services.AddSingleton<IWebhookSender, WebhookSender>();
    }
}
