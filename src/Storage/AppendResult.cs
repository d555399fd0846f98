namespace CampusCare.Storage;

/// <summary>What became of an append: exactly one of the nested cases.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>Stored durably, together with its row.</summary>
    /// <param name="Seq">Seq of the ticket's last event now.</param>
    /// <param name="Hash">Its hash: the next append's <see cref="Append.PreviousHash"/>.</param>
    public sealed record Committed(long Seq, EventHash Hash) : AppendResult;

    /// <summary>
    /// Certainly not stored: the ticket's last event isn't the one that the append expected (someone else
    /// appended, or the append would leave a gap or break the chain), or the ticket belongs to another campus.
    /// Read the ticket again.
    /// </summary>
    public sealed record SeqTaken : AppendResult;

    /// <summary>Certainly not stored: another ticket holds that slot of that agent.</summary>
    public sealed record SlotTaken : AppendResult;

    /// <summary>Certainly not stored: a call for an agent who has a chat in hand, or a chat for one who has a call.</summary>
    public sealed record DeskTaken : AppendResult;

    /// <summary>Perhaps stored: the database went away during the commit. Read the ticket again.</summary>
    public sealed record OutcomeUnknown(string Reason) : AppendResult;

    /// <summary>Certainly not stored, and nothing changed; the same append may be tried again later.</summary>
    public sealed record Refused(Refusal Why, string Reason) : AppendResult;
}

/// <summary>Why an append was refused.</summary>
public enum Refusal
{
    /// <summary>More appends wait than the journal's queue holds.</summary>
    Overloaded,

    /// <summary>The database, or its file, is read-only.</summary>
    ReadOnly,

    /// <summary>The disk, or the space the database may use, is full.</summary>
    DiskFull,

    /// <summary>The database can't be reached, is locked by someone else, or is starting or stopping.</summary>
    Unavailable,

    /// <summary>The database doesn't take these values (a text too long, a character that it can't store).</summary>
    Invalid,

    /// <summary>This process is stopping.</summary>
    Stopping,
}
