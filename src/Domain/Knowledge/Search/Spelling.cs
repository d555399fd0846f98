namespace CampusCare.Domain.Knowledge.Search;

/// <summary>
/// Finds the known word that a mistyped one was meant to be. Words meet by what is left of them after one letter is taken
/// out (symmetric deletion), which covers one letter wrong, missing, added, or two swapped; long words may have two faults.
/// </summary>
internal sealed class Spelling
{
    private const int Shortest = 4, Long = 8;

    private readonly Dictionary<string, List<string>> _byRest = [];
    private readonly HashSet<string> _known;

    public Spelling(IEnumerable<string> words)
    {
        _known = [.. words.Where(static word => word.Length > 1 && char.IsAsciiLetter(word[0]))];
        foreach (var word in _known.Where(static word => word.Length >= Shortest).Order(StringComparer.Ordinal))
            foreach (var rest in Rests(word)) (_byRest.TryGetValue(rest, out var list) ? list : _byRest[rest] = []).Add(word);
    }

    /// <summary>The known word; null when the word is known, too short, or like none.</summary>
    public string? Mend(string word)
    {
        if (word.Length < Shortest || word.Length > 30 || _known.Contains(word) || char.IsAsciiDigit(word[0])) return null;
        string? best = null;
        var least = word.Length >= Long ? 3 : 2;
        foreach (var rest in Rests(word))
        {
            if (!_byRest.TryGetValue(rest, out var candidates)) continue;
            foreach (var candidate in candidates)
                if (Faults(word, candidate) is var faults && faults < least) (best, least) = (candidate, faults);
        }
        return best;
    }

    private static IEnumerable<string> Rests(string word)
    {
        yield return word;
        for (var i = 0; i < word.Length; i++) yield return word.Remove(i, 1);
    }

    /// <summary>Optimal string alignment distance: letters changed, added, removed, or swapped with their neighbour.</summary>
    internal static int Faults(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last) = (last, row);
        }
        return last[b.Length];
    }
}
