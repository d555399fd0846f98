namespace CampusCare.Storage;

/// <summary>A change of an agent, or of the campus's queues, as the staff journal keeps it.</summary>
/// <param name="Campus">The campus concerned.</param>
/// <param name="At">When it was decided; stored to the microsecond, in UTC.</param>
/// <param name="AgentId">Unique in the campus; null when it concerns the campus's queues.</param>
/// <param name="Type">Its stored name.</param>
/// <param name="Payload">JSON text. Nothing in it may be personal.</param>
public sealed record StaffEntry(string Campus, DateTimeOffset At, string? AgentId, string Type, string Payload);

/// <summary>
/// An append-only list of what queues were told of agents and of their own settings. Every method throws
/// <see cref="StorageUnavailableException"/> when the database can't be used now.
/// </summary>
public interface IStaffJournal
{
    /// <summary>Stores an entry durably.</summary>
    Task Append(StaffEntry entry);

    /// <summary>The campuses that have entries, by id.</summary>
    Task<IReadOnlyList<string>> Campuses(CancellationToken cancellation = default);

    /// <summary>A campus's entries of a span, its end excluded, by time and then in the order of their storing.</summary>
    IAsyncEnumerable<StaffEntry> Between(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default);

    /// <summary>The last entry before a time of each type of each agent, and of each type of the campus itself, in the same order.</summary>
    IAsyncEnumerable<StaffEntry> LastBefore(string campus, DateTimeOffset at, CancellationToken cancellation = default);
}
