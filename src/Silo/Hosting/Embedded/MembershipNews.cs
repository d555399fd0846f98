using System.Runtime.CompilerServices;

namespace CampusCare.Silo.Hosting;

/// <summary>One process, which is there from its start on.</summary>
internal sealed class MembershipNews : IMembershipNews
{
    public async IAsyncEnumerable<bool> Changes([EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        yield return false;
    }
}
