using System.Collections.Immutable;

namespace CampusCare.Contracts.Regions;

/// <summary>A ring of campuses that lend each other agents: it knows who lends, and decides nothing. Without it each goes on alone.</summary>
[Alias("Region")]
public interface IRegionGrain : IGrainWithStringKey
{
    /// <summary>A campus says which of its queues lend; none: it lends nothing any more.</summary>
    Task Join(string campus, ImmutableArray<string> lendingQueues);

    /// <summary>The campuses whose queue of this name lends.</summary>
    Task<ImmutableArray<string>> LendersOf(string queue);
}
