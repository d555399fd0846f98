using System.Collections.Frozen;
using System.Reflection;

namespace CampusCare.Domain.Triage;

/// <summary>Words by meaning, read from concepts.txt and dishes.txt.</summary>
internal sealed class Lexicon
{
    /// <summary>The concept of a word that only looks like another concept ("里面" is no noodle).</summary>
    public const string Plain = "Plain";

    /// <summary>The concept of dishes and drinks.</summary>
    public const string Dish = "Dish";

    private readonly FrozenDictionary<char, Entry[]> _byFirst;
    private readonly FrozenDictionary<string, int> _latin;

    private Lexicon(IEnumerable<(string Concept, string Word)> words)
    {
        var concepts = new List<string>();
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (concept, word) in words)
        {
            if (!concepts.Contains(concept)) concepts.Add(concept);
            if (!all.TryAdd(word, concepts.IndexOf(concept))) throw new InvalidDataException($"'{word}' stands in two concepts.");
        }
        Concepts = concepts;
        _latin = all.Where(w => IsLatin(w.Key[0])).ToFrozenDictionary(StringComparer.Ordinal);
        _byFirst = all.Where(w => !IsLatin(w.Key[0]))
            .Select(w => new Entry(w.Key, w.Value))
            .GroupBy(e => e.Word[0])
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(e => e.Word.Length).ToArray());
    }

    /// <summary>The words that ship with the program.</summary>
    public static Lexicon Default { get; } = new(Read("concepts.txt").Concat(Read("dishes.txt")));

    /// <summary>Names of the concepts; a concept's number is its index here.</summary>
    public IReadOnlyList<string> Concepts { get; }

    /// <summary>The longest known word at the start of folded text: its length and concept, or a length of 0.</summary>
    public (int Length, int Concept) Match(ReadOnlySpan<char> text)
    {
        if (IsLatin(text[0]))
        {
            var length = LatinLength(text);
            return _latin.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var concept) ? (length, concept) : default;
        }
        if (!_byFirst.TryGetValue(text[0], out var entries)) return default;
        foreach (var entry in entries)
        {
            if (text.StartsWith(entry.Word)) return (entry.Word.Length, entry.Concept);
        }
        return default;
    }

    /// <summary>Length of the run of Latin letters and digits at the start of the text.</summary>
    public static int LatinLength(ReadOnlySpan<char> text)
    {
        var digits = char.IsAsciiDigit(text[0]);
        var length = 0;
        while (length < text.Length && (digits ? char.IsAsciiDigit(text[length]) : IsLetter(text[length]))) length++;
        return length;
    }

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c == '\'';

    private static IEnumerable<(string Concept, string Word)> Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(Lexicon), resource)
            ?? throw new InvalidDataException($"{resource} is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var concept = colon < 0 ? Dish : line[..colon];
            foreach (var word in line[(colon < 0 ? 0 : colon + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return (concept, word);
        }
    }

    private readonly record struct Entry(string Word, int Concept);
}
