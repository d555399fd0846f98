using Npgsql;

namespace CampusCare.Storage;

/// <summary>Tells from an exception what became of the batch that met it.</summary>
internal static class PostgresFailures
{
    public static BatchResult Judge(NpgsqlException failure)
    {
        // Without an error from the server, or with one that ended its process, the commit may have been done before.
        if (failure is not PostgresException error || error.InvariantSeverity is "FATAL" or "PANIC")
            return new BatchResult.Unknown(failure.Message);
        return error.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation when error.ConstraintName == TicketTable.SlotIndex =>
                new BatchResult.Failed(new AppendResult.SlotTaken(), OneByOne: true),
            PostgresErrorCodes.ExclusionViolation when error.ConstraintName == TicketTable.DeskRule =>
                new BatchResult.Failed(new AppendResult.DeskTaken(), OneByOne: true),
            PostgresErrorCodes.UniqueViolation => new BatchResult.Failed(new AppendResult.SeqTaken(), OneByOne: true),
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => Failed(Refusal.Unavailable, error, true),
            PostgresErrorCodes.ReadOnlySqlTransaction => Failed(Refusal.ReadOnly, error),
            PostgresErrorCodes.DiskFull => Failed(Refusal.DiskFull, error),
            PostgresErrorCodes.ProgramLimitExceeded => Failed(Refusal.Invalid, error, true),
            _ when error.SqlState.StartsWith("22", StringComparison.Ordinal) => Failed(Refusal.Invalid, error, true),
            _ when error.SqlState.StartsWith("23", StringComparison.Ordinal) => Failed(Refusal.Invalid, error, true),
            _ => Failed(Refusal.Unavailable, error),
        };
    }

    private static BatchResult.Failed Failed(Refusal why, PostgresException error, bool oneByOne = false) =>
        new(new AppendResult.Refused(why, error.MessageText), oneByOne);
}
