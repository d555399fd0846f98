using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Tickets;

/// <summary>How a ticket's events stand in the journal: a name, JSON, and the personal part in a JSON of its own.</summary>
public static class TicketEventCodec
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = new Dictionary<string, JsonTypeInfo>
    {
        [TicketEventTypes.Opened] = TicketJson.Default.Opened,
        [TicketEventTypes.Queued] = TicketJson.Default.Queued,
        [TicketEventTypes.Offered] = TicketJson.Default.Offered,
        ["offerEnded"] = TicketJson.Default.OfferEnded,
        [TicketEventTypes.Accepted] = TicketJson.Default.Accepted,
        [TicketEventTypes.Message] = TicketJson.Default.MessagePosted,
        [TicketEventTypes.Resolved] = TicketJson.Default.Resolved,
        [TicketEventTypes.WrappedUp] = TicketJson.Default.WrappedUp,
        [TicketEventTypes.Reopened] = TicketJson.Default.Reopened,
        [TicketEventTypes.Rated] = TicketJson.Default.Rated,
        [TicketEventTypes.Closed] = TicketJson.Default.Closed,
        [TicketEventTypes.Note] = TicketJson.Default.Noted,
        [TicketEventTypes.Listened] = TicketJson.Default.Listened,
        [TicketEventTypes.Whispered] = TicketJson.Default.Whispered,
        [TicketEventTypes.SupervisorJoined] = TicketJson.Default.SupervisorJoined,
        [TicketEventTypes.SupervisorLeft] = TicketJson.Default.SupervisorLeft,
        [TicketEventTypes.TakenOver] = TicketJson.Default.TakenOver,
        [TicketEventTypes.Call] = TicketJson.Default.CallMoved,
        [TicketEventTypes.Transferred] = TicketJson.Default.Transferred,
        [TicketEventTypes.Returned] = TicketJson.Default.Returned,
        [TicketEventTypes.ConsultAsked] = TicketJson.Default.ConsultAsked,
        [TicketEventTypes.ConsultAnswered] = TicketJson.Default.ConsultAnswered,
        [TicketEventTypes.PlaceKept] = TicketJson.Default.PlaceKept,
        [TicketEventTypes.Promised] = TicketJson.Default.Promised,
        [TicketEventTypes.PhoneShown] = TicketJson.Default.PhoneShown,
        [TicketEventTypes.ClockMissed] = TicketJson.Default.ClockMissed,
        [TicketEventTypes.Escalated] = TicketJson.Default.Escalated,
        [TicketEventTypes.ReplySent] = TicketJson.Default.ReplySent,
        [TicketEventTypes.ReplyDelayed] = TicketJson.Default.ReplyDelayed,
        [TicketEventTypes.ReplyFailed] = TicketJson.Default.ReplyFailed,
        [TicketEventTypes.ProductTold] = TicketJson.Default.ProductTold,
        [TicketEventTypes.ProductDelayed] = TicketJson.Default.ProductDelayed,
        [TicketEventTypes.Evidence] = TicketJson.Default.EvidenceAdded,
        [TicketEventTypes.OrderSeen] = TicketJson.Default.OrderSeen,
        [TicketEventTypes.RemedyProposed] = TicketJson.Default.RemedyProposed,
        [TicketEventTypes.DoubtsCleared] = TicketJson.Default.DoubtsCleared,
        [TicketEventTypes.RemedyDecided] = TicketJson.Default.RemedyDecided,
        [TicketEventTypes.RemedyApproved] = TicketJson.Default.RemedyApproved,
        [TicketEventTypes.RemedyDelayed] = TicketJson.Default.RemedyDelayed,
        [TicketEventTypes.RemedyPaid] = TicketJson.Default.RemedyPaid,
        [TicketEventTypes.RemedyFailed] = TicketJson.Default.RemedyFailed,
        [TicketEventTypes.RemedyTakenBack] = TicketJson.Default.RemedyTakenBack,
        [TicketEventTypes.Answered] = TicketJson.Default.Answered,
        [TicketEventTypes.Misunderstood] = TicketJson.Default.Misunderstood,
        [TicketEventTypes.AnswerJudged] = TicketJson.Default.AnswerJudged,
        [TicketEventTypes.HandedOver] = TicketJson.Default.HandedOver,
        [TicketEventTypes.Summarized] = TicketJson.Default.Summarized,
        [TicketEventTypes.Recategorized] = TicketJson.Default.Recategorized,
        [TicketEventTypes.Erased] = TicketJson.Default.PersonalErased,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> ByType =
        ByName.ToFrozenDictionary(static entry => entry.Value.Type, static entry => (entry.Key, entry.Value));

    /// <summary>The event as the journal takes it.</summary>
    public static NewEvent Encode(TicketEvent happened, DateTimeOffset at)
    {
        var (name, json) = ByType[happened.GetType()];
        var personal = happened.Personal is null ? null : JsonSerializer.Serialize(happened.Personal, TicketJson.Default.PersonalData);
        return new NewEvent(name, at, JsonSerializer.Serialize(happened, json), personal);
    }

    /// <summary>The event that the journal kept.</summary>
    /// <exception cref="InvalidDataException">The journal holds an event that this version doesn't know.</exception>
    public static TicketEvent Decode(JournalEvent stored)
    {
        if (!ByName.TryGetValue(stored.Type, out var json))
            throw new InvalidDataException($"Ticket {stored.TicketId} has an event '{stored.Type}' at {stored.Seq}, which this version doesn't know. Run the version that wrote it, or a newer one.");
        var happened = (TicketEvent)JsonSerializer.Deserialize(stored.Payload, json)!;
        return stored.Personal is null
            ? happened
            : happened with { Personal = JsonSerializer.Deserialize(stored.Personal, TicketJson.Default.PersonalData) };
    }

    /// <summary>What supervisors should see, as the read model keeps it; null for nothing.</summary>
    public static string? Encode(ImmutableArray<Alert> alerts) => alerts.IsEmpty ? null : JsonSerializer.Serialize(alerts, TicketJson.Default.ImmutableArrayAlert);

    /// <summary>What supervisors should see, as the read model kept it.</summary>
    public static ImmutableArray<Alert> DecodeAlerts(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, TicketJson.Default.ImmutableArrayAlert);

    /// <summary>Whom a ticket needs, as the read model keeps it: all that its queue must know to take it in again.</summary>
    public static string Encode(Needs needs) => JsonSerializer.Serialize(needs, TicketJson.Default.Needs);

    /// <summary>Whom a ticket needs, as the read model kept it.</summary>
    public static Needs DecodeNeeds(string json) => JsonSerializer.Deserialize(json, TicketJson.Default.Needs)!;
}

