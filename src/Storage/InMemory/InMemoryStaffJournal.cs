using System.Runtime.CompilerServices;

namespace CampusCare.Storage;

/// <summary>A staff journal that lives as long as its process, for tests and for the simulator.</summary>
public sealed class InMemoryStaffJournal : IStaffJournal
{
    private readonly Lock _lock = new();
    private readonly List<StaffEntry> _entries = [];

    /// <inheritdoc/>
    public Task Append(StaffEntry entry)
    {
        lock (_lock) _entries.Add(entry with { At = Micros.Truncate(entry.At) });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Campuses(CancellationToken cancellation = default)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<string>>([.. _entries.Select(entry => entry.Campus).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StaffEntry> Between(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        Select(entries => entries.Where(entry => entry.Campus == campus && entry.At >= Micros.Truncate(from) && entry.At < Micros.Truncate(to)), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<StaffEntry> LastBefore(string campus, DateTimeOffset at, CancellationToken cancellation = default) =>
        Select(
            entries => entries
                .Where(entry => entry.Campus == campus && entry.At < Micros.Truncate(at))
                .OrderBy(entry => entry.At)
                .GroupBy(entry => (entry.AgentId, entry.Type))
                .Select(group => group.Last()),
            cancellation);

    private async IAsyncEnumerable<StaffEntry> Select(
        Func<List<StaffEntry>, IEnumerable<StaffEntry>> choose, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        List<StaffEntry> chosen;
        lock (_lock)
            chosen = [.. choose(_entries).OrderBy(entry => entry.At)];
        foreach (var entry in chosen)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return entry;
        }
    }
}
