using System.Text.Json;
using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Staffing;

/// <summary>Rules, or else what is wrong with their file.</summary>
public sealed record StaffingReading(StaffingRules? Rules, IReadOnlyList<ModelProblem> Problems);

/// <summary>Reads and checks a file of staffing rules; docs/forecasting.md describes its format. What is left out is as in <see cref="StaffingRules.Default"/>.</summary>
public static class StaffingFile
{
    /// <summary>Larger files are refused unread.</summary>
    public const int MostBytes = 1 << 20;

    private const int MostQueues = 50, MostTeams = 50;
    private const double SharesOff = 1e-6;

    private static readonly Bounds Part = new(0, 0.999), Share = new(0, 1), Target = new(0.01, 0.999);
    private static readonly Bounds Seconds = new(0, 86_400, Above: true), Rate = new(0, 1e6, Above: true);
    private static readonly Bounds Chats = new(1, 50), Processes = new(1, 1_000);

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>Rules, or all that is wrong.</summary>
    public static StaffingReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MostBytes) return new StaffingReading(null, [new ModelProblem("", $"The file has more than {MostBytes} bytes.")]);
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            using var json = JsonDocument.Parse(utf8, Lenient);
            var read = new FieldReader();
            var rules = Rules(read, new Field(json.RootElement, ""));
            return new StaffingReading(read.Problems.Count == 0 ? rules : null, read.Problems);
        }
        catch (JsonException e)
        {
            return new StaffingReading(null, [new ModelProblem("", $"The file is not valid JSON: {e.Message}")]);
        }
    }

    private static StaffingRules? Rules(FieldReader read, Field root)
    {
        if (!read.IsObject(root, "targetLevel", "withinSeconds", "chatsAtOnce", "maximumOccupancy", "shrinkage", "solvedWithoutPerson", "queues", "teams", "cluster")) return null;
        var usual = StaffingRules.Default;
        var queues = FieldReader.Optional(root, "queues") is { } lines ? Queues(read, lines) : usual.Queues;
        return new StaffingRules(
            Number(read, root, "targetLevel", Target, usual.TargetLevel),
            Number(read, root, "withinSeconds", Seconds, usual.WithinSeconds),
            Whole(read, root, "chatsAtOnce", Chats, usual.ChatsAtOnce),
            Number(read, root, "maximumOccupancy", Target, usual.MaximumOccupancy),
            Number(read, root, "shrinkage", Part, usual.Shrinkage),
            Number(read, root, "solvedWithoutPerson", Part, usual.SolvedWithoutPerson),
            queues,
            Teams(read, root, queues),
            FieldReader.Optional(root, "cluster") is { } cluster ? Cluster(read, cluster) : usual.Cluster);
    }

    private static IReadOnlyList<StaffedQueue> Queues(FieldReader read, Field lines)
    {
        var queues = new List<StaffedQueue>();
        var usual = StaffingRules.Default.Queues[0];
        foreach (var line in read.List(lines, 1, MostQueues))
        {
            if (!read.IsObject(line, "name", "share", "meanServiceSeconds", "meanPatienceSeconds")) continue;
            queues.Add(new StaffedQueue(
                read.Required(line, "name") is { } name ? read.Text(name) : "",
                read.Required(line, "share") is { } share ? read.Number(share, Share) : 0,
                Number(read, line, "meanServiceSeconds", Seconds, usual.MeanServiceSeconds),
                Number(read, line, "meanPatienceSeconds", Seconds, usual.MeanPatienceSeconds)));
        }
        if (read.Problems.Count > 0) return queues;
        if (queues.Select(static queue => queue.Name).Distinct().Count() < queues.Count) read.Problem(lines.Path, "names a queue twice.");
        if (Math.Abs(queues.Sum(static queue => queue.Share) - 1) > SharesOff) read.Problem(lines.Path, "must have shares that add up to 1.");
        return queues;
    }

    private static IReadOnlyList<StaffedTeam> Teams(FieldReader read, Field root, IReadOnlyList<StaffedQueue> queues)
    {
        string[] names = [.. queues.Select(static queue => queue.Name)];
        if (FieldReader.Optional(root, "teams") is not { } lines) return [new StaffedTeam("all", [.. Enumerable.Range(0, names.Length)])];
        var teams = new List<StaffedTeam>();
        foreach (var line in read.List(lines, 1, MostTeams))
        {
            if (!read.IsObject(line, "name", "takes")) continue;
            int[] takes = [.. read.List(read.Required(line, "takes"), 1, MostQueues).Select(taken => read.Name(taken, names, "queue"))];
            if (takes.Distinct().Count() < takes.Length) read.Problem(line.Path, "names a queue twice.");
            teams.Add(new StaffedTeam(read.Required(line, "name") is { } name ? read.Text(name) : "", takes));
        }
        if (read.Problems.Count == 0 && Enumerable.Range(0, names.Length).FirstOrDefault(queue => !teams.Any(team => team.Takes.Contains(queue)), -1) is >= 0 and var left)
            read.Problem(lines.Path, $"leaves the queue \"{names[left]}\" to nobody.");
        return teams;
    }

    private static ClusterCapacity Cluster(FieldReader read, Field cluster)
    {
        var usual = ClusterCapacity.Default;
        if (!read.IsObject(cluster, "contactsPerSecondPerSilo", "connectionsPerGateway", "connectionsPerContact", "leastSilos", "leastGateways")) return usual;
        return new ClusterCapacity(
            Number(read, cluster, "contactsPerSecondPerSilo", Rate, usual.ContactsPerSecondPerSilo),
            Number(read, cluster, "connectionsPerGateway", Rate, usual.ConnectionsPerGateway),
            Number(read, cluster, "connectionsPerContact", Rate, usual.ConnectionsPerContact),
            Whole(read, cluster, "leastSilos", Processes, usual.LeastSilos),
            Whole(read, cluster, "leastGateways", Processes, usual.LeastGateways));
    }

    private static double Number(FieldReader read, Field parent, string name, Bounds bounds, double usual) =>
        FieldReader.Optional(parent, name) is { } field ? read.Number(field, bounds) : usual;

    private static int Whole(FieldReader read, Field parent, string name, Bounds bounds, int usual) =>
        FieldReader.Optional(parent, name) is { } field ? read.WholeNumber(field, bounds) : usual;
}
