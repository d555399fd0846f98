using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CampusCare.Domain.Knowledge;

/// <summary>Reads a file of articles: a JSON list, members named as in <see cref="Article"/>, in camel case.</summary>
public static class ArticleFile
{
    /// <summary>The articles, all of them checked.</summary>
    /// <exception cref="InvalidDataException">It isn't such a file, or an article can't be used; the message says which and why.</exception>
    public static ImmutableArray<Article> Read(ReadOnlySpan<byte> utf8)
    {
        Article[] articles;
        try
        {
            articles = JsonSerializer.Deserialize(utf8, ArticleJson.Default.ArticleArray) ?? throw new InvalidDataException("There is no list of articles.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The file isn't a list of articles: {e.Message}", e);
        }
        foreach (var article in articles)
            if (ArticleCheck.Fault(article) is { } fault) throw new InvalidDataException($"Article '{article.Id}', {fault.Field}: {fault.Detail}");
        return [.. articles];
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Article[]))]
internal sealed partial class ArticleJson : JsonSerializerContext;
