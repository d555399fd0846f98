using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Remedies;

namespace CampusCare.Contracts.Remedies;

/// <summary>What customers of a campus are usually given. It calls nobody.</summary>
[Alias("RemedyNorm")]
public interface IRemedyNormGrain : IGrainWithStringKey
{
    /// <summary>In what a customer is beyond what is usual. From then on the customer counts there, once, for 30 days.</summary>
    /// <param name="before">Where the customer counted until now; null: nowhere.</param>
    /// <param name="standing">How the customer stands.</param>
    /// <param name="day">The campus's day.</param>
    Task<NormAnswer> Compare(NormPlaceView? before, NormStanding standing, DateOnly day);

    /// <summary>What is mixed into hashes of numbers and addresses, so that they say nothing outside of this campus.</summary>
    Task<string> Salt();
}

/// <summary>How a customer stands; see <see cref="RemedyStanding"/>.</summary>
[GenerateSerializer, Immutable, Alias("NormStanding")]
public sealed record NormStanding([property: Id(0)] int Times, [property: Id(1)] long Fen, [property: Id(2)] int Contacts);

/// <summary>Where a customer counts; see <see cref="NormPlace"/>.</summary>
[GenerateSerializer, Immutable, Alias("NormPlaceView")]
public sealed record NormPlaceView([property: Id(0)] DateOnly Day, [property: Id(1)] int Times, [property: Id(2)] int Fen, [property: Id(3)] int Share);

/// <summary>Where the customer counts now, and in what that is beyond what is usual.</summary>
[GenerateSerializer, Immutable, Alias("NormAnswer")]
public sealed record NormAnswer([property: Id(0)] NormPlaceView Place, ImmutableArray<DoubtView> Doubts)
{
    /// <summary>In what.</summary>
    [Id(1)] public ImmutableArray<DoubtView> Doubts { get; init => field = value.OrEmpty(); } = Doubts.OrEmpty();
}

/// <summary>A sign that makes a person look before something is given.</summary>
/// <param name="Sign">What.</param>
/// <param name="Level">How much: times, fen, hundredths of the contacts, pictures, or times of all accounts together.</param>
/// <param name="TicketId">The other ticket; null when it is about none.</param>
[GenerateSerializer, Immutable, Alias("DoubtView")]
public sealed record DoubtView([property: Id(0)] DoubtSign Sign, [property: Id(1)] int Level, [property: Id(2)] string? TicketId = null);
