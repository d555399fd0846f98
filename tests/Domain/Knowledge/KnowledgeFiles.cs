using System.Collections.Immutable;
using System.Reflection;
using CampusCare.Domain.Knowledge;

namespace CampusCare.Domain.Tests.Knowledge;

/// <summary>The articles that ship, and the query set.</summary>
internal static class KnowledgeFiles
{
    public static readonly DateTimeOffset Now = new(2026, 11, 28, 4, 0, 0, TimeSpan.Zero);

    public static ImmutableArray<Article> Articles { get; } = ArticleFile.Read(Bytes("knowledge.json"));

    public static Shelf Shelf { get; } = new(Articles.Select(static article => new PublishedArticle(article, 1)), [], []);

    public static ImmutableArray<RatedQuery> Queries { get; } = RatedQuery.Read(System.Text.Encoding.UTF8.GetString(Bytes("queries.tsv")));

    private static byte[] Bytes(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