/// <summary>Whom a waiting ticket needs.</summary>
public sealed record Needs(ImmutableArray<SkillLevel> Hard, ImmutableArray<SkillLevel> Soft, ImmutableArray<string> NotAgents, string? LastAgent, int PatienceSeconds, long Seq);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Opened))]
[JsonSerializable(typeof(Queued))]
[JsonSerializable(typeof(Offered))]
[JsonSerializable(typeof(OfferEnded))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(MessagePosted))]
[JsonSerializable(typeof(Resolved))]
[JsonSerializable(typeof(WrappedUp))]
[JsonSerializable(typeof(Reopened))]
[JsonSerializable(typeof(Rated))]
[JsonSerializable(typeof(Closed))]
[JsonSerializable(typeof(Noted))]
[JsonSerializable(typeof(Listened))]
[JsonSerializable(typeof(Whispered))]
[JsonSerializable(typeof(SupervisorJoined))]
[JsonSerializable(typeof(SupervisorLeft))]
[JsonSerializable(typeof(TakenOver))]
[JsonSerializable(typeof(CallMoved))]
[JsonSerializable(typeof(Transferred))]
[JsonSerializable(typeof(Returned))]
[JsonSerializable(typeof(ConsultAsked))]
[JsonSerializable(typeof(ConsultAnswered))]
[JsonSerializable(typeof(PlaceKept))]
[JsonSerializable(typeof(Promised))]
[JsonSerializable(typeof(PhoneShown))]
[JsonSerializable(typeof(ClockMissed))]
[JsonSerializable(typeof(Escalated))]
[JsonSerializable(typeof(ReplySent))]
[JsonSerializable(typeof(ReplyDelayed))]
[JsonSerializable(typeof(ReplyFailed))]
[JsonSerializable(typeof(ProductTold))]
[JsonSerializable(typeof(ProductDelayed))]
[JsonSerializable(typeof(EvidenceAdded))]
[JsonSerializable(typeof(OrderSeen))]
[JsonSerializable(typeof(RemedyProposed))]
[JsonSerializable(typeof(DoubtsCleared))]
[JsonSerializable(typeof(RemedyDecided))]
[JsonSerializable(typeof(RemedyApproved))]
[JsonSerializable(typeof(RemedyDelayed))]
[JsonSerializable(typeof(RemedyPaid))]
[JsonSerializable(typeof(RemedyFailed))]
[JsonSerializable(typeof(RemedyTakenBack))]
[JsonSerializable(typeof(Answered))]
[JsonSerializable(typeof(Misunderstood))]
[JsonSerializable(typeof(AnswerJudged))]
[JsonSerializable(typeof(HandedOver))]
[JsonSerializable(typeof(Summarized))]
[JsonSerializable(typeof(Recategorized))]
[JsonSerializable(typeof(PersonalErased))]
[JsonSerializable(typeof(PersonalData))]
[JsonSerializable(typeof(Needs))]
[JsonSerializable(typeof(ImmutableArray<Alert>))]
internal sealed partial class TicketJson : JsonSerializerContext;
