using System.Collections.Immutable;
using System.Reflection;
using CampusCare.Domain.Knowledge;

namespace CampusCare.Domain.Tests.Knowledge;

/// <summary>A question of the query set.</summary>
/// <param name="Text">As people type it.</param>
/// <param name="Grades">What answers it: 3 is the answer, 1 helps too; empty: nothing does.</param>
internal sealed record RatedQuery(string Text, IReadOnlyDictionary<string, int> Grades);

/// <summary>The articles that ship, and the query set.</summary>
internal static class KnowledgeFiles
{
    public static readonly DateTimeOffset Now = new(2026, 11, 28, 4, 0, 0, TimeSpan.Zero);

    public static ImmutableArray<Article> Articles { get; } = ArticleFile.Read(Bytes("knowledge.json"));

    public static Shelf Shelf { get; } = new(Articles.Select(static article => new PublishedArticle(article, 1)), [], []);

    public static IReadOnlyList<RatedQuery> Queries { get; } =
    [
        .. System.Text.Encoding.UTF8.GetString(Bytes("queries.tsv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line[0] != '#').Select(static line => line.Trim().Split('\t'))
            .Select(static parts => new RatedQuery(parts[0], parts[1] == "-"
                ? new Dictionary<string, int>()
                : parts[1].Split(',').Select(static grade => grade.Split(':')).ToDictionary(static grade => grade[0], static grade => int.Parse(grade[1])))),
    ];

    private static byte[] Bytes(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
