using System.Text.Encodings.Web;
using System.Text.Json;

namespace CampusCare.PeakHour.Profiles;

/// <summary>What the clients of a run measured.</summary>
public sealed record Measured(
    int Opened, IReadOnlyDictionary<string, int> Refusals, int Repeated, IReadOnlyDictionary<string, int> AgentFailures,
    Latency OpenToAck, Latency AckToOffer, Latency MessageToDelivered, int MessagesWatched, int MessagesUndelivered, double ServiceLevel);

/// <summary>One target of a profile, and whether it was met.</summary>
public sealed record Judgement(string What, double Wanted, double Got, bool Met);

/// <summary>The result of a profile's run: what the journals say, what the clients measured, and what became of it piece by piece.</summary>
public sealed record ProfileReport(
    string Name, string What, string Url, int Seed, int Campuses, int Contacts, double Seconds,
    int Lost, int Doubled, int AssignedTwice, int OverCapacity, Chains? Chains, int Offered, int Resolved, int Unfinished,
    Measured Measured, IReadOnlyList<Judgement> Judgements, IReadOnlyList<Bucket> Timeline)
{
    /// <summary>The row of contacts, from due to acknowledged.</summary>
    public const string OpenToAck = "open → ack";

    /// <summary>The row of messages, from sent to a customer's connection.</summary>
    public const string MessageToDelivered = "message → delivered";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What bare parts took for the same work; null when nobody asked.</summary>
    public IReadOnlyList<BareLimit>? Bare { get; init; }

    /// <summary>0: true and good enough. 1: something was lost, doubled, assigned twice, over capacity, or a chain is broken. 2: the run could not tell. 3: a target was missed.</summary>
    public int ExitCode =>
        !IsTrue ? 1
        : Unfinished > 0 || Measured.Opened == 0 ? 2
        : Judgements.All(static judgement => judgement.Met) ? 0 : 3;

    private (string Name, Latency Took)[] Rows => [(OpenToAck, Measured.OpenToAck), ("ack → offer", Measured.AckToOffer), (MessageToDelivered, Measured.MessageToDelivered)];

    private bool IsTrue => Lost == 0 && Doubled == 0 && AssignedTwice == 0 && OverCapacity == 0 && Chains is null or { Broken: 0 };

    internal static ProfileReport Of(
        Profile profile, Surroundings around, int seed, int contacts, TimeSpan length, Verdict verdict, Chains? chains, Measured measured, IReadOnlyList<Bucket> timeline) => new(
        profile.Name, profile.What, around.Url.ToString(), seed, profile.Campuses, contacts, Math.Round(length.TotalSeconds, 1),
        verdict.Lost, verdict.Doubled, verdict.DoubleAssigned, verdict.OverCapacity, chains, verdict.Offered, verdict.Resolved, verdict.Unfinished,
        measured, [.. Judge(profile.Targets, contacts, measured)], timeline);

    /// <summary>Each target that the profile says, with what was measured.</summary>
    public static IEnumerable<Judgement> Judge(Targets targets, int contacts, Measured measured)
    {
        if (targets.OpenToAckP99 is { } ack) yield return AtMost("open → ack, p99, ms", ack, measured.OpenToAck.P99);
        if (targets.AckToOfferP99 is { } offer) yield return AtMost("ack → offer, p99, ms", offer, measured.AckToOffer.P99);
        if (targets.MessageToDeliveredP99 is { } message) yield return AtMost("message → delivered, p99, ms", message, measured.MessageToDelivered.P99);
        if (targets.ServiceLevel is { } level) yield return new($"taken within {targets.ServiceSeconds:0.#} s, share", level, measured.ServiceLevel, measured.ServiceLevel >= level);
        if (targets.RefusedShare is { } refused) yield return AtMost("refused, share", refused, contacts == 0 ? 0 : Math.Round((double)measured.Refusals.Values.Sum() / contacts, 4));

        static Judgement AtMost(string what, double wanted, double got) => new(what, wanted, got, got <= wanted);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Readable);

    /// <summary>A table for people.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine($"{Name}: {Contacts} contacts, {Seconds:0.0} s in all");
        output.WriteLine($"  opened {Measured.Opened}, offered {Offered}, resolved {Resolved}, unfinished {Unfinished}, refused {Measured.Refusals.Values.Sum()} {Listed(Measured.Refusals)}, repeated {Measured.Repeated}");
        if (Measured.AgentFailures.Count > 0) output.WriteLine($"  agents heard no {Listed(Measured.AgentFailures)}");
        output.WriteLine($"  lost {Lost}, doubled {Doubled}, assigned twice {AssignedTwice}, over capacity {OverCapacity}, chains {(Chains is { } chains ? $"{chains.Tickets} walked, {chains.Broken} broken" : "not walked: the journal isn't in reach")}");
        output.WriteLine($"  {"ms",-22}{"p50",10}{"p95",10}{"p99",10}{"max",10}");
        foreach (var (name, took) in Rows) output.WriteLine($"  {name,-22}{took.P50,10:0.00}{took.P95,10:0.00}{took.P99,10:0.00}{took.Max,10:0.00}");
        foreach (var bare in Bare ?? []) output.WriteLine($"  {bare.What}: p50 {bare.Took.P50:0.00}, p99 {bare.Took.P99:0.00} ms; {bare.Beside} is {Times(bare):0.0} times its p50");
        foreach (var judgement in Judgements) output.WriteLine($"  {(judgement.Met ? "met   " : "MISSED")}  {judgement.What}: wanted {judgement.Wanted:0.####}, got {judgement.Got:0.####}");
        output.WriteLine(ExitCode switch
        {
            0 => "  good: nothing is wrong and every target was met",
            1 => "  WRONG: what was acknowledged isn't what the journals say",
            2 => "  NOT TOLD: tickets were left unfinished, or none was opened",
            _ => "  TOO SLOW: nothing is wrong, but a target was missed",
        });
    }

    /// <summary>How many times as long as the bare part ours took, at the median.</summary>
    public double Times(BareLimit bare) => bare.Took.P50 == 0 ? 0 : Rows.Single(row => row.Name == bare.Beside).Took.P50 / bare.Took.P50;

    private static string Listed(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "" : $"({string.Join(", ", counts.OrderByDescending(static count => count.Value).Select(static count => $"{count.Key}: {count.Value}"))})";
}
