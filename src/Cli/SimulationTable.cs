using System.Globalization;
using CampusCare.Domain.Simulation;

namespace CampusCare.Cli;

/// <summary>The main figures of a simulation for reading; the JSON file has all of them.</summary>
internal static class SimulationTable
{
    private static readonly string[] Columns = ["arrivals", "abandoned", "service level", "answered in time", "mean wait, s"];

    public static void Write(SimulationReport report, TimeSpan took, TextWriter to)
    {
        var calls = report.Overall.Arrivals.Value!.Value * report.Replications;
        Line(to, $"{(report.Model.Length > 0 ? report.Model + ": " : "")}{report.Replications} days, seed {report.Seed}; means and half widths of 95 % intervals; in time is {report.ServiceLevelSeconds} s");
        Line(to, $"{"calls",-24}{string.Concat(Columns.Select(column => $"{column,22}"))}");
        Row(to, "all", report.Overall);
        foreach (var type in report.CallTypes.Skip(report.CallTypes.Count == 1 ? 1 : 0)) Row(to, type.Name, type.Calls);
        Line(to, $"{"agents",-24}{"occupancy",22}");
        foreach (var group in report.AgentGroups) Line(to, $"{Short(group.Name),-24}{Percent(group.Occupancy),22}");
        Line(to, $"{calls:0} calls simulated in {took.TotalSeconds:0.00} s");
    }

    private static void Row(TextWriter to, string name, CallFigures calls) => Line(to,
        $"{Short(name),-24}{Number(calls.Arrivals),22}{Percent(calls.AbandonmentRatio),22}{Percent(calls.ServiceLevel),22}{Percent(calls.ServiceLevelAnswered),22}{Number(calls.MeanWait),22}");

    private static string Number(Estimate estimate) => Text(estimate, 1, "");

    private static string Percent(Estimate estimate) => Text(estimate, 100, " %");

    private static string Text(Estimate estimate, double scale, string unit) => estimate switch
    {
        { Value: null } => "-",
        { Value: { } value, High: null } => string.Create(CultureInfo.InvariantCulture, $"{value * scale:0.00}{unit}"),
        { Value: { } value, High: { } high } => string.Create(CultureInfo.InvariantCulture, $"{value * scale:0.00} ± {(high - value) * scale:0.00}{unit}"),
    };

    private static string Short(string name) => name.Length < 24 ? name : name[..22] + "…";

    private static void Line(TextWriter to, FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
