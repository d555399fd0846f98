using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What anybody may know of a campus.</summary>
public sealed record CampusView(string Campus, string NameZh, string NameEn, QueueName[] Queues);

/// <summary>A queue's id and names.</summary>
public sealed record QueueName(string Queue, string NameZh, string NameEn);

/// <summary>Tells what a campus is called and which queues it has.</summary>
internal sealed class CampusFacts(Cluster cluster)
{
    public async Task<Reply<CampusView>> Get(string campus)
    {
        var unknown = ProblemOf.NotFound("There is no such campus.");
        if (!Check.IsSlug(campus)) return unknown;
        return await cluster.Read(
            cluster.Grains.Campus(campus).Settings(),
            settings => settings is null ? unknown : (Reply<CampusView>)View(settings));
    }

    private static CampusView View(CampusSettings settings) =>
        new(settings.Campus, settings.NameZh, settings.NameEn, [.. settings.Queues.Select(queue => new QueueName(queue.Queue, queue.NameZh, queue.NameEn))]);
}
