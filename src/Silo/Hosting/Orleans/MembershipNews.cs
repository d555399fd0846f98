using System.Runtime.CompilerServices;

namespace CampusCare.Silo.Hosting;

/// <summary>The cluster's own view of its members.</summary>
internal sealed class MembershipNews(IClusterMembershipService membership) : IMembershipNews
{
    public async IAsyncEnumerable<bool> Changes([EnumeratorCancellation] CancellationToken stop)
    {
        HashSet<SiloAddress>? dead = null;
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stop))
        {
            HashSet<SiloAddress> now = [.. snapshot.Members.Values.Where(static member => member.Status == SiloStatus.Dead).Select(static member => member.SiloAddress)];
            // Who was dead before this silo came was nobody's loss here.
            yield return dead is not null && !now.IsSubsetOf(dead);
            dead = now;
        }
    }
}
