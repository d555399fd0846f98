using System.Collections.Immutable;
using CampusCare.Domain.Knowledge;

namespace CampusCare.Cli;

/// <summary>The articles that ship with the program.</summary>
internal static class Shipped
{
    /// <summary>The file.</summary>
    public static byte[] ArticleFile()
    {
        using var stream = typeof(Shipped).Assembly.GetManifestResourceStream("knowledge.json") ?? throw new InvalidDataException("knowledge.json is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>What is in it.</summary>
    public static ImmutableArray<Article> Articles() => Domain.Knowledge.ArticleFile.Read(ArticleFile());
}
