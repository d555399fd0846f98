using System.Collections.Frozen;
using System.Reflection;

namespace CampusCare.Domain.Knowledge.Search;

/// <summary>Words that mean the same, in either language, read from synonyms.txt.</summary>
internal sealed class Synonyms
{
    private readonly FrozenDictionary<char, (string Word, string Concept)[]> _han;
    private readonly FrozenDictionary<string, string> _latin;

    private Synonyms(IEnumerable<(string Concept, string Word)> words)
    {
        var all = words.DistinctBy(static entry => entry.Word).ToList();
        _han = all.Where(static entry => Analyzer.IsHan(entry.Word[0]))
            .GroupBy(static entry => entry.Word[0])
            .ToFrozenDictionary(static group => group.Key, static group => group.Select(static entry => (entry.Word, entry.Concept)).OrderByDescending(static entry => entry.Word.Length).ToArray());
        _latin = all.Where(static entry => !Analyzer.IsHan(entry.Word[0])).Select(static entry => (Stem: Analyzer.Stem(entry.Word), entry.Concept)).DistinctBy(static entry => entry.Stem)
            .ToFrozenDictionary(static entry => entry.Stem, static entry => entry.Concept);
    }

    /// <summary>The words that ship with the program.</summary>
    public static Synonyms Default { get; } = new(Read());

    /// <summary>The known Latin words, stemmed.</summary>
    public IEnumerable<string> LatinWords => _latin.Keys;

    /// <summary>The longest known word at the start of a run of Han characters: its length and meaning, or a length of 0.</summary>
    public (int Length, string? Concept) Match(ReadOnlySpan<char> run)
    {
        if (!_han.TryGetValue(run[0], out var entries)) return default;
        foreach (var (word, concept) in entries)
            if (run.StartsWith(word)) return (word.Length, concept);
        return default;
    }

    /// <summary>The meaning of a stemmed Latin word; null when it isn't known.</summary>
    public string? OfWord(string stem) => _latin.GetValueOrDefault(stem);

    private static IEnumerable<(string Concept, string Word)> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(Synonyms), "synonyms.txt")
            ?? throw new InvalidDataException("synonyms.txt is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            foreach (var word in line[(colon + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return ($"={line[..colon]}", word);
        }
    }
}
