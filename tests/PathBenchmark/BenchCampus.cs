using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Domain.Triage;
using CampusCare.Silo;

namespace CampusCare.PathBenchmark;

/// <summary>The campuses of a run: offers are accepted in the agents' names at once, so that no person is waited for.</summary>
internal static class BenchCampus
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>A campus with agents who serve all three queues.</summary>
    public static CampusPlan Plan(string campus, int agents, int chatsEach) => new(
        new CampusSettings(campus, campus, campus, campus,
        [
            new QueueSettings("delivery", "配送", "Delivery", [Category.LateDelivery, Category.RiderConduct]) { AutoAccept = true },
            new QueueSettings("safety", "食品安全", "Food safety", [Category.FoodSafety], MinimumLevel: 4) { AutoAccept = true },
            new QueueSettings("general", "综合", "General", [Category.Other]) { AutoAccept = true },
        ]),
        [.. Enumerable.Range(0, agents).Select(i => Agent(AgentId(i), chatsEach))]);

    public static string AgentId(int i) => $"agent-{i:000}";

    /// <summary>A file for <c>Campuses:File</c>.</summary>
    public static async Task Write(string path, params CampusPlan[] plans) =>
        await File.WriteAllBytesAsync(path, JsonSerializer.SerializeToUtf8Bytes(plans, Json));

    private static AgentProfile Agent(string id, int chats)
    {
        ImmutableArray<string> queues = ["delivery", "safety", "general"];
        return new AgentProfile(id, id, queues, [.. queues.Select(queue => new SkillNeed(queue, 5))], chats);
    }
}
