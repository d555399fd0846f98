using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>The agents whose pages are open here; all pages of one agent show the same desk.</summary>
internal sealed class AgentDesks(Follows follows, AgentWork work, Cluster cluster)
{
    private readonly Dictionary<GrainName, OpenDesk> _desks = [];

    /// <summary>The desk now, and from then on each change of it.</summary>
    public async Task<Reply<AgentDesk>> Attend(LiveConnection connection)
    {
        var (desk, isNew) = Join(connection);
        var reply = isNew && await cluster.Done(follows.Need(Key(connection.Name))) is { } no ? no : await work.Desk(connection.Caller);
        if (reply.Value is null) Leave(connection);
        return reply.Map(desk.Compare);
    }

    /// <summary>The page closed.</summary>
    public void Leave(LiveConnection connection)
    {
        lock (_desks)
        {
            if (!_desks.TryGetValue(connection.Name, out var desk) || !desk.Remove(connection)) return;
            if (desk.IsEmpty) _desks.Remove(connection.Name);
        }
        follows.Release(Key(connection.Name));
    }

    /// <summary>An agent told a change.</summary>
    public void Changed(AgentNews news) => Find(new GrainName(news.Campus, news.AgentId))?.Tell(news);

    /// <summary>Shows what changed while nobody here was followed; after each renewal.</summary>
    public async Task Compare(GrainName agent)
    {
        if (Find(agent) is not { } desk) return;
        var reply = await cluster.Read(cluster.Grains.Agent(agent.Campus, agent.Id).Desk());
        if (reply.Value is { } now) desk.Compare(Visible.ToStaff(now));
    }

    /// <summary>The page was behind: it missed changes.</summary>
    public void Refresh(LiveConnection connection) => Find(connection.Name)?.ShowTo(connection);

    private (OpenDesk Desk, bool IsNew) Join(LiveConnection connection)
    {
        lock (_desks)
        {
            if (!_desks.TryGetValue(connection.Name, out var desk)) _desks[connection.Name] = desk = new OpenDesk();
            return (desk, desk.Add(connection));
        }
    }

    private OpenDesk? Find(GrainName agent)
    {
        lock (_desks) return _desks.GetValueOrDefault(agent);
    }

    private static FollowKey Key(GrainName agent) => new(FollowKind.Agent, agent);
}
