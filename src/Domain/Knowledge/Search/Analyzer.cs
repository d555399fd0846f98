using System.Buffers;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Knowledge.Search;

/// <summary>A term of a text, and how much a match of it means.</summary>
internal readonly record struct Term(string Text, float Weight);

/// <summary>
/// Takes a text apart into terms: pairs of neighbouring Han characters (so that words of two characters are found without
/// knowing them), single characters, stemmed Latin words, and the meaning of each known word, in which languages and
/// synonyms meet. Folded as for triage: half width, lower case, simplified characters.
/// </summary>
internal sealed class Analyzer(Synonyms synonyms)
{
    private const float ConceptWeight = 1.6f, PairWeight = 1f, SingleWeight = 0.25f, WordWeight = 1.2f;

    /// <summary>A longer text is cut: the matter of a message stands in its first thousand characters.</summary>
    private const int MaximumLength = 1_000;

    // Words that say nothing about the matter end a run, so that they make no pairs.
    private static readonly string[] SilentHan =
        ["请问", "怎么办", "怎么", "什么", "为什么", "我的", "我们", "你们", "可以", "能不能", "可不可以", "一下", "有没有", "是不是", "帮我", "帮忙", "麻烦", "谢谢",
         "你好", "您好", "这个", "那个", "就是", "现在", "已经", "但是", "还是", "想问", "一直", "如何", "吗", "呢", "啊", "吧", "哦", "嘛", "呀", "了", "的", "是", "我", "你", "在", "就", "都", "也", "会", "要", "想", "能"];

    private static readonly SearchValues<string> Silent = SearchValues.Create(SilentHan, StringComparison.Ordinal);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> SilentLookup = SilentHan.ToHashSet().GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string> SilentWords =
    [
        "a", "an", "the", "is", "are", "was", "were", "i", "my", "me", "you", "your", "it", "its", "to", "of", "for", "and", "or", "in", "on", "at", "do", "does", "did",
        "can", "could", "please", "how", "why", "when", "have", "has", "had", "be", "been", "with", "this", "that", "so", "but", "we", "what", "where", "there", "will", "would",
        "hi", "hello", "just", "am", "if", "by", "get", "got", "im", "up", "out", "still",
    ];

    public static Analyzer Default { get; } = new(Synonyms.Default);

    /// <summary>The terms of a text, in order; a term may stand several times.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="spelling">Mends unknown Latin words; null for texts that are taken as they are.</param>
    public List<Term> Terms(string text, Func<string, string?>? spelling = null)
    {
        var folded = FoldedText.Fold(text.AsSpan(0, Math.Min(text.Length, MaximumLength)));
        var terms = new List<Term>(folded.Length * 2);
        for (var at = 0; at < folded.Length;)
        {
            var end = at;
            if (IsHan(folded[at]))
            {
                while (end < folded.Length && IsHan(folded[end])) end++;
                Meanings(folded.AsSpan(at, end - at), terms);
                HanRun(folded.AsSpan(at, end - at), terms);
            }
            else if (char.IsAsciiLetterOrDigit(folded[at]))
            {
                while (end < folded.Length && (char.IsAsciiLetterOrDigit(folded[end]) || folded[end] == '\'')) end++;
                Latin(folded[at..end], terms, spelling);
            }
            else end++;
            at = end;
        }
        return terms;
    }

    private void Meanings(ReadOnlySpan<char> run, List<Term> terms)
    {
        for (var i = 0; i < run.Length;)
        {
            var (length, concept) = synonyms.Match(run[i..]);
            if (length > 0) terms.Add(new Term(concept!, ConceptWeight));
            i += Math.Max(1, length);
        }
    }

    private static void HanRun(ReadOnlySpan<char> run, List<Term> terms)
    {
        while (!run.IsEmpty)
        {
            var silent = run.IndexOfAny(Silent);
            var head = silent < 0 ? run : run[..silent];
            for (var i = 0; i < head.Length; i++)
            {
                terms.Add(new Term(Character(head[i]), SingleWeight));
                if (i + 1 < head.Length) terms.Add(new Term(head.Slice(i, 2).ToString(), PairWeight));
            }
            if (silent < 0) return;
            run = run[(silent + LengthOfSilent(run[silent..]))..];
        }
    }

    // The same few thousand characters come again and again.
    private static string Character(char c) => Characters[c - '\u3400'] ??= c.ToString();

    private static readonly string?[] Characters = new string?['\uFB00' - '\u3400'];

    private static int LengthOfSilent(ReadOnlySpan<char> run)
    {
        for (var length = Math.Min(4, run.Length); length > 1; length--)
            if (SilentLookup.Contains(run[..length])) return length;
        return 1;
    }

    private void Latin(string word, List<Term> terms, Func<string, string?>? spelling)
    {
        if (SilentWords.Contains(word) || word.Length > 40) return;
        var stem = Stem(word);
        if (synonyms.OfWord(stem) is null && spelling?.Invoke(stem) is { } mended) stem = mended;
        if (synonyms.OfWord(stem) is { } concept) terms.Add(new Term(concept, ConceptWeight));
        terms.Add(new Term(stem, WordWeight));
    }

    /// <summary>A word without the endings that only grammar needs.</summary>
    internal static string Stem(string word)
    {
        word = word.Replace("'s", "").Replace("'", "");
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal)) word = word[..^3] + "y";
        else if (word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal)) word = word[..^1];
        if (word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal)) word = Undouble(word[..^3]);
        else if (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal)) word = Undouble(word[..^2]);
        else if (word.Length > 4 && word.EndsWith('e')) word = word[..^1];
        return word;
    }

    private static string Undouble(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem.EndsWith('e') ? stem[..^1] : stem;

    internal static bool IsHan(char c) => c is (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}
