using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Staffing;

/// <summary>What a quarter of an hour needs.</summary>
/// <param name="Slot">The contacts that are expected.</param>
/// <param name="Teams">Agents at their desks, of each team, for the expected contacts.</param>
/// <param name="StandBy">How many more agents would be needed if as many came as in one slot of ten.</param>
/// <param name="Rostered">Agents on shift, so that so many are at their desks.</param>
/// <param name="Silos">Silos for the high contacts.</param>
/// <param name="Gateways">Gateways for the high contacts.</param>
/// <param name="Level">The part answered in time by the simulator; null where it was not asked or nobody is expected.</param>
public sealed record PlannedSlot(SlotForecast Slot, IReadOnlyList<int> Teams, int StandBy, int Rostered, int Silos, int Gateways, double? Level)
{
    /// <summary>Agents at their desks.</summary>
    public int Agents => Teams.Sum();
}

/// <summary>
/// Agents, silos and gateways for a forecast. Each team is sized by Erlang A for the queues that are its own; then the whole
/// is played by the simulator, where lines carry over from slot to slot and teams help each other, and gets more agents
/// wherever a queue misses its target.
/// </summary>
public static class StaffPlan
{
    private const double SlotSeconds = 60 * SlotSeries.Minutes;
    private const double FewContacts = 5;
    private const int MostRounds = 25;
    private const int StepParts = 6; // a large team that lacks many doesn't get them one by one

    /// <summary>The plan by Erlang A alone.</summary>
    public static IReadOnlyList<PlannedSlot> Of(IReadOnlyList<SlotForecast> slots, StaffingRules rules) => [.. slots.Select(slot =>
    {
        int[] teams = [.. rules.Teams.Select((_, team) => Team(team, slot.Expected, rules))];
        return Planned(slot, teams, AgentsFor(slot.High, rules), null, rules);
    })];

    /// <summary>Agents at their desks for so many contacts in a slot, by Erlang A.</summary>
    public static int AgentsFor(double contacts, StaffingRules rules) => rules.Teams.Select((_, team) => Team(team, contacts, rules)).Sum();

    /// <summary>The plan with what the simulator found missing. The last round's levels stand in it.</summary>
    /// <param name="plan">By Erlang A.</param>
    /// <param name="rules">Those that it was made by.</param>
    /// <param name="replications">Days of each round, at least 2.</param>
    /// <param name="seed">Decides all chance.</param>
    /// <param name="stop">Looked at while simulating.</param>
    public static IReadOnlyList<PlannedSlot> Simulated(IReadOnlyList<PlannedSlot> plan, StaffingRules rules, int replications, long seed, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replications, 2);
        if (plan.All(static slot => slot.Slot.Expected <= 0)) return plan;
        for (var round = 0; ; round++)
        {
            var report = ModelSimulator.Run(Model(plan, rules), replications, seed, stop: stop);
            var lacking = round < MostRounds ? Short(report, rules) : [];
            plan = [.. plan.Select((slot, i) => lacking.TryGetValue(i, out var teams)
                ? Planned(slot.Slot, [.. slot.Teams.Select((agents, team) => teams.Contains(team) ? agents + Math.Max(1, agents / StepParts) : agents)], slot.Agents + slot.StandBy, null, rules)
                : slot with { Level = report.Periods[i].Calls.ServiceLevelAnswered.Value })];
            if (lacking.Count == 0) return plan;
        }
    }

    private static PlannedSlot Planned(SlotForecast slot, IReadOnlyList<int> teams, int high, double? level, StaffingRules rules)
    {
        var agents = teams.Sum();
        return new PlannedSlot(slot, teams, Math.Max(0, high - agents), (int)Math.Ceiling(agents / (1 - rules.Shrinkage) - 1e-9),
            rules.Cluster.Silos(slot.High, SlotSeconds), rules.Cluster.Gateways(slot.High), level);
    }

    private static int Team(int team, double contacts, StaffingRules rules)
    {
        var own = rules.Queues.Where((_, queue) => Own(queue, rules) == team).ToList();
        var share = own.Sum(static queue => queue.Share);
        if (share <= 0) return 0;
        return Requirement.Agents(contacts * (1 - rules.SolvedWithoutPerson) * share / SlotSeconds,
            own.Sum(static queue => queue.Share * queue.MeanServiceSeconds) / share, own.Sum(static queue => queue.Share * queue.MeanPatienceSeconds) / share, rules);
    }

    private static int Own(int queue, StaffingRules rules) =>
        Enumerable.Range(0, rules.Teams.Count).First(team => rules.Teams[team].Takes.Contains(queue));

    private static ContactCenterModel Model(IReadOnlyList<PlannedSlot> plan, StaffingRules rules)
    {
        double PerHour(PlannedSlot slot, double share) => slot.Slot.Expected * (1 - rules.SolvedWithoutPerson) * share * 3600 / SlotSeconds;
        double[] Same(double value) => [.. plan.Select(_ => value)];
        return new ContactCenterModel("staff", rules.WithinSeconds, null, Same(SlotSeconds),
            [.. rules.Queues.Select((queue, i) => new CallType(queue.Name, [.. plan.Select(slot => PerHour(slot, queue.Share))],
                Same(queue.MeanServiceSeconds), Same(queue.MeanPatienceSeconds), Same(0),
                [.. Enumerable.Range(0, rules.Teams.Count).Where(team => rules.Teams[team].Takes.Contains(i))]))],
            [.. rules.Teams.Select((team, i) => new AgentGroup(team.Name, [.. plan.Select(slot => slot.Teams[i] * rules.ChatsAtOnce)], [.. team.Takes.Select(static queue => (IReadOnlyList<int>)[queue])]))]);
    }

    /// <summary>The slots where a queue's level is below its target, and the teams to strengthen there.</summary>
    private static Dictionary<int, HashSet<int>> Short(SimulationReport report, StaffingRules rules)
    {
        var found = new Dictionary<int, HashSet<int>>();
        for (var queue = 0; queue < rules.Queues.Count; queue++)
            for (var slot = 0; slot < report.Periods.Count; slot++)
                if (Misses(report.CallTypes[queue].Periods[slot], rules))
                    (found.TryGetValue(slot, out var teams) ? teams : found[slot] = []).Add(Own(queue, rules));
        return found;
    }

    /// <summary>Where few come, chance says little: there the whole confidence interval must lie below the target.</summary>
    private static bool Misses(CallFigures calls, StaffingRules rules) =>
        calls.ServiceLevelAnswered is { Value: { } level, High: { } high } && (calls.Arrivals.Value < FewContacts ? high : level) < rules.TargetLevel;
}
