using System.Globalization;
using CampusCare.Domain.Replay;

namespace CampusCare.Cli.Replay;

/// <summary>A replay for reading; the JSON file has all of it.</summary>
internal sealed class ReplayTable(TextWriter to)
{
    /// <summary>How many decisions and tickets are listed.</summary>
    public const int MostLines = 20;

    public void Write(string campus, ReplaySpan span, ReplayReport report)
    {
        Line($"{campus}, {Local(span.From):yyyy-MM-dd HH:mm} to {Local(span.To):yyyy-MM-dd HH:mm}: {report.Decisions.Count} decisions replayed.");
        Line($"  {report.Count(Verdict.Identical)} identical, {report.Count(Verdict.AsKnown)} the same as far as the queue had heard, {report.Count(Verdict.Different)} different, {report.Count(Verdict.NotComparable)} not comparable.");
        foreach (var verdict in new[] { Verdict.Different, Verdict.NotComparable, Verdict.AsKnown }) Decisions(report, verdict);
        if (report.Modelled.Count == 0) return;
        Waits(report);
        if (report.Changed is not null) Tickets(report);
    }

    private void Decisions(ReplayReport report, Verdict verdict)
    {
        var listed = report.Decisions.Where(decision => decision.Verdict == verdict).ToList();
        foreach (var (journaled, replayed, _, reason) in listed.Take(MostLines))
            Line($"  {Words(verdict),-14} {journaled.TicketId,-20} {journaled.Queue,-12} {Local(journaled.At):HH:mm:ss.fff}  {journaled.Offered.AgentId} (replayed: {replayed?.Best[0].AgentId ?? "nobody"}). {reason}");
        if (listed.Count > MostLines) Line($"  … and {listed.Count - MostLines} more {Words(verdict)}.");
    }

    private void Waits(ReplayReport report)
    {
        Line($"Waits until somebody took it, in seconds; the model is docs/replay.md's");
        Line($"{"",-14}{"journaled",-40}{"the model, same policy",-40}{(report.Changed is null ? "" : "the model, changed policy")}");
        var heading = $"{"rounds",8}{"mean",8}{"95 %",8}{$"≤ {WaitFigures.TargetSeconds} s",8}{"left",6}  ";
        Line($"{"queue",-14}{heading}{heading}{(report.Changed is null ? "" : heading)}");
        foreach (var queue in report.Modelled.Select(static round => round.Stint.Ticket.Queue).Distinct().Order(StringComparer.Ordinal))
            Row(report, queue, round => round.Stint.Ticket.Queue == queue);
        Row(report, "all", static _ => true);
    }

    private void Row(ReplayReport report, string name, Func<ModelledStint, bool> chosen)
    {
        ModelledStint[] same = [.. report.Modelled.Where(chosen)];
        var changed = report.Changed is null ? "" : Figures(WaitFigures.Modelled([.. report.Changed.Where(chosen)]));
        Line($"{name,-14}{Figures(WaitFigures.Journaled(same))}{Figures(WaitFigures.Modelled(same))}{changed}");
    }

    private void Tickets(ReplayReport report)
    {
        var same = report.Modelled.ToDictionary(static round => (round.Stint.TicketId, round.Stint.Round));
        var moved = report.Changed!.Where(round => same.GetValueOrDefault((round.Stint.TicketId, round.Stint.Round))?.AgentId != round.AgentId).ToList();
        Line($"The changed policy gives {moved.Count} of {report.Changed!.Count} rounds to somebody else than the model under the same policy:");
        Line($"  {"ticket",-20}{"queue",-12}{"arrived",-12}{"journaled",-26}{"same policy",-26}changed policy");
        foreach (var round in moved.Take(MostLines))
            Line($"  {round.Stint.TicketId,-20}{round.Stint.Ticket.Queue,-12}{Local(round.Stint.ArrivedAt),-12:HH:mm:ss}{Outcome(round.Stint.AgentId, round.Stint.Waited),-26}{Outcome(same.GetValueOrDefault((round.Stint.TicketId, round.Stint.Round))),-26}{Outcome(round)}");
        if (moved.Count > MostLines) Line($"  … and {moved.Count - MostLines} more (--json FILE has all).");
    }

    private static string Outcome(ModelledStint? round) => Outcome(round?.AgentId, round?.Waited);

    private static string Outcome(string? agentId, TimeSpan? waited) =>
        agentId is null ? "nobody" : string.Create(CultureInfo.InvariantCulture, $"{agentId} {waited?.TotalSeconds:0.0} s");

    private static string Figures(WaitFigures waits) => string.Create(CultureInfo.InvariantCulture,
        $"{waits.Rounds,8}{Seconds(waits.MeanSeconds),8}{Seconds(waits.P95Seconds),8}{100 * waits.WithinTarget,6:0} %{waits.GaveUp,6}  ");

    private static string Seconds(double? seconds) => seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Identical => "identical",
        Verdict.AsKnown => "as known",
        Verdict.Different => "DIFFERENT",
        _ => "not comparable",
    };

    private static DateTimeOffset Local(DateTimeOffset at) => at.ToLocalTime();

    private void Line(FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
