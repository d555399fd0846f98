using System.CommandLine;
using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Staffing;

namespace CampusCare.Cli.Staffing;

/// <summary><c>./campuscare staff</c>: agents, silos and gateways for the next two days, docs/forecasting.md.</summary>
public static class StaffCommand
{
    private const int Replications = 40;
    private const int TooFew = 3;

    /// <summary>The command. It exits with 0, with 1 when it can't run, with 3 when a roster leaves a slot short.</summary>
    public static Command Create()
    {
        var history = new HistoryArguments();
        var rules = new Option<FileInfo?>("--rules") { Description = "Targets, queues, teams and what processes carry, a JSON file: docs/forecasting.md." };
        var roster = new Option<FileInfo?>("--roster") { Description = "CSV with slot,agents: who is on shift; tells where somebody is missing." };
        var quick = new Option<bool>("--quick") { Description = "By Erlang A alone, without the simulator." };
        var json = new Option<FileInfo?>("--json") { Description = "Write all slots there, as JSON." };
        var command = new Command("staff", "Tells how many agents, silos and gateways each quarter of an hour of the next two days needs.") { rules, roster, quick, json };
        history.AddTo(command);
        command.SetAction((parsed, stop) => Running.Named(async () =>
        {
            var chosen = Rules(parsed.GetValue(rules));
            var shifts = parsed.GetValue(roster) is { } table ? Roster.Read(table) : null;
            var (happened, foreseen, from) = await history.Read(parsed, stop);
            var plan = StaffPlan.Of(Forecast.Of(happened.SeenAt(from, foreseen), from), chosen);
            if (!parsed.GetValue(quick)) plan = StaffPlan.Simulated(plan, chosen, Replications, seed: 1, stop);
            var lacking = Write(plan, chosen, shifts, parsed.InvocationConfiguration.Output);
            if (parsed.GetValue(json) is { } file) await File.WriteAllBytesAsync(file.FullName, StaffingJson.Write(plan, chosen, shifts), stop);
            return lacking > 0 ? TooFew : 0;
        }, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static StaffingRules Rules(FileInfo? file)
    {
        if (file is null) return StaffingRules.Default;
        var reading = StaffingFile.Read(File.ReadAllBytes(file.FullName));
        return reading.Rules ?? throw new CannotRunException(string.Join(Environment.NewLine, reading.Problems.Select(problem => $"{file.Name}: {problem}")));
    }

    private static int Write(IReadOnlyList<PlannedSlot> plan, StaffingRules rules, Roster? roster, TextWriter output)
    {
        var teams = rules.Teams.Count > 1 ? string.Concat(rules.Teams.Select(static team => $"{Short(team.Name),10}")) : "";
        ForecastCommand.Line(output, $"{"slot",-18}{"expected",9}{"high",6}{"agents",8}{teams}{"stand-by",10}{"on shift",10}{"silos",7}{"gateways",10}{"in time",9}{(roster is null ? "" : "  roster")}");
        var lacking = 0;
        foreach (var slot in plan)
        {
            var each = rules.Teams.Count > 1 ? string.Concat(slot.Teams.Select(static agents => $"{agents,10}")) : "";
            var missing = roster is null ? 0 : slot.Rostered - roster[slot.Slot.Start];
            if (missing > 0) lacking++;
            var shift = roster is null ? "" : missing > 0 ? $"{roster[slot.Slot.Start],8}  {missing} SHORT" : $"{roster[slot.Slot.Start],8}";
            var level = slot.Level is { } part ? $"{part:0.0 %}" : "-";
            ForecastCommand.Line(output, $"{slot.Slot.Start,-18:yyyy-MM-dd HH:mm}{slot.Slot.Expected,9:0.0}{slot.Slot.High,6}{slot.Agents,8}{each}{slot.StandBy,10}{slot.Rostered,10}{slot.Silos,7}{slot.Gateways,10}{level,9}{shift}");
        }
        var busiest = plan.MaxBy(static slot => slot.Agents)!;
        ForecastCommand.Line(output, $"{plan.Sum(static slot => slot.Rostered) * SlotSeries.Minutes / 60.0:0.0} hours on shift; most agents at {busiest.Slot.Start:yyyy-MM-dd HH:mm}: {busiest.Agents}, and {busiest.StandBy} on stand-by");
        if (roster is not null) ForecastCommand.Line(output, $"{lacking} of {plan.Count} slots are short.");
        return lacking;
    }

    private static string Short(string name) => name.Length < 9 ? name : name[..8] + "…";
}
