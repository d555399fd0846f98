using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What supervisors should see: clocks that were missed, and next lines that were asked, of tickets that are not solved yet.</summary>
internal sealed class OpenAlerts(Cluster cluster)
{
    /// <summary>More than anybody can look after at once.</summary>
    public const int Maximum = 200;

    private static readonly Problem NoCampus = ProblemOf.NotFound("There is no such campus.");

    /// <summary>The last of a campus, the newest last.</summary>
    public async Task<Reply<ClockAlert[]>> Of(string campus)
    {
        var settings = await cluster.Read(cluster.Grains.Campus(campus).Settings(), static settings => settings is null ? NoCampus : (Reply<CampusSettings>)settings);
        if (settings.Value is not { } known) return settings.Problem!;
        return await cluster.Read(
            Task.WhenAll(known.Queues.Select(queue => cluster.Grains.Queue(campus, queue.Queue).OpenAlerts())),
            static queues => (Reply<ClockAlert[]>)queues.SelectMany(static alerts => alerts)
                .DistinctBy(static alert => (alert.TicketId, alert.Kind, alert.Seq))
                .OrderBy(static alert => alert.DueAt).TakeLast(Maximum).ToArray());
    }
}
