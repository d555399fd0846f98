using System.Globalization;
using System.Text.Json;

namespace CampusCare.Domain.Simulation;

/// <summary>What is wrong with a model file, and with which field of it.</summary>
/// <param name="Field">Its path, such as <c>callTypes[1].arrivalsPerHour[3]</c>; empty for the file as a whole.</param>
/// <param name="Message">A sentence that says what is wanted and what is there.</param>
public sealed record ModelProblem(string Field, string Message)
{
    public override string ToString() => Field.Length == 0 ? Message : $"{Field}: {Message}";
}

/// <summary>A value in a model file and where it stands.</summary>
internal readonly record struct Field(JsonElement Json, string Path)
{
    public Field Item(int index) => new(Json[index], $"{Path}[{index}]");
}

/// <summary>From least (or above it) to most.</summary>
internal readonly record struct Bounds(double Least, double Most, bool Above = false)
{
    public bool Contain(double value) => (Above ? value > Least : value >= Least) && value <= Most;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Above ? "above" : "from")} {Least} to {Most}");
}

/// <summary>
/// Reads typed values from JSON and collects what is wrong with them. Whatever it returns for a wrong value is a
/// stand-in, so that reading can go on and name the other problems too.
/// </summary>
internal sealed class FieldReader
{
    private const int LongestName = 100;

    private readonly List<ModelProblem> _problems = [];

    public IReadOnlyList<ModelProblem> Problems => _problems;

    public void Problem(string path, string message) => _problems.Add(new ModelProblem(path, message));

    /// <summary>An object with no other members than the known ones.</summary>
    public bool IsObject(Field field, params ReadOnlySpan<string> known)
    {
        if (field.Json.ValueKind != JsonValueKind.Object)
        {
            Problem(field.Path, $"must be an object, but is {Describe(field.Json)}.");
            return false;
        }
        foreach (var member in field.Json.EnumerateObject())
            if (!known.Contains(member.Name))
                Problem(PathOf(field, member.Name), $"is not known here. Known are {string.Join(", ", known!)}.");
        return true;
    }

    /// <summary>A member that may be left out; null is the same as left out.</summary>
    public static Field? Optional(Field parent, string name) =>
        parent.Json.ValueKind == JsonValueKind.Object && parent.Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new Field(value, PathOf(parent, name)) : null;

    public Field? Required(Field parent, string name)
    {
        var found = Optional(parent, name);
        if (found is null) Problem(PathOf(parent, name), "is missing.");
        return found;
    }

    public IReadOnlyList<Field> List(Field? field, int least, int most)
    {
        if (field is not { } list) return [];
        if (list.Json.ValueKind != JsonValueKind.Array)
        {
            Problem(list.Path, $"must be a list, but is {Describe(list.Json)}.");
            return [];
        }
        var length = list.Json.GetArrayLength();
        if (length >= least && length <= most) return [.. Enumerable.Range(0, length).Select(list.Item)];
        Problem(list.Path, $"must have {least} to {most} entries, but has {length}.");
        return [];
    }

    public double Number(Field field, Bounds bounds)
    {
        if (field.Json.ValueKind == JsonValueKind.Number && field.Json.TryGetDouble(out var value) && bounds.Contain(value)) return value;
        Problem(field.Path, $"must be a number {bounds}, but is {Describe(field.Json)}.");
        return bounds.Most;
    }

    public int WholeNumber(Field field, Bounds bounds)
    {
        if (field.Json.ValueKind == JsonValueKind.Number && field.Json.TryGetDouble(out var value) && bounds.Contain(value) && Math.Floor(value) == value)
            return (int)value;
        Problem(field.Path, $"must be a whole number {bounds}, but is {Describe(field.Json)}.");
        return (int)bounds.Most;
    }

    public string Text(Field field)
    {
        if (field.Json.ValueKind == JsonValueKind.String && field.Json.GetString() is { Length: > 0 and <= LongestName } text) return text;
        Problem(field.Path, $"must be a text of 1 to {LongestName} characters, but is {Describe(field.Json)}.");
        return "";
    }

    /// <summary>One value for all periods, or a list with one for each.</summary>
    public IReadOnlyList<T> PerPeriod<T>(Field? field, int periods, T otherwise, Func<Field, T> read)
    {
        if (field is not { } given) return [.. Enumerable.Repeat(otherwise, periods)];
        if (given.Json.ValueKind != JsonValueKind.Array) return [.. Enumerable.Repeat(read(given), periods)];
        var length = given.Json.GetArrayLength();
        if (periods == 0) return []; // the periods themselves are wrong, and that was said
        if (length == periods) return [.. Enumerable.Range(0, length).Select(given.Item).Select(read)];
        Problem(given.Path, $"must be one value, or a list of {periods} values (one a period), but has {length}.");
        return [.. Enumerable.Repeat(otherwise, periods)];
    }

    /// <summary>The index of a name in a list of names. Where a name of the list is wrong itself ("") nothing is said about others.</summary>
    public int Name(Field field, IReadOnlyList<string> names, string what)
    {
        var text = Text(field);
        for (var i = 0; i < names.Count; i++)
            if (names[i] == text) return i;
        if (text.Length > 0 && names.Count > 0 && !names.Contains("")) Problem(field.Path, $"names the {what} \"{text}\", which the file doesn't have.");
        return -1;
    }

    private static string PathOf(Field parent, string name) => parent.Path.Length == 0 ? name : $"{parent.Path}.{name}";

    private static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.GetRawText() is { Length: < 30 } text => text,
        JsonValueKind.String when json.GetString() is { Length: < LongestName } text => $"the text \"{text}\"",
        JsonValueKind.String => "another text",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        _ => "something else",
    };
}
