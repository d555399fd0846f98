using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Tickets;
using CampusCare.Contracts.Webhooks;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Webhooks;

/// <summary>What a subscriber is told of an event.</summary>
/// <param name="Id">The same at every attempt.</param>
/// <param name="Type">A name of <see cref="WebhookEvents"/>.</param>
/// <param name="Campus">The tenant.</param>
/// <param name="At">When it happened.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="Seq">The event's seq in its ticket; those between two told ones were of other types.</param>
/// <param name="Ticket">The ticket as it stands now.</param>
/// <param name="Event">What happened.</param>
public sealed record WebhookBody(string Id, string Type, string Campus, DateTimeOffset At, string? TicketId, long? Seq, WebhookTicket? Ticket, WebhookEvent? Event)
{
    /// <summary>The incident, when it is about one; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WebhookIncident? Incident { get; init; }
}

/// <summary>An incident, for subscribers.</summary>
public sealed record WebhookIncident(
    string IncidentId, string Category, string TitleZh, string TitleEn, string AdviceZh, string AdviceEn, DateTimeOffset Since, DateTimeOffset? ExpectedEnd, DateTimeOffset? EndedAt, long Version);

/// <summary>A ticket, for subscribers.</summary>
public sealed record WebhookTicket(string Queue, string State, string CustomerId, string? AgentId, string Channel, string? OrderNumber, string Category, string Urgency, DateTimeOffset OpenedAt, int? Stars);

/// <summary>An event, for subscribers.</summary>
public sealed record WebhookEvent(string? Author, string? AuthorId, string? Text, string? MessageId, string? Detail, DateTimeOffset? DueAt);

/// <summary>Makes bodies.</summary>
internal static class WebhookBodies
{
    public static string Key(string ticketId, long seq) => $"{ticketId}-{seq}";

    public static byte[] Test(string campus, DateTimeOffset at) =>
        Json(new WebhookBody($"test-{at.ToUnixTimeMilliseconds()}", WebhookEvents.Test, campus, at, null, null, null, null));

    public static string TypeOf(Incident incident) =>
        incident.EndedAt is not null ? WebhookEvents.IncidentEnded : incident.Version == 1 ? WebhookEvents.IncidentDeclared : WebhookEvents.IncidentChanged;

    public static byte[] Of(string campus, Incident incident) =>
        Json(new WebhookBody(Key(incident.IncidentId, incident.Version), TypeOf(incident), campus, incident.UpdatedAt, null, null, null, null)
        {
            Incident = new WebhookIncident(
                incident.IncidentId, TicketViews.Name(incident.Category), incident.Text.TitleZh, incident.Text.TitleEn, incident.Text.AdviceZh, incident.Text.AdviceEn,
                incident.Since, incident.ExpectedEnd, incident.EndedAt, incident.Version),
        });

    public static byte[] Of(JournalEvent stored, TicketRow row)
    {
        var view = TicketEventCodec.Decode(stored).View(stored.Seq, stored.At);
        return Json(new WebhookBody(
            Key(stored.TicketId, stored.Seq), WebhookEvents.NameOf(view.Type) ?? view.Type, stored.Campus, stored.At, stored.TicketId, stored.Seq,
            new WebhookTicket(row.Queue, row.State, row.CustomerId, row.AgentId, row.Channel, row.OrderNumber, row.Category, row.Urgency, row.OpenedAt, row.Rating),
            new WebhookEvent(
                view.Author?.ToString().ToLowerInvariant(), view.AuthorId, view.Type == TicketEventTypes.Resolved ? null : view.Text, view.MessageId, view.Detail, view.DueAt)));
    }

    private static byte[] Json(WebhookBody body) => JsonSerializer.SerializeToUtf8Bytes(body, WebhookBodyJson.Default.WebhookBody);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookBodyJson : JsonSerializerContext;
