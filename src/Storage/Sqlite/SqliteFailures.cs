using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace CampusCare.Storage;

/// <summary>Tells from an exception what became of the batch that met it.</summary>
internal static class SqliteFailures
{
    /// <param name="failure">What was thrown.</param>
    /// <param name="committing">Whether the commit had begun: then an I/O error leaves open what the disk holds.</param>
    public static BatchResult Judge(SqliteException failure, bool committing) => failure.SqliteErrorCode switch
    {
        SQLITE_IOERR when committing => new BatchResult.Unknown(failure.Message),
        SQLITE_FULL => Failed(Refusal.DiskFull, failure),
        SQLITE_READONLY => Failed(Refusal.ReadOnly, failure),
        SQLITE_CONSTRAINT when failure.SqliteExtendedErrorCode == SQLITE_CONSTRAINT_PRIMARYKEY =>
            new BatchResult.Failed(new AppendResult.SeqTaken(), OneByOne: true),
        // SQLite names an index by its columns, and only in the message.
        SQLITE_CONSTRAINT when failure.SqliteExtendedErrorCode == SQLITE_CONSTRAINT_UNIQUE
            && failure.Message.Contains("tickets.slot", StringComparison.Ordinal) =>
            new BatchResult.Failed(new AppendResult.SlotTaken(), OneByOne: true),
        SQLITE_CONSTRAINT when failure.SqliteExtendedErrorCode == SQLITE_CONSTRAINT_TRIGGER
            && failure.Message.Contains(TicketTable.DeskRule, StringComparison.Ordinal) =>
            new BatchResult.Failed(new AppendResult.DeskTaken(), OneByOne: true),
        SQLITE_CONSTRAINT or SQLITE_TOOBIG or SQLITE_MISMATCH => Failed(Refusal.Invalid, failure, oneByOne: true),
        _ => Failed(Refusal.Unavailable, failure),
    };

    private static BatchResult.Failed Failed(Refusal why, SqliteException failure, bool oneByOne = false) =>
        new(new AppendResult.Refused(why, failure.Message), oneByOne);
}
