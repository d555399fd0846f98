using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Gateway.Tests.Channels;

/// <summary>A provider on loopback: keeps what it heard, and answers as the test says.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private readonly ConcurrentQueue<ProviderCall> _calls = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly WebApplication _app;
    private int _read;

    private FakeProvider(WebApplication app) => _app = app;

    /// <summary>How it answers; 200 and nothing unless said.</summary>
    public Func<ProviderCall, (int Status, string Body)> Answers { get; set; } = static _ => (200, "");

    /// <summary>The files that it has: media type and bytes; null for what is no file.</summary>
    public Func<ProviderCall, (string Type, byte[] Bytes)?> Files { get; set; } = static _ => null;

    /// <summary>Where it listens.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>All calls so far.</summary>
    public IReadOnlyList<ProviderCall> Calls => [.. _calls];

    public static async Task<FakeProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var provider = new FakeProvider(builder.Build());
        provider._app.Run(provider.Hear);
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>The next call that wasn't asked for yet, told before or still to come.</summary>
    public async Task<ProviderCall> Next()
    {
        (await _more.WaitAsync(GatewayProcess.Patience)).ShouldBeTrue("the provider hears nothing");
        return _calls.ElementAt(_read++);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Hear(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var call = new ProviderCall(
            http.Request.Method, http.Request.Path, http.Request.Query.ToDictionary(static v => v.Key, static v => v.Value.ToString()),
            http.Request.Headers.ToDictionary(static v => v.Key, static v => v.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        _calls.Enqueue(call);
        if (Files(call) is var (type, bytes))
        {
            http.Response.ContentType = type;
            await http.Response.Body.WriteAsync(bytes);
        }
        else
        {
            var (status, body) = Answers(call);
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            if (body.Length > 0) await http.Response.WriteAsync(body);
        }
        await http.Response.CompleteAsync();
        _more.Release();
    }
}

/// <summary>What a provider heard.</summary>
public sealed record ProviderCall(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public System.Text.Json.JsonElement Json => System.Text.Json.JsonDocument.Parse(Body).RootElement;
}
