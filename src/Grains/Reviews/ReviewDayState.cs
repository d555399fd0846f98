using System.Collections.Immutable;
using CampusCare.Contracts.Reviews;
using CampusCare.Domain;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Triage;

namespace CampusCare.Grains.Reviews;

/// <summary>What a day's decisions came to.</summary>
[GenerateSerializer, Immutable, Alias("ReviewDayState")]
public sealed record ReviewDayState
{
    /// <summary>In the order in which they came.</summary>
    [Id(0)] public ImmutableArray<Review> Reviews { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What lapsed and was dropped, or was erased before anybody judged it.</summary>
    [Id(1)] public ImmutableArray<LapsedReviews> Lapsed { get; init => field = value.OrEmpty(); } = [];

    /// <summary>With what came, as far as there is room, and once each.</summary>
    public ReviewDayState With(IEnumerable<Review> came)
    {
        var known = Reviews.Select(static review => (review.TicketId, review.Seq)).ToHashSet();
        var room = ReviewRules.MaximumPerDay - Reviews.Length - Lapsed.Sum(static lapsed => lapsed.Count);
        return this with { Reviews = Reviews.AddRange(came.Where(review => known.Add((review.TicketId, review.Seq))).Take(Math.Max(0, room))) };
    }

    /// <summary>With a review in place of the one that it came from.</summary>
    public ReviewDayState With(Review from, Review to) => this with { Reviews = Reviews.Replace(from, to) };

    /// <summary>Without those of the reviews that nobody judged and that are meant; they are counted.</summary>
    public ReviewDayState Lapse(Func<Review, bool> which)
    {
        var gone = Reviews.RemoveAll(review => review.Verdict is not null || !which(review));
        if (gone.IsEmpty) return this;
        var counts = Lapsed.ToDictionary(static lapsed => (lapsed.Kind, lapsed.Category), static lapsed => lapsed.Count);
        foreach (var review in gone) counts[(review.Kind, review.Category)] = counts.GetValueOrDefault((review.Kind, review.Category)) + 1;
        return this with
        {
            Reviews = Reviews.RemoveAll(review => review.Verdict is null && which(review)),
            Lapsed = [.. counts.Select(static count => new LapsedReviews(count.Key.Kind, count.Key.Category, count.Value))],
        };
    }

    /// <summary>Without the words that were kept of a ticket.</summary>
    public ReviewDayState WithoutWordsOf(string ticketId) => Reviews.Any(review => review.TicketId == ticketId && review.Verdict is { } verdict && (verdict.Text ?? verdict.Reason) is not null)
        ? this with { Reviews = [.. Reviews.Select(review => review.TicketId == ticketId && review.Verdict is { } verdict ? review with { Verdict = verdict with { Text = null, Reason = null } } : review)] }
        : this;

    /// <summary>How the day's decisions did.</summary>
    public ImmutableArray<ReviewCount> Count(bool hasLapsed)
    {
        var counts = Reviews
            .GroupBy(static review => (review.Kind, review.Category))
            .ToDictionary(static group => group.Key, group =>
            {
                var open = group.Count(static review => review.Verdict is null);
                return new ReviewCount(group.Key.Kind, group.Key.Category, group.Count(static review => review.Verdict is { Right: true }), group.Count(static review => review.Verdict is { Right: false }),
                    hasLapsed ? 0 : open, hasLapsed ? open : 0);
            });
        foreach (var (kind, category, count) in Lapsed)
        {
            var known = counts.GetValueOrDefault((kind, category)) ?? new ReviewCount(kind, category, 0, 0, 0, 0);
            counts[(kind, category)] = known with { Lapsed = known.Lapsed + count };
        }
        return [.. counts.Values];
    }
}

/// <summary>How many decisions of one kind about one category nobody judged.</summary>
[GenerateSerializer, Immutable, Alias("LapsedReviews")]
public sealed record LapsedReviews([property: Id(0)] DecisionKind Kind, [property: Id(1)] Category Category, [property: Id(2)] int Count);
