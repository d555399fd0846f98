using System.Collections.Immutable;
using System.Text.Json;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Replay;

/// <summary>How a queue is to decide instead; what is null stays as it was.</summary>
public sealed record PolicyChange(StrategyName? Strategy, ImmutableArray<Ring>? Rings, int? StickySeconds)
{
    /// <summary>The policy with the change.</summary>
    public QueuePolicy Of(QueuePolicy policy) => policy with
    {
        Strategy = Strategy ?? policy.Strategy,
        Rings = Rings ?? policy.Rings,
        StickySeconds = StickySeconds ?? policy.StickySeconds,
    };
}

/// <summary>Changes by queue; the one of <see cref="AllQueues"/> is for those that aren't named.</summary>
public sealed record ChangedPolicy(ImmutableDictionary<string, PolicyChange> ByQueue)
{
    /// <summary>Stands for all queues that aren't named.</summary>
    public const string AllQueues = "*";

    /// <summary>Nothing changes.</summary>
    public static readonly ChangedPolicy None = new(ImmutableDictionary<string, PolicyChange>.Empty);

    /// <summary>The change of a queue; null when it stays as it was.</summary>
    public PolicyChange? For(string queue) => ByQueue.GetValueOrDefault(queue) ?? ByQueue.GetValueOrDefault(AllQueues);
}

/// <summary>A changed policy, or else what is wrong with its file.</summary>
public sealed record PolicyReading(ChangedPolicy? Policy, IReadOnlyList<ModelProblem> Problems);

/// <summary>Reads and checks a policy file; docs/replay.md describes its format.</summary>
public static class PolicyFile
{
    /// <summary>Larger files are refused unread.</summary>
    public const int MostBytes = 1 << 20;

    private static readonly Bounds Seconds = new(0, 86_400);
    private static readonly Bounds RingStart = new(0, 86_400, Above: true);
    private static readonly Bounds Levels = new(0, 4);

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>A changed policy, or all that is wrong.</summary>
    public static PolicyReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MostBytes) return new PolicyReading(null, [new ModelProblem("", $"The file has more than {MostBytes} bytes.")]);
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            using var json = JsonDocument.Parse(utf8, Lenient);
            var reader = new FieldReader();
            var policy = Policy(reader, new Field(json.RootElement, ""));
            return new PolicyReading(reader.Problems.Count == 0 ? policy : null, reader.Problems);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return new PolicyReading(null, [new ModelProblem("", $"The file is not valid JSON: {failure.Message}")]);
        }
    }

    private static ChangedPolicy Policy(FieldReader read, Field root)
    {
        if (!read.IsObject(root, "queues") || read.Required(root, "queues") is not { } queues) return ChangedPolicy.None;
        if (queues.Json.ValueKind != JsonValueKind.Object)
        {
            read.Problem(queues.Path, "must be an object with a member for each queue to change.");
            return ChangedPolicy.None;
        }
        return new ChangedPolicy(queues.Json.EnumerateObject().ToImmutableDictionary(
            static member => member.Name, member => Change(read, new Field(member.Value, $"{queues.Path}.{member.Name}"))));
    }

    private static PolicyChange Change(FieldReader read, Field queue)
    {
        if (!read.IsObject(queue, "strategy", "rings", "stickySeconds")) return new PolicyChange(null, null, null);
        return new PolicyChange(
            FieldReader.Optional(queue, "strategy") is { } strategy ? StrategyOf(read, strategy) : null,
            FieldReader.Optional(queue, "rings") is { } rings ? RingsOf(read, rings) : null,
            FieldReader.Optional(queue, "stickySeconds") is { } sticky ? read.WholeNumber(sticky, Seconds) : null);
    }

    private static StrategyName? StrategyOf(FieldReader read, Field field)
    {
        var text = read.Text(field);
        foreach (var strategy in Enum.GetValues<StrategyName>())
            if (JsonNamingPolicy.CamelCase.ConvertName(strategy.ToString()) == text) return strategy;
        if (text.Length > 0)
            read.Problem(field.Path, $"must be one of {string.Join(", ", Enum.GetValues<StrategyName>().Select(static s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString())))}.");
        return null;
    }

    private static ImmutableArray<Ring> RingsOf(FieldReader read, Field field)
    {
        var rings = read.List(field, 0, Ring.Maximum).Select(ring => RingOf(read, ring)).ToImmutableArray();
        if (read.Problems.Count == 0 && Ring.Fault(rings) is { } fault) read.Problem(field.Path, $"can't be used: {fault}");
        return rings;
    }

    private static Ring RingOf(FieldReader read, Field ring)
    {
        read.IsObject(ring, "afterSeconds", "lowerLevelsBy", "without", "queues");
        var after = read.Required(ring, "afterSeconds") is { } start ? read.Number(start, RingStart) : 1;
        var lower = FieldReader.Optional(ring, "lowerLevelsBy") is { } levels ? read.WholeNumber(levels, Levels) : 0;
        return new Ring(TimeSpan.FromSeconds(after), lower, Texts(read, ring, "without"), Texts(read, ring, "queues"));
    }

    private static ImmutableArray<string> Texts(FieldReader read, Field parent, string name) =>
        [.. read.List(FieldReader.Optional(parent, name), 0, 100).Select(read.Text)];
}
