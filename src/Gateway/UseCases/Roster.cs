using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Queues;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What somebody says of an agent.</summary>
/// <param name="Name">Shown to customers.</param>
/// <param name="Queues">The queues that the agent serves.</param>
/// <param name="Skills">Levels 1–5.</param>
/// <param name="Capacity">How many chats at once, 0–20.</param>
/// <param name="Calls">How many calls at once, 0–1.</param>
/// <param name="Forms">How many forms at once, 0–50.</param>
/// <param name="Pods">The teams that the agent belongs to.</param>
public sealed record AgentRequest(string? Name, string[]? Queues = null, SkillNeed[]? Skills = null, int Capacity = 3, int Calls = 1, int Forms = 10, string[]? Pods = null);

/// <summary>Who answers, and how that is changed.</summary>
internal sealed class Roster(Cluster cluster, AuditTrail trail)
{
    private const string Added = "added", BroughtBack = "broughtBack";

    private static readonly Problem Unknown = ProblemOf.NotFound("There is no such agent.");

    /// <summary>All who ever were enrolled, by id, after one of them.</summary>
    public Task<Reply<AgentProfile[]>> List(string campus, string? after, int limit) => cluster.Read(
        ProfilesOf(campus, after, limit), static agents => (Reply<AgentProfile[]>)agents);

    /// <summary>One of them.</summary>
    public async Task<Reply<AgentProfile>> Get(string campus, string agent) =>
        IsAgent(agent) ? await cluster.Read(cluster.Grains.Agent(campus, agent).Who(), static known => known ?? (Reply<AgentProfile>)Unknown) : Unknown;

    /// <summary>Adds an agent, changes one while at work, or brings one back.</summary>
    public async Task<Reply<AgentProfile>> Change(Caller caller, string agent, AgentRequest request, long? version)
    {
        if (!IsAgent(agent)) return ProblemOf.Invalid("agentId", $"An agent's id has 1 to {Check.IdLength} visible ASCII characters, no slash, and doesn't begin with `{TicketRules.AskerId("")}`.");
        var profile = new AgentProfile(agent, request.Name ?? "", Listed(request.Queues), Listed(request.Skills), request.Capacity, request.Calls, request.Forms) { Pods = Listed(request.Pods) };
        var before = await cluster.Read(cluster.Grains.Agent(caller.Campus, agent).Who(), static known => (Reply<Known>)new Known(known));
        if (before.Value is not { } known) return before.Problem!;
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).ChangeAgent(profile, version));
        return await trail.Keep(caller, AuditActions.AgentChanged, agent, Differences(known.Agent, profile), reply);
    }

    /// <summary>The agent answers no longer.</summary>
    public async Task<Reply<AgentProfile>> Retire(Caller caller, string agent, long? version)
    {
        if (!IsAgent(agent)) return Unknown;
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).RetireAgent(agent, version));
        return await trail.Keep(caller, AuditActions.AgentRetired, agent, "", reply);
    }

    private async Task<AgentProfile[]> ProfilesOf(string campus, string? after, int limit)
    {
        var agents = (await cluster.Grains.Campus(campus).Everybody()).Where(agent => string.CompareOrdinal(agent, after) > 0).Order(StringComparer.Ordinal).Take(limit);
        return [.. (await Task.WhenAll(agents.Select(agent => cluster.Grains.Agent(campus, agent).Who()))).OfType<AgentProfile>()];
    }

    // The names of the fields alone: the log keeps nothing personal.
    private static string Differences(AgentProfile? before, AgentProfile after)
    {
        if (before is null) return Added;
        (string Field, bool Same)[] fields =
        [
            (BroughtBack, !before.Retired),
            ("name", before.Name == after.Name),
            ("queues", before.Queues.SequenceEqual(after.Queues)),
            ("skills", before.Skills.SequenceEqual(after.Skills)),
            ("pods", before.Pods.SequenceEqual(after.Pods)),
            ("capacity", before.Capacity == after.Capacity),
            ("calls", before.Calls == after.Calls),
            ("forms", before.Forms == after.Forms),
        ];
        return string.Join(' ', fields.Where(static field => !field.Same).Select(static field => field.Field));
    }

    private static ImmutableArray<T> Listed<T>(T[]? items) => items is null ? [] : [.. items];

    // Others could never sign in.
    private static bool IsAgent(string id) => Check.IsId(id) && !Caller.IsReserved(id);

    private sealed record Known(AgentProfile? Agent);
}
