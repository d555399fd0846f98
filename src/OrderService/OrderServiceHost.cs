using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.OrderService;

/// <summary>How the service feels: what a test, or a visitor of the demo, wants to see the others cope with.</summary>
public enum Mood
{
    /// <summary>It answers.</summary>
    Well,

    /// <summary>It answers after two seconds.</summary>
    Slow,

    /// <summary>It answers that it is broken.</summary>
    Broken,

    /// <summary>It does what it is asked for, and the answer gets lost.</summary>
    Mute,
}

/// <summary>The service on a port of this machine, speaking the protocol of docs/remedies.md. For demos and tests: it has no database and believes every word.</summary>
public sealed class OrderServiceHost : IAsyncDisposable
{
    /// <summary>How long a slow answer takes.</summary>
    public static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private int _asked;

    private OrderServiceHost(WebApplication app, OrderWorld orders, string key) => (_app, Orders, Key) = (app, orders, key);

    /// <summary>The orders.</summary>
    public OrderWorld Orders { get; }

    /// <summary>What it paid.</summary>
    public RemedyLedger Remedies { get; } = new();

    /// <summary>The bearer token that it asks for.</summary>
    public string Key { get; }

    /// <summary>How it feels.</summary>
    public Mood Mood { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>Where it answers.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>Starts it on a port that is free.</summary>
    /// <param name="seed">Decides what becomes of orders.</param>
    /// <param name="key">The bearer token that it asks for.</param>
    /// <param name="time">The clock.</param>
    public static async Task<OrderServiceHost> Start(int seed, string key, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, OrderServiceJson.Default));
        var app = builder.Build();
        var host = new OrderServiceHost(app, new OrderWorld(seed, time), key);
        app.Use(host.Guard);
        host.Map(app);
        await app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/orders/{number}", (string number, string campus) => Answer(Orders.Find(campus, number)));
        app.MapGet("/v1/students/{id}/orders/last", (string id, string campus) => Answer(Orders.Last(campus, id)));
        app.MapPost("/v1/remedies", (HttpRequest request, RemedyShape remedy) => Pay(request.Headers["Idempotency-Key"], remedy));
    }

    private async Task Guard(HttpContext http, RequestDelegate next)
    {
        Interlocked.Increment(ref _asked);
        if (http.Request.Headers.Authorization != $"Bearer {Key}")
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        switch (Mood)
        {
            case Mood.Broken:
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case Mood.Slow:
                await Task.Delay(Slowness, http.RequestAborted);
                break;
            case Mood.Mute:
                http.Response.Body = Stream.Null;
                await next(http);
                http.Abort();
                return;
        }
        await next(http);
    }

    private IResult Pay(string? key, RemedyShape asked)
    {
        if (string.IsNullOrEmpty(key) || asked.Under(key) is not { } remedy) return Results.UnprocessableEntity();
        if (!Remedies.Pay(remedy)) return Results.Conflict();
        if (remedy.Kind == "refund") Orders.Refund(remedy.Campus, remedy.Order);
        return Results.Ok();
    }

    private static IResult Answer(OrderShape? order) => order is null ? Results.NotFound() : Results.Json(order, OrderServiceJson.Default.OrderShape);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderShape))]
[JsonSerializable(typeof(RemedyShape))]
internal sealed partial class OrderServiceJson : JsonSerializerContext;
