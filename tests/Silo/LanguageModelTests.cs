using System.Collections.Concurrent;
using System.Text.Json;
using CampusCare.Domain;
using CampusCare.Domain.LanguageModels;
using CampusCare.Grains.LanguageModels;
using CampusCare.Silo.LanguageModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo.Tests;

/// <summary>A language model over a real socket: well, slow, overloaded, broken, and talking nonsense.</summary>
public sealed class LanguageModelTests : IAsyncLifetime
{
    private static readonly ModelQuestion Question = ModelPrompts.Reply([new SaidLine(Author.Customer, "外卖还没到，打13812345678")], ["小林"], "zh");

    private readonly ConcurrentQueue<(string Body, string? Bearer)> _heard = [];
    private readonly TaskCompletionSource _ends = new();
    private Func<HttpContext, Task> _answers = static _ => Task.CompletedTask;
    private WebApplication _server = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            _heard.Enqueue((await reader.ReadToEndAsync(), http.Request.Headers.Authorization));
            await _answers(http);
        });
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _ends.SetResult();
        await _server.DisposeAsync();
    }

    private ServiceProvider Model(params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["LanguageModel:Endpoint"] = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1/chat/completions",
            ["LanguageModel:Key"] = "secret",
            ["LanguageModel:Model"] = "small-chat",
        };
        foreach (var (key, value) in more) settings[$"LanguageModel:{key}"] = value;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddLanguageModel(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }

    private static Task<ModelAnswer?> Ask(ServiceProvider services) => services.GetRequiredService<ILanguageModel>().Ask(Question);

    private void Say(int status, string body) => _answers = http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(body);
    };

    private static string Completion(string words) => JsonSerializer.Serialize(new
    {
        id = "c1",
        @object = "chat.completion",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = words }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 80, completion_tokens = 20, total_tokens = 100 },
    });

    [Fact]
    public async Task It_is_asked_in_the_protocol_and_without_what_is_personal()
    {
        Say(200, Completion("马上为您查。"));
        await using var services = Model();
        (await Ask(services)).ShouldBe(new ModelAnswer("马上为您查。", 100));
        var (body, bearer) = _heard.ShouldHaveSingleItem();
        bearer.ShouldBe("Bearer secret");
        var asked = JsonDocument.Parse(body).RootElement;
        asked.GetProperty("model").GetString().ShouldBe("small-chat");
        asked.GetProperty("max_tokens").GetInt32().ShouldBeGreaterThan(0);
        asked.GetProperty("stream").GetBoolean().ShouldBeFalse();
        asked.GetProperty("messages").EnumerateArray().Select(static message => message.GetProperty("role").GetString()).ShouldBe(["system", "user"]);
        asked.GetProperty("messages")[1].GetProperty("content").GetString()!.ShouldContain("[phone]");
        body.ShouldNotContain("13812345678");
    }

    [Theory]
    [InlineData(429, "{}", 2)]
    [InlineData(500, "broken", 2)]
    [InlineData(401, "{}", 1)]
    [InlineData(200, "not json", 1)]
    [InlineData(200, "{}", 1)]
    [InlineData(200, "{\"choices\":[]}", 1)]
    [InlineData(200, "{\"choices\":[{\"message\":{\"content\":null}}]}", 1)]
    [InlineData(200, "{\"choices\":[{\"message\":{\"content\":[1]}}]}", 1)]
    [InlineData(302, "", 1)]
    public async Task What_is_no_answer_is_none_and_only_what_may_pass_is_asked_for_once_more(int status, string body, int asked)
    {
        Say(status, body);
        await using var services = Model();
        (await Ask(services)).ShouldBeNull();
        _heard.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task One_that_is_slow_gets_its_time_and_no_more()
    {
        _answers = _ => _ends.Task;
        await using var services = Model(("Timeout", "00:00:00.3"));
        (await Ask(services)).ShouldBeNull();
        _heard.Count.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task One_that_begins_and_does_not_end_or_tells_far_too_much_is_cut_off()
    {
        _answers = async http =>
        {
            await http.Response.WriteAsync("{\"choices\":");
            await http.Response.Body.FlushAsync();
            await _ends.Task;
        };
        await using var services = Model(("Timeout", "00:00:00.3"));
        (await Ask(services)).ShouldBeNull();
        Say(200, Completion(new string('x', LanguageModel.MaximumAnswerBytes)));
        (await Ask(services)).ShouldBeNull();
    }

    [Fact]
    public async Task After_too_many_failures_nobody_asks_for_a_while()
    {
        Say(500, "");
        await using var services = Model();
        for (var i = 0; i < 20; i++) (await Ask(services)).ShouldBeNull();
        _heard.Count.ShouldBeLessThan(15);
    }

    [Fact]
    public async Task Only_so_many_are_on_their_way_at_once()
    {
        var (now, most) = (0, 0);
        var refused = new TaskCompletionSource();
        _answers = async http =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await refused.Task;
            Interlocked.Decrement(ref now);
            await http.Response.WriteAsync(Completion("好"));
        };
        await using var services = Model(("AtOnce", "2"));
        var asked = Enumerable.Range(0, 6).Select(_ => Ask(services)).ToList();
        // Nobody is answered before the last was asked, or a place could be free again for it.
        (await Task.WhenAny(asked).Unwrap()).ShouldBeNull();
        refused.SetResult();
        var answers = await Task.WhenAll(asked);
        answers.Count(static answer => answer is not null).ShouldBe(4, "two at once, two wait, the rest isn't asked");
        most.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Without_an_endpoint_there_is_none_and_half_a_configuration_is_refused_at_start()
    {
        Model(("Endpoint", null)).GetRequiredService<ILanguageModel>().IsThere.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => Model(("Model", null))).Message.ShouldContain("LanguageModel:Model");
        Should.Throw<InvalidOperationException>(() => Model(("Timeout", "00:01:00"))).Message.ShouldContain("LanguageModel:Timeout");
        Should.Throw<InvalidOperationException>(() => Model(("AtOnce", "0"))).Message.ShouldContain("LanguageModel:AtOnce");
    }
}
