using System.Text;
using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>Models to simulate, and how to compare what comes out.</summary>
internal static class Models
{
    /// <summary>One type and one group in a warm-up period, then in the period to look at.</summary>
    public static ContactCenterModel OneLine(double perHour, double service, double patience, int agents, double within, double warmUp, double measured) =>
        Steady("one line", within, warmUp, measured,
            [Type("calls", perHour, service, patience, 0, 0)],
            [Group("agents", agents, 0)]);

    public static ContactCenterModel Steady(string name, double within, double warmUp, double measured, CallType[] types, AgentGroup[] groups) =>
        new(name, within, null, [warmUp, measured], types, groups);

    public static CallType Type(string name, double perHour, double service, double patience, double balking, params int[] groups) =>
        new(name, [perHour, perHour], [service, service], [patience, patience], [balking, balking], groups);

    public static AgentGroup Group(string name, int agents, params int[] takes) =>
        new(name, [agents, agents], [.. takes.Select(type => (IReadOnlyList<int>)[type])]);

    public static ContactCenterModel Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <summary>A model of docs/examples.</summary>
    public static ContactCenterModel Example(string name) => Read(File.ReadAllBytes(Path.Combine(Repository, "docs", "examples", $"{name}.json")));

    public static string Repository { get; } = Root(AppContext.BaseDirectory);

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "CampusCare.sln")) ? folder : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not in the repository"));

    private static ContactCenterModel Read(byte[] utf8)
    {
        var reading = ModelFile.Read(utf8);
        reading.Problems.ShouldBeEmpty();
        return reading.Model.ShouldNotBeNull();
    }

    /// <summary>
    /// The truth lies within twice the 95 % interval (a seed in 10,000 would miss it), and the interval is narrow
    /// enough to tell it from something else.
    /// </summary>
    public static void ShouldCover(this Estimate estimate, double truth, double narrow, string what)
    {
        var value = estimate.Value.ShouldNotBeNull(what);
        var half = estimate.High.ShouldNotBeNull(what) - value;
        half.ShouldBeLessThan(narrow, $"half width of {what}, {value}");
        Math.Abs(value - truth).ShouldBeLessThan(2 * half + 1e-12, $"{what}: estimated {value} ± {half}, truth {truth}");
    }
}
