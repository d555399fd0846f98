using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Grains.Agents;
using CampusCare.Grains.ApiKeys;
using CampusCare.Grains.Campuses;
using CampusCare.Grains.Channels;
using CampusCare.Grains.Forecasts;
using CampusCare.Grains.Incidents;
using CampusCare.Grains.Knowledge;
using CampusCare.Grains.LanguageModels;
using CampusCare.Grains.Regions;
using CampusCare.Grains.Remedies;
using CampusCare.Grains.Retention;
using CampusCare.Grains.Reviews;
using CampusCare.Grains.Webhooks;

namespace CampusCare.Grains;

/// <summary>How the states of grains are stored: one JSON for both engines and both databases.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AddressBookState))]
[JsonSerializable(typeof(AddressState))]
[JsonSerializable(typeof(AgentState))]
[JsonSerializable(typeof(ApiKeysState))]
[JsonSerializable(typeof(CampusState))]
[JsonSerializable(typeof(DoubtDeskState))]
[JsonSerializable(typeof(ForecastState))]
[JsonSerializable(typeof(IncidentsState))]
[JsonSerializable(typeof(KnowledgeState))]
[JsonSerializable(typeof(KnowledgeUseState))]
[JsonSerializable(typeof(LanguageBudgetState))]
[JsonSerializable(typeof(RegionState))]
[JsonSerializable(typeof(RemedyAccountState))]
[JsonSerializable(typeof(RemedyBudgetState))]
[JsonSerializable(typeof(RemedyNormState))]
[JsonSerializable(typeof(RetentionState))]
[JsonSerializable(typeof(ReviewDayState))]
[JsonSerializable(typeof(TraceState))]
[JsonSerializable(typeof(WebhookState))]
public sealed partial class StateJson : JsonSerializerContext
{
    /// <summary>For those who serialize by type parameter.</summary>
    public static JsonSerializerOptions StoreOptions { get; } = new() { TypeInfoResolver = Default };
}
