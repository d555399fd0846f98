using System.Collections.Immutable;
using System.Globalization;

namespace CampusCare.Domain.Knowledge;

/// <summary>A question as people type it, and what answers it: for measuring how well a shelf is searched.</summary>
/// <param name="Text">The question.</param>
/// <param name="Grades">By the article's id: 3 is the answer, 1 helps too. Empty: nothing answers it.</param>
public sealed record RatedQuery(string Text, ImmutableDictionary<string, int> Grades)
{
    /// <summary>How many of the articles found count.</summary>
    public const int Places = 5;

    private const int Answer = 3;

    /// <summary>
    /// Reads a query set: a question, a tab, and <c>id:grade</c> with commas between, or <c>-</c> when nothing answers it; lines
    /// that begin with <c>#</c> are comments.
    /// </summary>
    /// <exception cref="FormatException">A line is not like that.</exception>
    public static ImmutableArray<RatedQuery> Read(string file) =>
        [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(static line => line[0] != '#').Select(ReadLine)];

    /// <summary>
    /// The normalized discounted cumulative gain of what was found (K. Järvelin and J. Kekäläinen, 2002), 0 to 1: gain 2^grade − 1,
    /// discounted by the logarithm of the place, over that of the best order. Only for a question that has an answer.
    /// </summary>
    public double GainOf(IEnumerable<string> found) =>
        Discounted(found.Select(id => Grades.GetValueOrDefault(id))) / Discounted(Grades.Values.OrderDescending());

    /// <summary>Whether this article is the answer.</summary>
    public bool IsAnsweredBy(string id) => Grades.GetValueOrDefault(id) == Answer;

    private static double Discounted(IEnumerable<int> grades) =>
        grades.Take(Places).Select(static (grade, place) => (Math.Pow(2, grade) - 1) / Math.Log2(place + 2)).Sum();

    private static RatedQuery ReadLine(string line)
    {
        if (line.Split('\t') is not [var text, var grades]) throw new FormatException($"Not a question, a tab and its answers: {line}");
        return new RatedQuery(text, grades == "-" ? [] : grades.Split(',').Select(static grade => grade.Split(':'))
            .ToImmutableDictionary(static grade => grade[0], static grade => int.Parse(grade[1], CultureInfo.InvariantCulture)));
    }
}
