using System.Collections.Immutable;
using CampusCare.Contracts.Remedies;
using CampusCare.Domain.Remedies;
using Orleans.Placement;

namespace CampusCare.Grains.Remedies;

/// <summary>The traces of a place, as they are stored.</summary>
[GenerateSerializer, Immutable, Alias("TraceState")]
public sealed record TraceState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ImmutableArray<TraceView> Traces { get; init; } = [];
}

/// <inheritdoc cref="ITraceGrain"/>
[HashBasedPlacement]
public sealed class TraceGrain([PersistentState("trace", StateStores.Main)] IPersistentState<TraceState> state) : Grain, ITraceGrain
{
    public async Task<ImmutableArray<TraceView>> Leave(TraceView trace)
    {
        var (known, mine) = ((ImmutableArray<Trace>)[.. state.State.Traces.Select(Of)], Of(trace));
        var met = Traces.Met(known, mine);
        // What is there already isn't written again; what changes are the numbers of an account.
        if (!known.Any(other => mine with { At = other.At } == other)) await state.Save(new TraceState { Traces = [.. Traces.With(known, mine).Select(View)] });
        return [.. met.Select(View)];
    }

    public async Task Forget(string customerId, string ticketId)
    {
        var left = state.State.Traces.RemoveAll(trace => trace.CustomerId == customerId && trace.TicketId == ticketId);
        if (left.Length == state.State.Traces.Length) return;
        if (left.IsEmpty) await state.ClearStateAsync();
        else await state.Save(new TraceState { Traces = left });
    }

    private static Trace Of(TraceView view) => new(view.Mark, view.CustomerId, view.TicketId, view.At, view.Times, view.DayFen, view.Day);

    private static TraceView View(Trace trace) => new(trace.Mark, trace.CustomerId, trace.TicketId, trace.At, trace.Times, trace.DayFen, trace.Day);
}
