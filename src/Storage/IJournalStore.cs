namespace CampusCare.Storage;

/// <summary>Commits batches of appends to one database, one batch at a time.</summary>
internal interface IJournalStore : IAsyncDisposable
{
    /// <summary>
    /// Stores all appends whose ticket stands where they expect it, in one durable transaction.
    /// </summary>
    /// <param name="batch">At least one append; no two of the same ticket.</param>
    /// <param name="again">
    /// The outcome of the same batch was unknown: an append that is already stored counts as stored.
    /// </param>
    Task<BatchResult> Commit(IReadOnlyList<SealedAppend> batch, bool again);
}

/// <summary>What became of a batch.</summary>
internal abstract record BatchResult
{
    /// <summary>Committed.</summary>
    /// <param name="Stored">For each append, whether it is stored; the others' seqs were taken.</param>
    public sealed record Done(IReadOnlyList<bool> Stored) : BatchResult;

    /// <summary>Nothing of the batch is stored.</summary>
    /// <param name="Outcome">What to tell about each append.</param>
    /// <param name="OneByOne">Whether the appends may fare better each on its own.</param>
    public sealed record Failed(AppendResult Outcome, bool OneByOne = false) : BatchResult;

    /// <summary>The whole batch is stored, or nothing of it.</summary>
    public sealed record Unknown(string Reason) : BatchResult;
}
