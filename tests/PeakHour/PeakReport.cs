using System.Text.Json;

namespace CampusCare.PeakHour;

/// <summary>The result of a run, as it is printed and written.</summary>
public sealed record PeakReport(
    int Opened,
    int Offered,
    int Resolved,
    int Lost,
    int Doubled,
    int DoubleAssigned,
    int OverCapacity,
    Latency OpenToAck,
    Latency AckToOffer,
    int Unfinished,
    int Refused,
    IReadOnlyDictionary<string, int> Refusals,
    IReadOnlyDictionary<string, int> AgentFailures,
    int Contacts,
    int Agents,
    int Capacity,
    double Rate,
    double SentPerSecond,
    double Seconds,
    string Campus,
    string Url,
    int Seed)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>0 when nothing is wrong, 1 when something was lost, doubled, assigned twice or over capacity, 2 when the run could not tell.</summary>
    public int ExitCode => Lost > 0 || Doubled > 0 || DoubleAssigned > 0 || OverCapacity > 0 ? 1 : Unfinished > 0 || Opened == 0 ? 2 : 0;

    public string ToJson() => JsonSerializer.Serialize(this, Readable);

    /// <summary>A table for people.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine($"contacts {Contacts}, at {Rate:0.#}/s wanted, {SentPerSecond:0.#}/s sent, {Agents} agents with {Capacity} at once, {Seconds:0.0} s in all");
        output.WriteLine($"  opened          {Opened,8}");
        output.WriteLine($"  offered         {Offered,8}");
        output.WriteLine($"  resolved        {Resolved,8}");
        output.WriteLine($"  lost            {Lost,8}");
        output.WriteLine($"  doubled         {Doubled,8}");
        output.WriteLine($"  doubleAssigned  {DoubleAssigned,8}");
        output.WriteLine($"  overCapacity    {OverCapacity,8}");
        output.WriteLine($"  unfinished      {Unfinished,8}");
        output.WriteLine($"  refused         {Refused,8}{Listed(Refusals)}");
        if (AgentFailures.Count > 0) output.WriteLine($"  agents heard no {AgentFailures.Values.Sum(),8}{Listed(AgentFailures)}");
        output.WriteLine($"  {"ms",-14}{"p50",10}{"p95",10}{"p99",10}{"max",10}");
        Row("openToAck", OpenToAck);
        Row("ackToOffer", AckToOffer);

        void Row(string name, Latency l) => output.WriteLine($"  {name,-14}{l.P50,10:0.00}{l.P95,10:0.00}{l.P99,10:0.00}{l.Max,10:0.00}");
    }

    private static string Listed(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "" : $"  ({string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key}: {c.Value}"))})";
}
