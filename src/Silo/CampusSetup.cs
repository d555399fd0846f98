using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CampusCare.Silo;

/// <summary>A campus as it shall be set up.</summary>
/// <param name="Settings">Names and queues.</param>
/// <param name="Agents">Who answers.</param>
public sealed record CampusPlan(CampusSettings Settings, ImmutableArray<AgentProfile> Agents);

/// <summary>Sets campuses up through their grains. What exists already stays as it is, so that it may run at every start.</summary>
public static class CampusSetup
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Sets one campus up.</summary>
    public static async Task SetUp(this IGrainFactory grains, CampusPlan plan)
    {
        var campus = grains.Campus(plan.Settings.Campus);
        if (await campus.Settings() is null && (await campus.Configure(plan.Settings)).Refusal is { } no)
            throw new InvalidDataException($"Campus '{plan.Settings.Campus}' can't be set up: {no.Field}: {no.Detail}");
        // Also who serves no queue any more, or is retired: what was administered wins over what is said here.
        var known = (await campus.Everybody()).ToHashSet();
        foreach (var agent in plan.Agents.Where(agent => !known.Contains(agent.AgentId))) await campus.Enroll(agent);
        await grains.Forecast(plan.Settings.Campus).Wake();
        await grains.Incidents(plan.Settings.Campus).Look();
    }

    /// <summary>The campuses of a JSON file.</summary>
    /// <exception cref="InvalidDataException">It isn't such a file; the message says where.</exception>
    public static IReadOnlyList<CampusPlan> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<List<CampusPlan>>(File.ReadAllBytes(path), Json) ?? throw new InvalidDataException($"{path}: there is no list of campuses");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}

/// <summary>Sets up the campuses of the file that <c>Campuses:File</c> names, once the grains can be called.</summary>
internal sealed class CampusesAtStart(IGrainFactory grains, IConfiguration configuration) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Campuses:File"] is not { Length: > 0 } path) return;
        foreach (var plan in CampusSetup.Read(path)) await grains.SetUp(plan);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
