using System.Collections.Immutable;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Triage;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Reviews;

/// <summary>
/// What a campus decided by itself on one day and a person shall look at, with what that person said. A verdict is stored
/// before it is answered; a sample that gets lost on its way is one less.
/// </summary>
[Alias("ReviewDay")]
public interface IReviewDayGrain : IGrainWithStringKey
{
    /// <summary>A hint: a decision was chosen. The same one is kept once.</summary>
    [OneWay] Task Sampled(Review review);

    /// <summary>What waits, oldest first: those after one of them, or the first.</summary>
    Task<ImmutableArray<Review>> Waiting(ReviewName? after, int limit);

    /// <summary>One review. To an inspector of another campus there is none such.</summary>
    Task<Outcome<Review>> Get(SupervisorRef inspector, ReviewName name);

    /// <summary>A verdict. Repeating one's own is harmless; another one is refused.</summary>
    Task<Outcome<Review>> Judge(JudgeReview command);

    /// <summary>The words of a ticket are erased: what was kept of them goes, and what nobody judged yet goes with it.</summary>
    Task Forget(string ticketId);

    /// <summary>How the day's decisions did.</summary>
    Task<ImmutableArray<ReviewCount>> Count();

    /// <summary>The corrected messages, as training takes them.</summary>
    Task<ImmutableArray<Correction>> Corrections();
}

/// <summary>Names a decision of a day: the ticket and the seq of the decision in its journal.</summary>
[GenerateSerializer, Immutable, Alias("ReviewName")]
public sealed record ReviewName([property: Id(0)] string TicketId, [property: Id(1)] long Seq);

/// <summary>A decision that a person shall look at.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Seq">The seq of the decision in the ticket's journal.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="At">When.</param>
/// <param name="Category">What the message was taken to be about.</param>
/// <param name="Urgency">How urgent it was taken to be.</param>
/// <param name="Sentiment">Which mood it was taken to have.</param>
/// <param name="Detail">Of an answer, its article and version; of a remedy, its rule.</param>
[GenerateSerializer, Immutable, Alias("Review")]
public sealed record Review(
    [property: Id(0)] string TicketId,
    [property: Id(1)] long Seq,
    [property: Id(2)] DecisionKind Kind,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] Category Category,
    [property: Id(5)] Urgency Urgency,
    [property: Id(6)] Sentiment Sentiment,
    [property: Id(7)] string? Detail = null)
{
    /// <summary>What a person said; null while nobody did.</summary>
    [Id(8)] public ReviewVerdict? Verdict { get; init; }
}

/// <summary>What a person said of a decision.</summary>
/// <param name="Right">Whether it was right.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
/// <param name="Category">What the message is about in truth; of a wrong triage alone.</param>
/// <param name="Urgency">How urgent it is in truth.</param>
/// <param name="Sentiment">Which mood it has in truth.</param>
/// <param name="Reason">Why it was wrong, masked; null once the ticket was erased.</param>
/// <param name="Text">The corrected message, masked; null once the ticket was erased.</param>
[GenerateSerializer, Immutable, Alias("ReviewVerdict")]
public sealed record ReviewVerdict(
    [property: Id(0)] bool Right,
    [property: Id(1)] string By,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] Category? Category = null,
    [property: Id(4)] Urgency? Urgency = null,
    [property: Id(5)] Sentiment? Sentiment = null,
    [property: Id(6)] string? Reason = null,
    [property: Id(7)] string? Text = null);

/// <summary>An inspector judges a decision.</summary>
/// <param name="Inspector">Who.</param>
/// <param name="Name">Which decision.</param>
/// <param name="Right">Whether it was right.</param>
/// <param name="Category">What the message is about in truth; of a wrong triage alone, as the next two.</param>
/// <param name="Urgency">How urgent it is in truth; null: as decided.</param>
/// <param name="Sentiment">Which mood it has in truth; null: as decided.</param>
/// <param name="Reason">Why it was wrong, without personal parts.</param>
/// <param name="Text">The message, without personal parts.</param>
[GenerateSerializer, Immutable, Alias("JudgeReview")]
public sealed record JudgeReview(
    [property: Id(0)] SupervisorRef Inspector,
    [property: Id(1)] ReviewName Name,
    [property: Id(2)] bool Right,
    [property: Id(3)] Category? Category = null,
    [property: Id(4)] Urgency? Urgency = null,
    [property: Id(5)] Sentiment? Sentiment = null,
    [property: Id(6)] string? Reason = null,
    [property: Id(7)] string? Text = null);

/// <summary>How decisions of one kind about one category did.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Category">What was decided of the message.</param>
/// <param name="Right">Found right.</param>
/// <param name="Wrong">Found wrong.</param>
/// <param name="Waiting">Not judged yet.</param>
/// <param name="Lapsed">Not judged in time.</param>
[GenerateSerializer, Immutable, Alias("ReviewCount")]
public sealed record ReviewCount(
    [property: Id(0)] DecisionKind Kind,
    [property: Id(1)] Category Category,
    [property: Id(2)] int Right,
    [property: Id(3)] int Wrong,
    [property: Id(4)] int Waiting,
    [property: Id(5)] int Lapsed);

/// <summary>A message with what it means in truth, as training takes it; masked.</summary>
[GenerateSerializer, Immutable, Alias("Correction")]
public sealed record Correction([property: Id(0)] string Text, [property: Id(1)] Category Category, [property: Id(2)] Urgency Urgency, [property: Id(3)] Sentiment Sentiment);
