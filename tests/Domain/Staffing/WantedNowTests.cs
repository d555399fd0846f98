using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Staffing;

public sealed class WantedNowTests
{
    private static readonly StaffingRules Rules = StaffingRules.Default with { Cluster = new ClusterCapacity(0.2, 500, 3, 2, 2) };
    private static readonly IReadOnlyList<PlannedSlot> Plan = StaffPlan.Of([.. Enumerable.Range(0, 6).Select(static i => new SlotForecast(new DateTime(2026, 3, 2, 12, 0, 0).AddMinutes(15 * i), 50 * i, 40 * i, 60 * i))], Rules);

    [Fact]
    public void Processes_are_wanted_before_the_peak_and_agents_at_it()
    {
        var wanted = WantedNow.Of(Plan, 1, 45, Rules);
        wanted.Silos.ShouldBe(180 / 900.0 / 0.2, 1e-9);
        wanted.Gateways.ShouldBe(180 * 3 / 500.0, 1e-9);
        wanted.Agents.ShouldBe(Plan[1].Agents);
        WantedNow.Of(Plan, 5, 250, Rules).Silos.ShouldBe(300 / 900.0 / 0.2, 1e-9);
    }

    [Fact]
    public void What_comes_counts_where_it_is_more_than_was_told()
    {
        var wanted = WantedNow.Of(Plan, 1, 600, Rules);
        wanted.Silos.ShouldBe(600 / 900.0 / 0.2, 1e-9);
        wanted.Agents.ShouldBe(StaffPlan.AgentsFor(600, Rules));
        wanted.Agents.ShouldBeGreaterThan(Plan[1].Agents);
    }

    [Fact]
    public void Without_a_forecast_what_comes_is_all()
    {
        WantedNow.Of([], 40, 0, Rules).ShouldBe(new WantedNow(0, 0, 0));
        WantedNow.Of([], 40, 90, Rules).ShouldBe(new WantedNow(0.5, 0.54, StaffPlan.AgentsFor(90, Rules)));
    }
}
