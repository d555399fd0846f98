using System.Collections.Immutable;

namespace CampusCare.Domain.Knowledge;

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

    /// <summary>What is believed of an article that nobody judged yet.</summary>
    public const double Prior = 0.75;

    // As many invented judges as it takes to be moved by real ones, not by the first.
    private const double PriorJudges = 6;

    /// <summary>What people asked whom it helped, the latest last: found again by those words.</summary>
    public ImmutableArray<string> Asked { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The share whom it helped, 0–1, leaning on <see cref="Prior"/> while few judged.</summary>
    public double Helpfulness => (Helped + Inserted + PriorJudges * Prior) / (Helped + Inserted + NotHelped + PriorJudges);

    /// <summary>With one more question that it answered.</summary>
    public ArticleRecord Learn(string question)
    {
        var asked = Asked.Remove(question).Add(question);
        return this with { Asked = asked.Length > MaximumAsked ? asked[^MaximumAsked..] : asked };
    }
}
