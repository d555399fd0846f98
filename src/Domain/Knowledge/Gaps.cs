using System.Collections.Immutable;
using CampusCare.Domain.Knowledge.Search;

namespace CampusCare.Domain.Knowledge;

/// <summary>Similar questions that no article answered.</summary>
/// <param name="Example">The one that the others are like; digits are hidden.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Last">When the last one came.</param>
public sealed record Gap(string Example, int Count, DateTimeOffset Last)
{
    /// <summary>Some of the others, at most <see cref="Gaps.MaximumSamples"/>.</summary>
    public ImmutableArray<string> Samples { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>
/// Groups questions without an answer, one at a time: each joins the nearest group whose example shares enough of its
/// terms (Dice coefficient), or begins one. Bounded: a new group takes the place of the smallest and oldest.
/// </summary>
public static class Gaps
{
    public const int Maximum = 100, MaximumSamples = 4, MaximumExample = 80;

    private const double Alike = 0.42;

    /// <summary>The groups with one more question.</summary>
    public static ImmutableArray<Gap> With(ImmutableArray<Gap> gaps, string question, DateTimeOffset at)
    {
        var example = Hide(question);
        var terms = TermsOf(example);
        if (terms.Count == 0) return gaps;
        var (nearest, likeness) = (-1, 0.0);
        for (var i = 0; i < gaps.Length; i++)
            if (Dice(terms, TermsOf(gaps[i].Example)) is var dice && dice > likeness) (nearest, likeness) = (i, dice);
        if (likeness >= Alike)
        {
            var gap = gaps[nearest];
            var samples = gap.Samples.Length < MaximumSamples && example != gap.Example && !gap.Samples.Contains(example) ? gap.Samples.Add(example) : gap.Samples;
            return gaps.SetItem(nearest, gap with { Count = gap.Count + 1, Last = at, Samples = samples });
        }
        if (gaps.Length >= Maximum) gaps = gaps.Remove(gaps.MinBy(static gap => (gap.Count, gap.Last))!);
        return gaps.Add(new Gap(example, 1, at));
    }

    /// <summary>A question as it may be kept for a report: its beginning, with digits hidden, since they may be a phone or order number.</summary>
    public static string Hide(string question)
    {
        var cut = question.Length <= MaximumExample ? question : question[..(char.IsHighSurrogate(question[MaximumExample - 1]) ? MaximumExample - 1 : MaximumExample)];
        return string.Create(cut.Length, cut, static (hidden, text) =>
        {
            for (var i = 0; i < hidden.Length; i++) hidden[i] = char.IsDigit(text[i]) ? '#' : char.IsControl(text[i]) ? ' ' : text[i];
        }).Trim();
    }

    private static Dictionary<string, float> TermsOf(string text)
    {
        var terms = new Dictionary<string, float>();
        foreach (var term in Analyzer.Default.Terms(text)) terms.TryAdd(term.Text, term.Weight);
        return terms;
    }

    private static double Dice(Dictionary<string, float> a, Dictionary<string, float> b)
    {
        var shared = a.Where(term => b.ContainsKey(term.Key)).Sum(static term => term.Value);
        var all = a.Values.Sum() + b.Values.Sum();
        return all == 0 ? 0 : 2 * shared / all;
    }
}
