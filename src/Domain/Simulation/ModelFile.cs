using System.Globalization;
using System.Text.Json;

namespace CampusCare.Domain.Simulation;

/// <summary>A model, or else what is wrong with its file.</summary>
public sealed record ModelReading(ContactCenterModel? Model, IReadOnlyList<ModelProblem> Problems);

/// <summary>Reads and checks a model file; docs/simulation.md describes its format.</summary>
public static class ModelFile
{
    /// <summary>Larger files are refused unread.</summary>
    public const int MostBytes = 4 << 20;

    private const int MostPeriods = 2_000, MostTypes = 200, MostGroups = 200, MostCells = 20_000;
    private const double BusiestDay = 50e6;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private static readonly Bounds Seconds = new(0, 1e8, Above: true);
    private static readonly Bounds NoWaitOrSeconds = new(0, 1e8);
    private static readonly Bounds Rate = new(0, 1e8);
    private static readonly Bounds Probability = new(0, 1);
    private static readonly Bounds Shape = new(0.1, 1e6);
    private static readonly Bounds Agents = new(0, 100_000);

    /// <summary>What is said of a file with more than <see cref="MostBytes"/>.</summary>
    public static ModelReading TooLarge { get; } = new(null, [new ModelProblem("", $"The file has more than {MostBytes} bytes.")]);

