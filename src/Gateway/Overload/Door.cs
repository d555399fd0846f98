using System.Collections.Concurrent;
using System.Reflection;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using Microsoft.AspNetCore.SignalR;

namespace CampusCare.Gateway.Overload;

/// <summary>Where requests to the API and calls of hub methods come in: counted, and refused when there are too many.</summary>
internal static class Door
{
    private const string Api = "/api";
    private const string Channels = "/channels";

    /// <summary>Says what a route is worth when not all can be served.</summary>
    public static RouteHandlerBuilder IsWorth(this RouteHandlerBuilder route, Worth worth) => route.WithMetadata(new WorthAttribute(worth));

    public static void UseDoor(this WebApplication app)
    {
        var (limits, load) = (app.Services.GetRequiredService<RateLimits>(), app.Services.GetRequiredService<Load>());
        app.Use((http, next) =>
            http.Request.Path.StartsWithSegments(Api) ? Enter(http, next, limits, load)
            : http.Request.Path.StartsWithSegments(Channels) ? Count(http, next, load)
            : next(http));
    }

    private static async Task Enter(HttpContext http, RequestDelegate next, RateLimits limits, Load load)
    {
        var caller = (http.User.Identity as CallerIdentity)?.Caller;
        if ((limits.Ask(caller, http.Connection.RemoteIpAddress) ?? load.Refuses(WorthOf(http))) is { } no)
        {
            await http.Answer(no);
            return;
        }
        await Count(http, next, load);
    }

    private static async Task Count(HttpContext http, RequestDelegate next, Load load)
    {
        load.Begin();
        try
        {
            await next(http);
        }
        finally
        {
            load.End();
        }
    }

    private static Worth WorthOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<WorthAttribute>()?.Worth ?? (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? Worth.Look : Worth.Work);
}

/// <summary>The same for hub methods: an agent's and a customer's calls are work unless they say otherwise.</summary>
internal sealed class HubDoor(Load load) : IHubFilter
{
    private readonly ConcurrentDictionary<MethodInfo, Worth> _worth = new();

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var worth = _worth.GetOrAdd(invocation.HubMethod, static method => method.GetCustomAttribute<WorthAttribute>()?.Worth ?? Worth.Work);
        if (load.Refuses(worth) is { } no) return Refusal(invocation.HubMethod.ReturnType, no);
        load.Begin();
        try
        {
            return await next(invocation);
        }
        finally
        {
            load.End();
        }
    }

    // Every hub method answers with a Reply, at once or later.
    private static object? Refusal(Type returned, Problem no) =>
        Activator.CreateInstance(returned.GetGenericTypeDefinition() == typeof(Task<>) ? returned.GetGenericArguments()[0] : returned, null, no);
}
