using System.Collections.Immutable;

namespace CampusCare.Domain.Remedies;

/// <summary>How a customer stands in <see cref="RemedyAccount.Window"/>, with what is asked for now.</summary>
/// <param name="Times">How often something was given.</param>
/// <param name="Fen">How much, in fen.</param>
/// <param name="Contacts">How many tickets the customer has.</param>
public readonly record struct RemedyStanding(int Times, long Fen, int Contacts)
{
    /// <summary>On how many hundredths of the tickets something was given.</summary>
    public int Share => Math.Min(100, Times * 100 / Math.Max(Contacts, Times));
}

/// <summary>Where a customer counts in the norm: on a day, in one bucket of each measure.</summary>
public sealed record NormPlace(DateOnly Day, int Times, int Fen, int Share)
{
    /// <summary>The place of a standing.</summary>
    public static NormPlace Of(RemedyStanding standing, DateOnly day) => new(
        day,
        Math.Min(standing.Times, RemedyNorm.Buckets - 1),
        Math.Min((int)(2 * Math.Log2(standing.Fen / 100.0 + 1)), RemedyNorm.Buckets - 1),
        standing.Times < RemedyNorm.LeastTimes ? 0 : standing.Share / 10);
}

/// <summary>
/// What is usual at a campus: each customer who was given something counts once, as he stood at the last time, until
/// that was <see cref="RemedyAccount.Window"/> ago. So neither an old habit nor one customer alone makes the norm.
/// </summary>
/// <remarks>
/// A customer is beyond the norm when fewer than a share of <see cref="FalseAlarms"/> of all stand there: by the rank of a
/// customer among all (the p-value of conformal prediction; Vovk, Gammerman, Shafer, "Algorithmic Learning in a Random
/// World", 2005), which holds whatever the distribution is, with <see cref="PriorWeight"/> made-up customers in the
/// beginning, so that a new campus flags nobody for being its first.
/// </remarks>
/// <param name="Days">How many customers stand in which bucket of which measure, by the day of their last time; at most <see cref="MaximumDays"/>.</param>
public sealed record RemedyNorm(ImmutableSortedDictionary<DateOnly, ImmutableArray<int>> Days)
{
    /// <summary>Nothing is known.</summary>
    public static readonly RemedyNorm Empty = new(ImmutableSortedDictionary<DateOnly, ImmutableArray<int>>.Empty);

    /// <summary>Of a hundred ordinary customers at most one is flagged in a window by all three measures together.</summary>
    public const double FalseAlarms = 0.01;

    /// <summary>Buckets of each measure.</summary>
    public const int Buckets = 32;

    /// <summary>Days that are kept.</summary>
    public const int MaximumDays = 31;

    /// <summary>Who was given something less often than this is within any norm.</summary>
    public const int LeastTimes = 3;

    /// <summary>How many customers the prior stands for.</summary>
    public const int PriorWeight = 200;

    private const int Measures = 3;

    /// <summary>The norm after a customer moved; what is too old is gone.</summary>
    /// <param name="from">Where the customer stood; null: nowhere.</param>
    /// <param name="to">Where the customer stands.</param>
    public RemedyNorm Move(NormPlace? from, NormPlace to)
    {
        var days = Days.RemoveRange(Days.Keys.Where(day => day <= to.Day.AddDays(-MaximumDays) || day > to.Day.AddDays(1)));
        if (from is not null && days.TryGetValue(from.Day, out var before)) days = days.SetItem(from.Day, Count(before, from, -1));
        return new RemedyNorm(days.SetItem(to.Day, Count(days.GetValueOrDefault(to.Day).OrEmpty() is { IsEmpty: false } known ? known : [.. new int[Measures * Buckets]], to, 1)));
    }

    /// <summary>The norm of the others.</summary>
    public RemedyNorm Without(NormPlace place) => new(Days.SetItem(place.Day, Count(Days[place.Day], place, -1)));

    /// <summary>In what a customer who stands there is beyond the norm of the others. The customer's own place must not count in it.</summary>
    public ImmutableArray<RemedyDoubt> Compare(RemedyStanding standing, NormPlace place)
    {
        if (standing.Times < LeastTimes) return [];
        var doubts = ImmutableArray.CreateBuilder<RemedyDoubt>();
        if (IsRare(0, place.Times)) doubts.Add(new RemedyDoubt(DoubtSign.OftenerThanUsual, standing.Times));
        if (IsRare(1, place.Fen)) doubts.Add(new RemedyDoubt(DoubtSign.MoreThanUsual, (int)Math.Min(standing.Fen, int.MaxValue)));
        if (IsRare(2, place.Share)) doubts.Add(new RemedyDoubt(DoubtSign.MostContacts, standing.Share));
        return doubts.ToImmutable();
    }

    private bool IsRare(int measure, int bucket)
    {
        var (all, beyond) = (0L, 0L);
        foreach (var counts in Days.Values)
            for (var i = 0; i < Buckets; i++)
            {
                all += counts[measure * Buckets + i];
                if (i >= bucket) beyond += counts[measure * Buckets + i];
            }
        return (beyond + PriorWeight * Prior(measure, bucket) + 1) / (all + PriorWeight + 1) <= FalseAlarms / Measures;
    }

    // Half of those who were given something once are given it again; every doubling beyond 15 yuan has a third as many; on
    // all of the contacts one in ten.
    private static double Prior(int measure, int bucket) => measure switch
    {
        0 => Math.Pow(0.5, Math.Max(0, bucket - 1)),
        1 => Math.Pow(1 / 3.0, Math.Max(0, bucket - 8) / 2.0),
        _ => 1 - 0.09 * Math.Min(bucket, 10),
    };

    private static ImmutableArray<int> Count(ImmutableArray<int> counts, NormPlace place, int change)
    {
        var next = counts.ToArray();
        foreach (var i in new[] { place.Times, Buckets + place.Fen, 2 * Buckets + place.Share }) next[i] = Math.Max(0, next[i] + change);
        return [.. next];
    }
}
