using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CampusCare.Channels.Webhook;

/// <summary>A campus's own system, in and out: signed JSON.</summary>
public sealed class WebhookChannel(string campus, ImmutableArray<byte[]> secrets, Uri? endpoint, ProviderHttp http, TimeProvider time) : IInboundChannel, IOutboundChannel
{
    /// <summary>Files of one message that are looked at.</summary>
    public const int MaximumAttachments = 9;

    private const int SecretBytes = 16;

    internal static WebhookChannel Create(string campus, WebhookOptions options, SettingsReader settings, ProviderHttp http, TimeProvider time) => new(
        campus, settings.Secrets(options.Secrets, "Secrets", SecretBytes, "bodies are signed with it"), settings.Address(options.Endpoint, "Endpoint"), http, time);

    public TimeSpan AnswerWithin { get; } = TimeSpan.FromSeconds(10);

    public Inbound Receive(ChannelRequest request, DateTimeOffset now)
    {
        if (WebhookSignature.Fault(secrets, request.Header(WebhookSignature.TimestampHeader), request.Header(WebhookSignature.SignatureHeader), request.Body.Span, now) is { } fault)
            return Inbound.Refuse(fault, fault == InboundFault.Stale
                ? $"{WebhookSignature.TimestampHeader} is further than {WebhookSignature.Window.TotalMinutes} minutes from this server's clock."
                : $"{WebhookSignature.SignatureHeader} fits none of the campus's secrets.");
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, WebhookJson.Default.WebhookIn) is { } message ? Read(message) : Malformed("The body is null.");
        }
        catch (JsonException error)
        {
            return Malformed($"The body is not the JSON of the webhook: {error.Path}.");
        }
    }

    public Task<Delivery> Send(OutboundReply reply)
    {
        if (endpoint is null) return Task.FromResult(Delivery.Never(Domain.Tickets.ReplyFault.NotConfigured));
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookOut("reply", reply.Key, campus, reply.TicketId, reply.Address, reply.Text, reply.Subject), WebhookJson.Default.WebhookOut);
        return http.Send(Signed(endpoint, secrets, reply.Key, body, time.GetUtcNow()), static (answer, _) => ProviderHttp.Of(answer));
    }

    /// <summary>A signed request, with its idempotency key.</summary>
    public static HttpRequestMessage Signed(Uri endpoint, ImmutableArray<byte[]> secrets, string key, byte[] body, DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(secrets, at, body));
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private static Inbound Read(WebhookIn message) => message switch
    {
        { Type: "message", Id: { Length: > 0 } id, Text: { Length: > 0 } text, Customer: { Id: { Length: > 0 } customer } who } =>
            new Inbound { Contacts = [Contact(message, id, text, customer, who)] },
        { Type: "link", Channel: { } channel, Address: { Length: > 0 } address } =>
            new Inbound { Links = [new AddressLink(channel, Addresses.Normal(channel, address), message.CustomerId)] },
        { Type: "receipt", Key: { Length: > 0 } key, Delivered: { } delivered } => new Inbound { Returned = delivered ? [] : [key] },
        { Type: "message" } => Malformed("A message needs `id`, `text` and `customer.id`."),
        { Type: "link" } => Malformed("A link needs `channel` and `address`."),
        { Type: "receipt" } => Malformed("A receipt needs `key` and `delivered`."),
        _ => Malformed("`type` must be message, link or receipt."),
    };

    private static InboundContact Contact(WebhookIn message, string id, string text, string customer, WebhookCustomer who) =>
        new(id, string.IsNullOrEmpty(message.Address) ? customer : message.Address, text)
        {
            CustomerId = customer,
            Name = who.Name,
            Kind = who.Kind,
            Tier = who.Tier,
            Phone = who.Phone,
            OrderNumber = message.OrderNumber,
            GoesOn = true,
            Attachments = [.. (message.Attachments ?? []).Where(static file => file.Url is not null).Take(MaximumAttachments)
                .Select(static file => new InboundAttachment(file.Name ?? "", file.ContentType ?? "", file.Url!))],
        };

    private static Inbound Malformed(string detail) => Inbound.Refuse(InboundFault.Malformed, detail);
}
