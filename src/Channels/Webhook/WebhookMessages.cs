using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain;

namespace CampusCare.Channels.Webhook;

/// <summary>What a campus's system posts. Which fields are used follows from the type.</summary>
/// <param name="Type"><c>message</c>, <c>link</c> or <c>receipt</c>.</param>
/// <param name="Id">message: its id, the same for the same message.</param>
/// <param name="Text">message: what was written.</param>
/// <param name="Customer">message: who wrote.</param>
/// <param name="Address">message: where replies go, as the campus's system calls it (the customer's id unless said); link: the address.</param>
/// <param name="OrderNumber">message: the order that it is about.</param>
/// <param name="Attachments">message: files that came along.</param>
/// <param name="Channel">link: the channel of the address.</param>
/// <param name="CustomerId">link: whose the address is; null: nobody's any more.</param>
/// <param name="Key">receipt: the key of a reply.</param>
/// <param name="Delivered">receipt: whether it arrived.</param>
public sealed record WebhookIn(
    string? Type, string? Id = null, string? Text = null, WebhookCustomer? Customer = null, string? Address = null, string? OrderNumber = null,
    ImmutableArray<WebhookAttachment>? Attachments = null, Channel? Channel = null, string? CustomerId = null, string? Key = null, bool? Delivered = null);

/// <summary>Who wrote, as the campus's system vouches.</summary>
public sealed record WebhookCustomer(string? Id, string? Name = null, CustomerRole Kind = CustomerRole.Student, string? Phone = null, CustomerTier Tier = CustomerTier.Standard);

/// <summary>A file that came along.</summary>
public sealed record WebhookAttachment(string? Name, string? ContentType, string? Url);

/// <summary>A reply, as it is posted to the campus's system.</summary>
public sealed record WebhookOut(string Type, string Key, string Campus, string TicketId, string Address, string Text, string Subject);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WebhookIn))]
[JsonSerializable(typeof(WebhookOut))]
internal sealed partial class WebhookJson : JsonSerializerContext;
