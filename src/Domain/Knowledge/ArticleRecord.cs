using System.Collections.Immutable;

namespace CampusCare.Domain.Knowledge;

/// <summary>A question that an article answered.</summary>
/// <param name="Text">Its words, as <see cref="Gaps.Hide"/> leaves them.</param>
/// <param name="Last">When it was asked last.</param>
public sealed record AskedQuestion(string Text, DateTimeOffset Last);

/// <summary>How an article did: what search and the gap report learn from.</summary>
/// <param name="ArticleId">Which article.</param>
/// <param name="Shown">How often the bot answered with it.</param>
/// <param name="Helped">How often the customer said that it helped.</param>
/// <param name="NotHelped">How often it didn't.</param>
/// <param name="Inserted">How often an agent took it as an answer.</param>
public sealed record ArticleRecord(string ArticleId, int Shown = 0, int Helped = 0, int NotHelped = 0, int Inserted = 0)
{
    /// <summary>How many ways of asking are remembered for one article.</summary>
    public const int MaximumAsked = 24;

    /// <summary>How long somebody's words are remembered: they are the customers' own, and nobody can tell whose.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>What is believed of an article that nobody judged yet.</summary>
    public const double Prior = 0.75;

    // As many invented judges as it takes to be moved by real ones, not by the first.
    private const double PriorJudges = 6;

    /// <summary>What people asked whom it helped, the latest last: found again by those words.</summary>
    public ImmutableArray<AskedQuestion> Asked { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The share whom it helped, 0–1, leaning on <see cref="Prior"/> while few judged.</summary>
    public double Helpfulness => (Helped + Inserted + PriorJudges * Prior) / (Helped + Inserted + NotHelped + PriorJudges);

    /// <summary>With one more question that it answered.</summary>
    public ArticleRecord Learn(AskedQuestion question)
    {
        var asked = Asked.RemoveAll(known => known.Text == question.Text).Add(question);
        return this with { Asked = asked.Length > MaximumAsked ? asked[^MaximumAsked..] : asked };
    }

    /// <summary>Without the words that are older than <see cref="Memory"/>.</summary>
    public ArticleRecord Forget(DateTimeOffset now) => this with { Asked = Asked.RemoveAll(question => now - question.Last >= Memory) };
}
