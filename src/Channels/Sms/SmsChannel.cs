using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CampusCare.Channels.Webhook;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using Microsoft.AspNetCore.WebUtilities;

namespace CampusCare.Channels.Sms;

/// <summary>Text messages through any provider with an HTTP interface: what it wants to hear, and what it calls things, stands in the settings.</summary>
public sealed class SmsChannel : IInboundChannel, IOutboundChannel
{
    private const int SecretBytes = 16;
    private const string Json = "application/json", Form = "application/x-www-form-urlencoded";

    private readonly SmsOptions _options;
    private readonly ImmutableArray<byte[]> _secrets;
    private readonly string? _authorization;
    private readonly ProviderHttp _http;
    private readonly TimeProvider _time;

    private SmsChannel(SmsOptions options, ImmutableArray<byte[]> secrets, string? authorization, ProviderHttp http, TimeProvider time) =>
        (_options, _secrets, _authorization, _http, _time) = (options, secrets, authorization, http, time);

    public TimeSpan AnswerWithin { get; } = TimeSpan.FromSeconds(5);

    internal static SmsChannel Create(SmsOptions options, SettingsReader settings, ProviderHttp http, TimeProvider time)
    {
        settings.Needed(settings.Address(options.Endpoint, "Endpoint")?.ToString(), "Endpoint", "where messages are posted");
        var template = settings.Needed(options.Template, "Template", "the body, with {to}, {text} and {key}");
        if (template.Length > 0 && !(template.Contains("{to}", StringComparison.Ordinal) && template.Contains("{text}", StringComparison.Ordinal))) settings.Refuse("Template", "needs {to} and {text}");
        if (options.ContentType is not (Json or Form)) settings.Refuse("ContentType", $"must be {Json} or {Form}");
        var authorization = options.Authorization is null ? null : settings.Secret(options.Authorization, "Authorization", "the header of that name");
        return new SmsChannel(options, settings.Secrets(options.Secrets, "Secrets", SecretBytes, "what comes in is signed with it"), authorization, http, time);
    }

    public Inbound Receive(ChannelRequest request, DateTimeOffset now)
    {
        if (WebhookSignature.Fault(_secrets, request.Header(WebhookSignature.TimestampHeader), request.Header(WebhookSignature.SignatureHeader), request.Body.Span, now) is { } fault)
            return Inbound.Refuse(fault, $"{WebhookSignature.SignatureHeader} or {WebhookSignature.TimestampHeader} doesn't fit.");
        var values = Values(request);
        string Value(string name) => values.GetValueOrDefault(name, "");
        if (Value(_options.KeyField) is { Length: > 0 } key)
            return new Inbound { Returned = _options.Failed.Contains(Value(_options.StatusField)) ? [key] : [] };
        var (from, text, id) = (Addresses.Normal(Channel.Sms, Value(_options.FromField)), Value(_options.TextField), Value(_options.IdField));
        return from.Length == 0 || text.Length == 0 || id.Length == 0
            ? Inbound.Refuse(InboundFault.Malformed, $"`{_options.FromField}`, `{_options.TextField}` and `{_options.IdField}`, or `{_options.KeyField}`, are needed.")
            : new Inbound { Contacts = [new InboundContact(id, from, text) { GoesOn = true, Phone = from }] };
    }

    public Task<Delivery> Send(OutboundReply reply)
    {
        if (reply.Text.Length > _options.MaximumCharacters) return Task.FromResult(Delivery.Never(ReplyFault.TooLong));
        var body = Encoding.UTF8.GetBytes(_options.Template!
            .Replace("{to}", Escape(reply.Address), StringComparison.Ordinal)
            .Replace("{key}", Escape(reply.Key), StringComparison.Ordinal)
            .Replace("{text}", Escape(reply.Text), StringComparison.Ordinal));
        var request = WebhookChannel.Signed(_options.Endpoint!, _secrets, reply.Key, body, _time.GetUtcNow());
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(_options.ContentType) { CharSet = "utf-8" };
        if (_authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        return _http.Send(request, (answer, text) => answer.IsSuccessStatusCode && _options.Accepted is { } sign && !text.Contains(sign, StringComparison.Ordinal)
            ? Delivery.Later(ReplyFault.ProviderFailed)
            : ProviderHttp.Of(answer));
    }

    private string Escape(string value) => _options.ContentType == Json ? JsonEncodedText.Encode(value).ToString() : Uri.EscapeDataString(value);

    private static Dictionary<string, string> Values(ChannelRequest request)
    {
        if (!request.Header("Content-Type").StartsWith(Json, StringComparison.OrdinalIgnoreCase))
            return QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body.Span)).ToDictionary(static value => value.Key, static value => value.Value.ToString());
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json.RootElement.EnumerateObject().GroupBy(static value => value.Name).ToDictionary(static value => value.Key, static value => value.Last().Value.ToString())
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
