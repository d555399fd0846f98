using CampusCare.Contracts;
using CampusCare.Contracts.Supervision;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A campus's conversations.</summary>
/// <param name="Campus">The campus.</param>
/// <param name="At">When they were asked for.</param>
/// <param name="Conversations">The oldest first, at most 200.</param>
/// <param name="More">Whether there are more than that.</param>
public sealed record LiveRoom(string Campus, DateTimeOffset At, LiveConversation[] Conversations, bool More);

/// <summary>Reads which conversations agents have in hand.</summary>
internal sealed class LiveRooms(Cluster cluster, TimeProvider time)
{
    /// <summary>The conversations of the caller's campus.</summary>
    public async Task<Reply<LiveRoom>> Of(Caller caller)
    {
        var at = time.GetUtcNow();
        var reply = await cluster.Read(cluster.Grains.History(caller.Campus).Live(Supervise.Me(caller)));
        return reply.Map(live => new LiveRoom(caller.Campus, at, [.. live.Conversations], live.More));
    }
}
