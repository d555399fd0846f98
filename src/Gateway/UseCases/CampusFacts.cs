using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Campuses;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What anybody may know of a campus.</summary>
public sealed record CampusView(string Campus, string NameZh, string NameEn, QueueName[] Queues);

/// <summary>A queue's id and names.</summary>
public sealed record QueueName(string Queue, string NameZh, string NameEn);

/// <summary>Somebody who answers.</summary>
/// <param name="AgentId">Unique in the campus.</param>
/// <param name="Name">Shown to customers.</param>
/// <param name="Status">What the agent chose.</param>
/// <param name="RoutingState">What the system computed.</param>
/// <param name="Queues">The queues that the agent serves.</param>
public sealed record Colleague(string AgentId, string Name, AgentStatus Status, RoutingState RoutingState, string[] Queues);

/// <summary>What is known of a campus, and how its queues are changed.</summary>
internal sealed class CampusFacts(Cluster cluster, AuditTrail trail)
{
    public async Task<Reply<CampusView>> Get(string campus)
    {
        var unknown = ProblemOf.NotFound("There is no such campus.");
        if (!Check.IsSlug(campus)) return unknown;
        return await cluster.Read(
            cluster.Grains.Campus(campus).Settings(),
            settings => settings is null ? unknown : (Reply<CampusView>)View(settings));
    }

    /// <summary>Those who answer, by id, after one of them.</summary>
    public async Task<Reply<Colleague[]>> Agents(string campus, string? after, int limit) => await cluster.Read(
        DesksOf(campus, after, limit),
        static desks => (Reply<Colleague[]>)desks.Select(static desk =>
            new Colleague(desk.AgentId, desk.Name, desk.Status, desk.RoutingState, [.. desk.Queues])).ToArray());

    /// <summary>All settings.</summary>
    public Task<Reply<CampusSettings>> Settings(string campus) => cluster.Read(
        cluster.Grains.Campus(campus).Settings(),
        static settings => settings ?? (Reply<CampusSettings>)ProblemOf.NotFound("There is no such campus."));

    /// <summary>Changes a queue while it runs.</summary>
    public async Task<Reply<CampusSettings>> ChangeQueue(Caller caller, QueueSettings queue, long? version)
    {
        if (!Check.IsSlug(queue.Queue)) return ProblemOf.NotFound("There is no such queue.");
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).ConfigureQueue(queue, version));
        return await trail.Keep(caller, AuditActions.QueueChanged, queue.Queue, "", reply);
    }

    /// <summary>Changes which web origins may embed the customers' page and call the API from a browser.</summary>
    public async Task<Reply<CampusSettings>> AllowOrigins(Caller caller, string[]? origins, long? version)
    {
        if (origins is null || origins.Contains(null)) return ProblemOf.Invalid("origins", "`origins` must be a list of web origins such as https://app.example.edu; it may be empty.");
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).AllowOrigins([.. origins], version));
        return await trail.Keep(caller, AuditActions.OriginsChanged, "", "", reply);
    }

    /// <summary>Changes how long personal data are kept.</summary>
    public async Task<Reply<CampusSettings>> ChangeRetention(Caller caller, RetentionSettings retention, long? version)
    {
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).ConfigureRetention(retention, version));
        return await trail.Keep(caller, AuditActions.RetentionChanged, "", $"{retention.PersonalDays}", reply);
    }

    private async Task<IEnumerable<AgentDesk>> DesksOf(string campus, string? after, int limit)
    {
        var agents = (await cluster.Grains.Campus(campus).Agents()).Where(agent => string.CompareOrdinal(agent, after) > 0).Order(StringComparer.Ordinal).Take(limit);
        var desks = await Task.WhenAll(agents.Select(agent => cluster.Grains.Agent(campus, agent).Desk()));
        return desks.Select(static desk => desk.Value).OfType<AgentDesk>();
    }

    private static CampusView View(CampusSettings settings) =>
        new(settings.Campus, settings.NameZh, settings.NameEn, [.. settings.Queues.Select(queue => new QueueName(queue.Queue, queue.NameZh, queue.NameEn))]);
}
