using CampusCare.Domain.Replay;
using CampusCare.Grains.Journals;
using CampusCare.Storage;

namespace CampusCare.Simulation;

/// <summary>The staff journal of the simulated world: it shows the invariants for whose call an agent is kept.</summary>
internal sealed class TruthStaffJournal(InMemoryStaffJournal inner, Invariants invariants, Mutation mutation) : IStaffJournal
{
    public Task Append(StaffEntry entry)
    {
        var happened = StaffEventCodec.Decode(entry);
        if (happened.Event is KeptSet kept)
        {
            if (mutation == Mutation.NobodyIsKept || (mutation == Mutation.KeptForGood && kept.Queue is null))
                throw new StorageUnavailableException("It takes no such event.", new IOException(mutation.ToString()));
            invariants.Keep(happened.AgentId!, kept.Queue);
        }
        if (happened.Event is StatusSet) invariants.Keep(happened.AgentId!, null);
        return inner.Append(entry);
    }

    public Task<IReadOnlyList<string>> Campuses(CancellationToken cancellation = default) => inner.Campuses(cancellation);

    public IAsyncEnumerable<StaffEntry> Between(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        inner.Between(campus, from, to, cancellation);

    public IAsyncEnumerable<StaffEntry> LastBefore(string campus, DateTimeOffset at, CancellationToken cancellation = default) =>
        inner.LastBefore(campus, at, cancellation);
}
