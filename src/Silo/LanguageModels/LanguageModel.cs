using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.LanguageModels;
using CampusCare.Grains.LanguageModels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo.LanguageModels;

/// <summary>
/// A model behind the chat-completions protocol, called as <see cref="OutsideHttp"/> says, with one more attempt. Nothing of a
/// question or an answer is logged.
/// </summary>
internal sealed partial class LanguageModel : ILanguageModel, IDisposable
{
    /// <summary>How often a question is repeated.</summary>
    public const int Retries = 1;

    /// <summary>The largest answer that is read: anything larger is no answer to our questions.</summary>
    public const int MaximumAnswerBytes = 64 * 1024;

    private readonly LanguageModelOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger<LanguageModel> _log;

    public LanguageModel(LanguageModelOptions options, HttpMessageHandler sockets, TimeProvider time, ILogger<LanguageModel> log)
    {
        (_options, _time, _log) = (options, time, log);
        _http = OutsideHttp.Client(sockets, options.Key, options.Timeout / (1 + Retries), options.Timeout, time, Retries, options.AtOnce);
        _http.MaxResponseContentBufferSize = MaximumAnswerBytes;
    }

    public bool IsThere => true;

    public int CallsPerDay => _options.CallsPerDay;

    public long TokensPerDay => _options.TokensPerDay;

    public async Task<ModelAnswer?> Ask(ModelQuestion question)
    {
        var answer = await Answer(question);
        if (answer is null) LanguageMeter.Failed(question.Use);
        else LanguageMeter.Answered(question.Use, answer.Tokens);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private async Task<ModelAnswer?> Answer(ModelQuestion question)
    {
        var asked = new CompletionRequest(_options.Model!, [new ChatMessage("system", question.System), new ChatMessage("user", question.User)], question.MaximumTokens, Temperature: 0.2, Stream: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(asked, CompletionJson.Default.CompletionRequest)) };
        request.Content.Headers.ContentType = new("application/json");
        // The time of an answer includes its body, whose bytes may come one by one.
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience.Token);
            if (!response.IsSuccessStatusCode)
            {
                Refused((int)response.StatusCode, question.Use);
                return null;
            }
            var told = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(patience.Token), CompletionJson.Default.CompletionResponse);
            if (told?.Choices is [{ Message.Content: { Length: > 0 } words }, ..]) return new ModelAnswer(words, Math.Max(0, told.Usage?.TotalTokens ?? 0));
            Unreadable("no choice", question.Use);
        }
        catch (JsonException)
        {
            Unreadable("no such JSON", question.Use);
        }
        catch (Exception error) when (OutsideHttp.IsNoAnswer(error) || error is OperationCanceledException)
        {
            Unreachable(error.GetType().Name, question.Use);
        }
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language model answered {Status} when asked for a {Use}.")]
    private partial void Refused(int status, ModelUse use);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language model's answer ({Fault}) to the question for a {Use} can't be read.")]
    private partial void Unreadable(string fault, ModelUse use);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language model gave no answer ({Error}) when asked for a {Use}.")]
    private partial void Unreachable(string error, ModelUse use);
}

/// <summary>A question as the protocol has it; see docs/language-model.md.</summary>
internal sealed record CompletionRequest(string Model, ChatMessage[] Messages, int MaxTokens, double Temperature, bool Stream);

/// <summary>Something said to the model.</summary>
internal sealed record ChatMessage(string Role, string? Content);

/// <summary>An answer as the protocol has it, as far as it is read.</summary>
internal sealed record CompletionResponse(CompletionChoice[]? Choices, CompletionUsage? Usage);

/// <summary>One of the answers.</summary>
internal sealed record CompletionChoice(ChatMessage? Message);

/// <summary>What it took.</summary>
internal sealed record CompletionUsage(int TotalTokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(CompletionResponse))]
internal sealed partial class CompletionJson : JsonSerializerContext;

/// <summary>Registration.</summary>
internal static class LanguageModelServices
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    public static void AddLanguageModel(this IServiceCollection services, IConfiguration configuration)
    {
        LanguageMeter.Begin();
        var options = configuration.GetSection(LanguageModelOptions.Section).Get<LanguageModelOptions>() ?? new LanguageModelOptions();
        if (options.Endpoint is null)
        {
            services.TryAddSingleton<ILanguageModel, NoLanguageModel>();
            return;
        }
        if (options.Model is not { Length: > 0 }) throw new InvalidOperationException("LanguageModel:Endpoint is set, so LanguageModel:Model is needed too: which of the models there is meant.");
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > Longest) throw new InvalidOperationException($"LanguageModel:Timeout must be more than 0 and at most {Longest.TotalSeconds:0} s: an agent waits for it.");
        if (options.AtOnce is < 1 or > OutsideHttp.MaximumAtOnce) throw new InvalidOperationException($"LanguageModel:AtOnce must be from 1 to {OutsideHttp.MaximumAtOnce}.");
        services.TryAddSingleton<ILanguageModel>(provider => new LanguageModel(
            options, OutsideHttp.Sockets(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LanguageModel>>()));
    }
}
