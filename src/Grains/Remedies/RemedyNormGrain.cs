using System.Collections.Immutable;
using System.Security.Cryptography;
using CampusCare.Contracts.Remedies;
using CampusCare.Domain.Remedies;
using Orleans.Placement;

namespace CampusCare.Grains.Remedies;

/// <summary>What is usual at a campus, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("RemedyNormState")]
public sealed record RemedyNormState
{
    /// <summary>See <see cref="RemedyNorm.Days"/>.</summary>
    [Id(0)] public ImmutableSortedDictionary<DateOnly, ImmutableArray<int>> Days { get; init; } = ImmutableSortedDictionary<DateOnly, ImmutableArray<int>>.Empty;

    /// <summary>Made up once; empty before that.</summary>
    [Id(1)] public string Salt { get; init; } = "";
}

/// <inheritdoc cref="IRemedyNormGrain"/>
/// <remarks>Stored at most every ten seconds: in a rush it changes with each remedy, and what a crash forgets are a few customers among thousands.</remarks>
[HashBasedPlacement]
public sealed class RemedyNormGrain([PersistentState("remedyNorm", StateStores.Main)] IPersistentState<RemedyNormState> state, TimeProvider time) : Grain, IRemedyNormGrain
{
    /// <summary>The pause between two times that it is stored.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private RemedyNorm _norm = RemedyNorm.Empty;
    private DateTimeOffset _savedAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _norm = new RemedyNorm(state.State.Days);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        ReferenceEquals(state.State.Days, _norm.Days) ? Task.CompletedTask : state.Save(state.State with { Days = _norm.Days });

    public async Task<NormAnswer> Compare(NormPlaceView? before, NormStanding standing, DateOnly day)
    {
        var stands = new RemedyStanding(standing.Times, standing.Fen, standing.Contacts);
        var place = NormPlace.Of(stands, day);
        // One customer leaves before the others are looked at, so that nobody is measured by himself.
        var moved = _norm.Move(before is null ? null : new NormPlace(before.Day, before.Times, before.Fen, before.Share), place);
        var doubts = moved.Without(place).Compare(stands, place);
        if (time.GetUtcNow() - _savedAt >= Pause)
        {
            await state.Save(state.State with { Days = moved.Days });
            _savedAt = time.GetUtcNow();
        }
        // Not before it was stored: whoever asks again after a failure still counts where they did.
        _norm = moved;
        return new NormAnswer(new NormPlaceView(place.Day, place.Times, place.Fen, place.Share), [.. doubts.Select(Doubts.View)]);
    }

    public async Task<string> Salt()
    {
        if (state.State.Salt.Length == 0) await state.Save(state.State with { Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Days = _norm.Days });
        return state.State.Salt;
    }
}
