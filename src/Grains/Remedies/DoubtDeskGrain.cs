using System.Collections.Immutable;
using CampusCare.Contracts.Remedies;
using Orleans.Placement;

namespace CampusCare.Grains.Remedies;

/// <summary>The cases that people look at, as they are stored.</summary>
[GenerateSerializer, Immutable, Alias("DoubtDeskState")]
public sealed record DoubtDeskState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ImmutableArray<DoubtCase> Cases { get; init; } = [];
}

/// <inheritdoc cref="IDoubtDeskGrain"/>
/// <remarks>A list to work from: what counts stands in each ticket's journal.</remarks>
[HashBasedPlacement]
public sealed class DoubtDeskGrain([PersistentState("doubtDesk", StateStores.Main)] IPersistentState<DoubtDeskState> state, TimeProvider time) : Grain, IDoubtDeskGrain
{
    /// <summary>Most cases; the oldest go first.</summary>
    public const int MaximumCases = 500;

    /// <summary>How long a case is shown.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public Task File(DoubtCase matter) => Save([.. state.State.Cases.Where(known => known.TicketId != matter.TicketId), matter]);

    public async Task Settle(string ticketId, string supervisorId)
    {
        if (state.State.Cases.FirstOrDefault(matter => matter.TicketId == ticketId) is not { ClearedBy: null } open) return;
        await Save(state.State.Cases.Replace(open, open with { ClearedBy = supervisorId, ClearedAt = time.GetUtcNow() }));
    }

    public Task Forget(string ticketId) =>
        state.State.Cases.Any(matter => matter.TicketId == ticketId) ? Save(state.State.Cases.RemoveAll(matter => matter.TicketId == ticketId)) : Task.CompletedTask;

    public Task<ImmutableArray<DoubtCase>> Cases() => Task.FromResult<ImmutableArray<DoubtCase>>(
        [.. state.State.Cases.Where(IsYoung).OrderBy(static matter => matter.ClearedBy is not null).ThenByDescending(static matter => matter.At)]);

    private bool IsYoung(DoubtCase matter) => matter.At > time.GetUtcNow() - KeptFor;

    private Task Save(ImmutableArray<DoubtCase> cases) => state.Save(new DoubtDeskState { Cases = [.. cases.Where(IsYoung).TakeLast(MaximumCases)] });
}