    /// <summary>A model, or all that is wrong.</summary>
    public static ModelReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MostBytes) return TooLarge;
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            CheckTexts(utf8.Span);
            using var json = JsonDocument.Parse(utf8, Lenient);
            var reader = new FieldReader();
            var model = Model(reader, new Field(json.RootElement, ""));
            return new ModelReading(reader.Problems.Count == 0 ? model : null, reader.Problems);
        }
        catch (JsonException e)
        {
            return new ModelReading(null, [new ModelProblem("", $"The file is not valid JSON: {e.Message}")]);
        }
    }

    /// <summary>Half a character is fine with JSON's grammar, but can't be read as text.</summary>
    private static void CheckTexts(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = Lenient.CommentHandling, AllowTrailingCommas = Lenient.AllowTrailingCommas });
        while (reader.Read())
            try
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw new JsonException($"The text at byte {reader.TokenStartIndex} is not valid Unicode.");
            }
    }

    private static ContactCenterModel? Model(FieldReader read, Field root)
    {
        if (!read.IsObject(root, "name", "description", "serviceLevelSeconds", "periods", "busyness", "callTypes", "agentGroups")) return null;
        if (FieldReader.Optional(root, "description") is { } description && description.Json.ValueKind != JsonValueKind.String)
            read.Problem(description.Path, "must be a text.");
        var periods = read.List(read.Required(root, "periods"), 1, MostPeriods).Select(period => read.Number(period, Seconds)).ToArray();
        var types = read.List(read.Required(root, "callTypes"), 1, MostTypes);
        var groups = read.List(read.Required(root, "agentGroups"), 1, MostGroups);
        var typeNames = Names(read, types);
        var groupNames = Names(read, groups);
        var model = new ContactCenterModel(
            FieldReader.Optional(root, "name") is { } name ? read.Text(name) : "",
            read.Required(root, "serviceLevelSeconds") is { } within ? read.Number(within, NoWaitOrSeconds) : 0,
            FieldReader.Optional(root, "busyness") is { } busyness ? Busyness(read, busyness) : null,
            periods,
            [.. types.Select((type, i) => CallType(read, type, typeNames[i], groupNames, periods.Length))],
            [.. groups.Select((group, i) => AgentGroup(read, group, groupNames[i], typeNames, periods.Length))]);
        if (read.Problems.Count == 0) CheckWhole(read, model);
        return model;
    }

    private static string[] Names(FieldReader read, IReadOnlyList<Field> of)
    {
        var names = new string[of.Count];
        for (var i = 0; i < of.Count; i++)
        {
            var field = of[i].Json.ValueKind == JsonValueKind.Object ? read.Required(of[i], "name") : null;
            names[i] = field is { } given ? read.Text(given) : "";
            if (names[i].Length == 0 || Array.IndexOf(names, names[i]) == i) continue;
            read.Problem(field!.Value.Path, $"is \"{names[i]}\" a second time.");
            names[i] = "";
        }
        return names;
    }

    private static double? Busyness(FieldReader read, Field busyness) =>
        read.IsObject(busyness, "shape") && read.Required(busyness, "shape") is { } shape ? read.Number(shape, Shape) : null;

    private static CallType CallType(FieldReader read, Field type, string name, string[] groupNames, int periods)
    {
        if (!read.IsObject(type, "name", "arrivalsPerHour", "meanServiceSeconds", "meanPatienceSeconds", "balkingProbability", "groups"))
            return new CallType(name, [], [], [], [], []);
        var groups = read.List(read.Required(type, "groups"), 1, MostGroups);
        return new CallType(
            name,
            read.PerPeriod(read.Required(type, "arrivalsPerHour"), periods, 0, value => read.Number(value, Rate)),
            read.PerPeriod(read.Required(type, "meanServiceSeconds"), periods, 1, value => read.Number(value, Seconds)),
            read.PerPeriod(FieldReader.Optional(type, "meanPatienceSeconds"), periods, double.PositiveInfinity, value => Patience(read, value)),
            read.PerPeriod(FieldReader.Optional(type, "balkingProbability"), periods, 0, value => read.Number(value, Probability)),
            Distinct(read, groups, groupNames, "agent group", []));
    }

    private static double Patience(FieldReader read, Field value) =>
        value.Json.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : read.Number(value, Seconds);

    private static AgentGroup AgentGroup(FieldReader read, Field group, string name, string[] typeNames, int periods)
    {
        if (!read.IsObject(group, "name", "agents", "takes")) return new AgentGroup(name, [], []);
        var seen = new HashSet<int>();
        var ranks = read.List(read.Required(group, "takes"), 0, MostTypes);
        return new AgentGroup(
            name,
            read.PerPeriod(read.Required(group, "agents"), periods, 0, value => read.WholeNumber(value, Agents)),
            [.. ranks.Select(rank => Distinct(read, Rank(read, rank), typeNames, "call type", seen))]);
    }

    /// <summary>A name alone is a rank of one.</summary>
    private static IReadOnlyList<Field> Rank(FieldReader read, Field rank) =>
        rank.Json.ValueKind == JsonValueKind.Array ? read.List(rank, 1, MostTypes) : [rank];

    private static int[] Distinct(FieldReader read, IReadOnlyList<Field> fields, string[] names, string what, HashSet<int> seen)
    {
        var indices = new int[fields.Count];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = read.Name(fields[i], names, what);
            if (indices[i] >= 0 && !seen.Add(indices[i])) read.Problem(fields[i].Path, $"names the {what} \"{names[indices[i]]}\" a second time.");
        }
        return indices;
    }

    private static void CheckWhole(FieldReader read, ContactCenterModel model)
    {
        var cells = model.Periods.Count * Math.Max(model.CallTypes.Count, model.AgentGroups.Count);
        if (cells > MostCells) read.Problem("periods", $"times call types or agent groups makes {cells}; at most {MostCells} can be reported on.");
        var arrivals = model.CallTypes.Sum(type => type.ArrivalsPerHour.Zip(model.Periods, (rate, seconds) => rate * seconds / 3600).Sum());
        // A gamma factor of shape a exceeds 1 + 40/a less than once in 10^15 days.
        var busiest = arrivals * (1 + (model.BusynessShape is { } shape ? 40 / shape : 0));
        if (busiest > BusiestDay)
            read.Problem("callTypes", string.Create(CultureInfo.InvariantCulture, $"have {arrivals:0} arrivals a day, up to {busiest:0} on a busy one; at most {BusiestDay:0} can be simulated."));
        for (var i = 0; i < model.CallTypes.Count; i++)
            if (model.CallTypes[i].MeanPatienceSeconds.Any(double.IsInfinity) && !IsServedAtTheEnd(model, i))
                read.Problem($"callTypes[{i}].meanPatienceSeconds", "must be given, because no group that takes these calls has agents in the last period: who never gives up would wait for ever.");
    }

    /// <summary>Some group is offered these calls, takes them from the line, and is there until the last one is out.</summary>
    private static bool IsServedAtTheEnd(ContactCenterModel model, int type) => model.CallTypes[type].Groups.Any(group =>
        model.AgentGroups[group].Agents[^1] > 0 && model.AgentGroups[group].Takes.Any(rank => rank.Contains(type)));
}
