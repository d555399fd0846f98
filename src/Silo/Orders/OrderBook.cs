using System.Net;
using System.Text.Json;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Grains.Orders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo.Orders;

/// <summary>
/// The order system over HTTP, called as <see cref="OutsideHttp"/> says. What was answered is good for <see cref="Freshness"/>.
/// </summary>
internal sealed partial class OrderBook : IOrderBook, IDisposable
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(1);

    /// <summary>How long all attempts may take.</summary>
    public static readonly TimeSpan WholeTime = TimeSpan.FromSeconds(3);

    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    /// <summary>How many answers are kept.</summary>
    public const int MaximumKept = 10_000;

    /// <summary>The longest answer that is read.</summary>
    public const int MaximumAnswer = 64 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly TimeProvider _time;
    private readonly ILogger<OrderBook> _log;
    private readonly BoundedCache<OrderQuestion, OrderFacts?> _cache;

    public OrderBook(OrderBookOptions options, HttpMessageHandler sockets, TimeProvider time, ILogger<OrderBook> log)
    {
        (_endpoint, _time, _log) = (options.Endpoint!, time, log);
        _cache = new BoundedCache<OrderQuestion, OrderFacts?>(MaximumKept, Freshness, time);
        _http = OutsideHttp.Client(sockets, options.Key!, AttemptTime, WholeTime, time);
        _http.MaxResponseContentBufferSize = MaximumAnswer;
    }

    public bool IsThere => true;

    /// <summary>How many answers are kept now.</summary>
    internal int Kept => _cache.Count;

    public Task<OrderFacts?> Find(OrderQuestion question)
    {
        // An order is one order, whoever asks; only the last one is somebody's.
        var key = question.Number is null ? question : question with { CustomerId = "", Role = CustomerRole.Student };
        return _cache.Get(key, () => Ask(question, key));
    }

    public void Dispose() => _http.Dispose();

    private async Task<OrderFacts?> Ask(OrderQuestion question, OrderQuestion key)
    {
        try
        {
            using var answer = await _http.GetAsync(AddressOf(question));
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var said = JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(), OrderJson.Default.OrderAnswer)?.Facts(_time.GetUtcNow());
                if (said is not null && (question.Number is null || said.Number == question.Number)) return said;
                Unreadable(question.Campus);
            }
            else Refused((int)answer.StatusCode, question.Campus);
        }
        catch (Exception error) when (OutsideHttp.IsNoAnswer(error) || error is JsonException)
        {
            Unreachable(error.GetType().Name, question.Campus);
        }
        _cache.Forget(key);
        return null;
    }

    private Uri AddressOf(OrderQuestion question) => new(_endpoint, question.Number is { } number
        ? $"v1/orders/{Uri.EscapeDataString(number)}?campus={Uri.EscapeDataString(question.Campus)}"
        : $"v1/{question.Role.ToString().ToLowerInvariant()}s/{Uri.EscapeDataString(question.CustomerId)}/orders/last?campus={Uri.EscapeDataString(question.Campus)}");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The order system answered {Status} to a question of {Campus}; the ticket goes on without its order.")]
    private partial void Refused(int status, string campus);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The order system's answer to a question of {Campus} is no order; the ticket goes on without it.")]
    private partial void Unreadable(string campus);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The order system did not answer a question of {Campus} ({Error}); the ticket goes on without its order.")]
    private partial void Unreachable(string error, string campus);
}

/// <summary>Registration.</summary>
internal static class OrderBookServices
{
    public static void AddOrderBook(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(OrderBookOptions.Section).Get<OrderBookOptions>() ?? new OrderBookOptions();
        if (options.Endpoint is null)
        {
            services.TryAddSingleton<IOrderBook, NoOrderBook>();
            return;
        }
        if (options.Key is not { Length: > 0 })
            throw new InvalidOperationException("Orders:Endpoint is set, so Orders:Key is needed too: the order system tells by it that it is us.");
        services.TryAddSingleton<IOrderBook>(provider => new OrderBook(
            options, OutsideHttp.Sockets(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OrderBook>>()));
    }
}
