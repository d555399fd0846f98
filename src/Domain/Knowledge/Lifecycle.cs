namespace CampusCare.Domain.Knowledge;

/// <summary>How far a version has come.</summary>
public enum ArticleState
{
    /// <summary>Written, and not yet read by another.</summary>
    Draft,

    /// <summary>Somebody else than the author read it and found it right.</summary>
    Reviewed,

    /// <summary>Customers and agents are told it.</summary>
    Published,

    /// <summary>It was published; a newer version replaced it, or it was taken back.</summary>
    Retired,
}

/// <summary>What may be done with a version.</summary>
public enum ArticleMove { Review, Publish, Retire }

/// <summary>Draft → reviewed → published → retired; nobody reviews what is their own.</summary>
public static class Lifecycle
{
    /// <summary>The state after a move, or why it may not be made.</summary>
    /// <param name="state">Where the version stands.</param>
    /// <param name="move">What shall be done.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="by">Who wants to.</param>
    public static (ArticleState State, string? No) After(ArticleState state, ArticleMove move, string author, string by) => (state, move) switch
    {
        (ArticleState.Draft, ArticleMove.Review) when author == by => (state, "You wrote this version. Somebody else has to review it."),
        (ArticleState.Draft, ArticleMove.Review) => (ArticleState.Reviewed, null),
        (ArticleState.Reviewed, ArticleMove.Publish) => (ArticleState.Published, null),
        (ArticleState.Draft, ArticleMove.Publish) => (state, "This version was not reviewed yet. Let an expert or a quality inspector read it first."),
        (ArticleState.Published, ArticleMove.Retire) => (ArticleState.Retired, null),
        (ArticleState.Reviewed, ArticleMove.Review) or (ArticleState.Published, ArticleMove.Publish) or (ArticleState.Retired, ArticleMove.Retire) => (state, null),
        (_, ArticleMove.Retire) => (state, "Only a published version can be taken back."),
        _ => (state, "This version is over. Write a new one."),
    };
}
