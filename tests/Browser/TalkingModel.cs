using System.Text.Json;
using CampusCare.ClientKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CampusCare.Browser.Tests;

/// <summary>A language model that speaks the chat-completions protocol and always says the same.</summary>
public sealed class TalkingModel : IAsyncDisposable
{
    /// <summary>What it says. Neither a page nor the host takes it for more than words.</summary>
    public const string Words = "<img src=x onerror=alert(1)> 我这就联系骑手。";

    private readonly WebApplication _app;

    private TalkingModel(WebApplication app) => _app = app;

    /// <summary>Starts it; a host that is started next asks it.</summary>
    public static async Task<TalkingModel> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var url = $"http://127.0.0.1:{Ports.Free()}";
        builder.WebHost.UseSetting("urls", url);
        var model = new TalkingModel(builder.Build());
        model._app.Run(static http => http.Response.WriteAsync(JsonSerializer.Serialize(new { choices = new[] { new { message = new { role = "assistant", content = Words } } }, usage = new { total_tokens = 10 } })));
        await model._app.StartAsync();
        Environment.SetEnvironmentVariable("LanguageModel__Endpoint", $"{url}/v1/chat/completions");
        Environment.SetEnvironmentVariable("LanguageModel__Model", "always-the-same");
        return model;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
