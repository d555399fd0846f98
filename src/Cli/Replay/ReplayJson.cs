using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.Replay;

namespace CampusCare.Cli.Replay;

/// <summary>All that a replay found, as a file.</summary>
internal static class ReplayJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Write(ReplaySpan span, IReadOnlyList<(string Campus, ReplayReport Report)> reports) => JsonSerializer.SerializeToUtf8Bytes(
        new { span.From, span.To, Campuses = reports.Select(static entry => CampusOf(entry.Campus, entry.Report)) }, Options);

    private static object CampusOf(string campus, ReplayReport report) => new
    {
        Campus = campus,
        Decisions = report.Decisions.Select(static decision => new
        {
            Ticket = decision.Journaled.TicketId,
            decision.Journaled.Queue,
            decision.Journaled.At,
            decision.Verdict,
            decision.Reason,
            Journaled = new { Agent = decision.Journaled.Offered.AgentId, decision.Journaled.Offered.Explanation },
            Replayed = decision.Replayed,
        }),
        Rounds = RoundsOf(report),
    };

    private static IEnumerable<object> RoundsOf(ReplayReport report)
    {
        var changed = report.Changed?.ToDictionary(static round => (round.Stint.TicketId, round.Stint.Round));
        return report.Modelled.Select(round => new
        {
            Ticket = round.Stint.TicketId,
            round.Stint.Round,
            round.Stint.Ticket.Queue,
            round.Stint.ArrivedAt,
            Journaled = new { Agent = round.Stint.AgentId, WaitSeconds = round.Stint.Waited?.TotalSeconds, GaveUp = round.Stint.GaveUpAt is not null },
            SamePolicy = OutcomeOf(round),
            ChangedPolicy = changed?.GetValueOrDefault((round.Stint.TicketId, round.Stint.Round)) is { } other ? OutcomeOf(other) : null,
        });
    }

    private static object OutcomeOf(ModelledStint round) => new { Agent = round.AgentId, WaitSeconds = round.Waited?.TotalSeconds, round.GaveUp };
}
