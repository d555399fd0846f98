using CampusCare.Contracts;
using CampusCare.Contracts.Knowledge;
using CampusCare.Domain.Knowledge;
using CampusCare.Grains.Knowledge;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CampusCare.Silo;

/// <summary>Takes a file of articles into a library. What is there stays as it is, so that it may run at every start.</summary>
public static class KnowledgeSetup
{
    /// <summary>How many articles were new.</summary>
    /// <exception cref="InvalidDataException">It isn't a file of articles; the message says where.</exception>
    public static Task<int> TakeInArticles(this IGrainFactory grains, string library, string path) => grains.TakeInArticles(library, File.ReadAllBytes(path));

    /// <summary>How many articles were new.</summary>
    /// <exception cref="InvalidDataException">It isn't a file of articles; the message says where.</exception>
    public static Task<int> TakeInArticles(this IGrainFactory grains, string library, ReadOnlySpan<byte> utf8) =>
        grains.Knowledge(library).TakeIn([.. ArticleFile.Read(utf8).Select(static article => new PublishedVersion(article.Id, 1, article.Content()))]);
}

/// <summary>Takes the articles of the file that <c>Knowledge:File</c> names into the shared library, once the grains can be called.</summary>
internal sealed class KnowledgeAtStart(IGrainFactory grains, IConfiguration configuration) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Knowledge:File"] is { Length: > 0 } path) await grains.TakeInArticles(GrainKeys.SharedLibrary, path);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
