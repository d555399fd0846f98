using System.Collections.Immutable;
using System.Text;
using CampusCare.Domain.Knowledge;

namespace CampusCare.Cli;

/// <summary>The articles that ship with the program.</summary>
internal static class Shipped
{
    /// <summary>What is in the file.</summary>
    public static ImmutableArray<Article> Articles() => Domain.Knowledge.ArticleFile.Read(ArticleFile());

    /// <summary>The file.</summary>
    public static byte[] ArticleFile() => Bytes("knowledge.json");

    /// <summary>A file that ships, as text.</summary>
    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    private static byte[] Bytes(string name)
    {
        using var stream = typeof(Shipped).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
