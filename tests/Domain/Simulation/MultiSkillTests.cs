using CampusCare.Domain.Simulation;
using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>Several types and groups: the simulator against Markov chains and a closed form.</summary>
public sealed class MultiSkillTests
{
    private const double Hour = 3600;

    [Fact]
    public void N_model_equals_its_chain() => EqualsChain(30, 11,
        [Models.Type("a", 60, 100, 150, 0, 0, 1), Models.Type("b", 45, 160, 100, 0, 1)],
        [Models.Group("only a", 2, 0), Models.Group("both", 2, 1, 0)]);

    [Fact]
    public void V_model_equals_its_chain() => EqualsChain(40, 12,
        [Models.Type("vip", 30, 120, 200, 0, 0), Models.Type("other", 90, 90, 150, 0.2, 0)],
        [Models.Group("agents", 3, 0, 1)]);

    [Fact]
    public void M_model_equals_its_chain() => EqualsChain(25, 13,
        [Models.Type("calls", 100, 120, 90, 0.1, 1, 0)],
        [Models.Group("first", 1, 0), Models.Group("second", 2, 0)]);

    [Fact]
    public void X_model_with_opposite_preferences_equals_its_chain() => EqualsChain(22, 14,
        [Models.Type("a", 50, 100, 100, 0, 0, 1), Models.Type("b", 40, 150, 80, 0, 1, 0)],
        [Models.Group("first a", 1, 0, 1), Models.Group("first b", 2, 1, 0)]);

    // Three types over two groups, balking: the example of the ContactCenters library's guide for a multi-skill
    // center in steady state (Buist and L'Ecuyer, mskccParamsThreeTypes.xml).
    [Fact]
    public void W_model_with_balking_equals_its_chain() => EqualsChain(14, 15,
        [Models.Type("0", 60, 60, 300, 0.08, 0), Models.Type("1", 120, 60, 600, 0.06, 0, 1), Models.Type("2", 60, 60, 300, 0.08, 1)],
        [Models.Group("0", 1, 1, 0), Models.Group("1", 2, 1, 2)]);

    [Fact]
    public void Priority_without_end_of_patience_equals_Cobham()
    {
        // Non-preemptive priorities with equal service times: A. Cobham, Operations Research 2 (1954).
        const double service = 90;
        const int agents = 8;
        double first = 100 / Hour, second = 180 / Hour;
        var model = Models.Steady("priority", 20, 10 * Hour, 30 * Hour,
            [Models.Type("first", first * Hour, service, double.PositiveInfinity, 0, 0), Models.Type("second", second * Hour, service, double.PositiveInfinity, 0, 0)],
            [Models.Group("agents", agents, 0, 1)]);
        var report = ModelSimulator.Run(model, 100, 16);
        var residual = new ErlangC(first + second, service, agents).ProbabilityOfWait * service / agents;
        var loadFirst = first * service / agents;
        var load = (first + second) * service / agents;
        report.CallTypes[0].Periods[1].MeanWait.ShouldCover(residual / (1 - loadFirst), 1, "wait of the first");
        report.CallTypes[1].Periods[1].MeanWait.ShouldCover(residual / ((1 - loadFirst) * (1 - load)), 8, "wait of the second");
    }

    private static void EqualsChain(int longestLine, int seed, CallType[] types, AgentGroup[] groups)
    {
        var model = Models.Steady("chain", 0, 2 * Hour, 20 * Hour, types, groups);
        var truth = new MarkovChain(model, longestLine);
        var report = ModelSimulator.Run(model, 200, seed);
        for (var type = 0; type < types.Length; type++)
        {
            var calls = report.CallTypes[type].Periods[1];
            calls.ServiceLevelAnswered.ShouldCover(truth.AnsweredAtOnce(type), 0.005, $"answered at once, type {type}");
            calls.AbandonmentRatio.ShouldCover(truth.AbandonmentRatio(type), 0.005, $"abandonment, type {type}");
            calls.MeanWait.ShouldCover(truth.MeanWait(type), 0.5 + 0.01 * truth.MeanWait(type), $"wait, type {type}");
        }
        for (var group = 0; group < groups.Length; group++)
            report.AgentGroups[group].Periods[1].ShouldCover(truth.Occupancy(group), 0.005, $"occupancy, group {group}");
    }
}
