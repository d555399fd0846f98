using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CampusCare.Contracts.Campuses;
using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;
using CampusCare.Storage;

namespace CampusCare.Grains.Journals;

/// <summary>How the staff journal's events stand in it: a name and JSON.</summary>
public static class StaffEventCodec
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = new Dictionary<string, JsonTypeInfo>
    {
        ["agent"] = StaffJson.Default.AgentSet,
        ["status"] = StaffJson.Default.StatusSet,
        ["records"] = StaffJson.Default.RecordsSet,
        ["kept"] = StaffJson.Default.KeptSet,
        ["queues"] = StaffJson.Default.QueuesSet,
        ["dataRequested"] = StaffJson.Default.DataRequested,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> ByType =
        ByName.ToFrozenDictionary(static entry => entry.Value.Type, static entry => (entry.Key, entry.Value));

    /// <summary>The event as the journal takes it; without an agent it concerns the campus.</summary>
    public static StaffEntry Encode(string campus, string? agentId, StaffEvent happened, DateTimeOffset at)
    {
        var (name, json) = ByType[happened.GetType()];
        return new StaffEntry(campus, at, agentId, name, JsonSerializer.Serialize(happened, json));
    }

    /// <summary>The event that the journal kept.</summary>
    /// <exception cref="InvalidDataException">The journal holds an event that this version doesn't know.</exception>
    public static StaffHappened Decode(StaffEntry stored) => ByName.TryGetValue(stored.Type, out var json)
        ? new StaffHappened(stored.At, stored.AgentId, (StaffEvent)JsonSerializer.Deserialize(stored.Payload, json)!)
        : throw new InvalidDataException($"The staff journal has an event '{stored.Type}', which this version doesn't know. Run the version that wrote it, or a newer one.");

    /// <summary>A campus's queues as the staff journal keeps them.</summary>
    public static QueuesSet ForJournal(this CampusSettings campus) => new(
    [
        .. campus.Queues.Select(static queue => new QueuePolicy(queue.Queue, queue.Strategy, [.. queue.Rings.Select(RingOf)], queue.StickySeconds, queue.OfferSeconds)),
    ]);

    /// <summary>A ring as the rules take it.</summary>
    public static Ring RingOf(RingSettings ring) =>
        new(TimeSpan.FromSeconds(ring.AfterSeconds), ring.LowerLevelsBy, ring.Without.OrEmpty(), ring.Queues.OrEmpty(), ring.Region);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AgentSet))]
[JsonSerializable(typeof(StatusSet))]
[JsonSerializable(typeof(RecordsSet))]
[JsonSerializable(typeof(KeptSet))]
[JsonSerializable(typeof(QueuesSet))]
[JsonSerializable(typeof(DataRequested))]
internal sealed partial class StaffJson : JsonSerializerContext;
