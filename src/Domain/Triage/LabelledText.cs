namespace CampusCare.Domain.Triage;

/// <summary>One utterance of the corpus with what a person says it is about.</summary>
/// <param name="Text">As people type it.</param>
/// <param name="Categories">One or more, the main one first.</param>
/// <param name="Sentiment">The mood.</param>
/// <param name="Urgency">How soon a person should look.</param>
public sealed record LabelledText(string Text, IReadOnlyList<Category> Categories, Sentiment Sentiment, Urgency Urgency)
{
    private const uint HeldOutOneIn = 10;

    /// <summary>The first line of a corpus file.</summary>
    public const string Header = "text\tcategories\tsentiment\turgency";

    /// <summary>True for one text in ten, by a hash of its words: training never sees it, so that it can judge the model.</summary>
    public bool IsHeldOut => Hash(Words) % HeldOutOneIn == 0;

    /// <summary>Reads a line of a corpus file: text, categories joined by commas, sentiment, urgency, split by tabs.</summary>
    /// <exception cref="FormatException">The line is no such line.</exception>
    public static LabelledText Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Split('\t') is not [{ Length: > 0 } text, var categories, var sentiment, var urgency]) throw new FormatException($"Not four columns: {line}");
        return new LabelledText(
            text,
            [.. categories.Split(',').Select(c => Read<Category>(c, line))],
            Read<Sentiment>(sentiment, line),
            Read<Urgency>(urgency, line));
    }

    /// <summary>The line of a corpus file; what would end it too early is a space.</summary>
    public string Line() => string.Join('\t', string.Concat(Text.Select(static c => char.IsControl(c) ? ' ' : c)), string.Join(',', Categories), Sentiment, Urgency);

    /// <summary>The words, the same however they were typed.</summary>
    public string Words => FoldedText.Compact(FoldedText.Fold(Text));

    /// <summary>FNV-1a, 32 bits.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);

    private static T Read<T>(string name, string line)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : throw new FormatException($"No {typeof(T).Name} is called {name}: {line}");
}
