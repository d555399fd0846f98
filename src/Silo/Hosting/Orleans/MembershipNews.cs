using System.Runtime.CompilerServices;

namespace CampusCare.Silo.Hosting;

/// <summary>The cluster's own view of its members.</summary>
internal sealed class MembershipNews(IClusterMembershipService membership) : IMembershipNews
{
    public async IAsyncEnumerable<long> Changes([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stop)) yield return snapshot.Version.Value;
    }
}
