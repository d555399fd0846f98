using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Domain;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Campuses;

/// <summary>Who answers. The agent's grain is the authority on its profile; the roster knows whom to ask.</summary>
public sealed partial class CampusGrain
{
    /// <summary>Most agents of a campus, with those who are retired.</summary>
    public const int MaximumAgents = 10_000;

    public Task<ImmutableArray<string>> AgentsOf(string queue) =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Roster.Where(entry => entry.Queues.Contains(queue)).Select(static entry => entry.AgentId)]);

    public Task<ImmutableArray<string>> Agents() =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Roster.Where(static entry => !entry.Retired).Select(static entry => entry.AgentId)]);

    public Task<ImmutableArray<string>> Everybody() =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Roster.Select(static entry => entry.AgentId)]);

    // The agent first: who is on the roster was really told, also when this ends halfway.
    public async Task Enroll(AgentProfile agent)
    {
        await GrainFactory.Agent(Id, agent.AgentId).Configure(agent);
        await Keep(agent);
    }

    public async Task<Outcome<AgentProfile>> ChangeAgent(AgentProfile agent, long? version)
    {
        if (state.State.Settings is not { } settings) return new Refusal(RefusalCode.NotFound, $"There is no campus '{Id}'.", "campus");
        if (AgentCheck.Fault(settings, agent) is { } fault) return fault;
        if (state.State.Roster.Length >= MaximumAgents && !state.State.Roster.Any(entry => entry.AgentId == agent.AgentId))
            return new Refusal(RefusalCode.Invalid, $"A campus has at most {MaximumAgents} agents.", "agentId");
        return await Keep(await GrainFactory.Agent(Id, agent.AgentId).Change(agent with { Retired = false }, version));
    }

    public async Task<Outcome<AgentProfile>> RetireAgent(string agentId, long? version) =>
        state.State.Roster.Any(entry => entry.AgentId == agentId)
            ? await Keep(await GrainFactory.Agent(Id, agentId).Retire(version))
            : new Refusal(RefusalCode.NotFound, "There is no such agent.", "agentId");

    private async Task<Outcome<AgentProfile>> Keep(Outcome<AgentProfile> changed)
    {
        if (changed.Value is { } agent) await Keep(agent);
        return changed;
    }

    private Task Keep(AgentProfile agent)
    {
        var others = state.State.Roster.RemoveAll(entry => entry.AgentId == agent.AgentId);
        return state.Save(state.State with { Roster = others.Add(new RosterEntry(agent.AgentId, agent.Retired ? [] : agent.Queues, agent.Retired)) });
    }
}
