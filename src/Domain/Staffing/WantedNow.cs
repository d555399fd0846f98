using CampusCare.Domain.Forecasting;

namespace CampusCare.Domain.Staffing;

/// <summary>
/// What a campus wants of the cluster and of its agents at a moment. Silos and gateways are shares, not rounded, since many
/// campuses live on one cluster: their sum, rounded up, is what to run.
/// </summary>
/// <param name="Silos">For the busiest of the slots that run within the next half hour, so that what is started is there in time.</param>
/// <param name="Gateways">The same.</param>
/// <param name="Agents">At their desks now.</param>
public sealed record WantedNow(double Silos, double Gateways, int Agents)
{
    private const int SlotsAhead = 2;
    private const double SlotSeconds = 60 * SlotSeries.Minutes;

    /// <summary>By the forecast's high end, and by what comes where that is more.</summary>
    /// <param name="plan">The plan; empty when nothing could be told: then what comes is all that counts.</param>
    /// <param name="running">The slot of the plan that runs.</param>
    /// <param name="inflow">Contacts that come now, for a slot.</param>
    /// <param name="rules">Those of the plan.</param>
    public static WantedNow Of(IReadOnlyList<PlannedSlot> plan, int running, double inflow, StaffingRules rules)
    {
        var contacts = plan.Skip(running).Take(SlotsAhead + 1).Select(static slot => (double)slot.Slot.High).Append(inflow).Max();
        return new WantedNow(rules.Cluster.SiloShare(contacts, SlotSeconds), rules.Cluster.GatewayShare(contacts), Agents());

        // Few contacts more or less than told are chance, and no reason to call anybody.
        int Agents() => running < plan.Count && inflow <= plan[running].Slot.High ? plan[running].Agents : StaffPlan.AgentsFor(inflow, rules);
    }
}
