using System.Collections.Concurrent;

namespace CampusCare.Storage;

/// <summary>Evidence files that live as long as their process, for tests and for the simulator.</summary>
public sealed class InMemoryEvidence(TimeProvider time) : IEvidenceFiles
{
    private readonly ConcurrentDictionary<EvidenceName, (byte[] Bytes, DateTimeOffset KeptAt)> _files = new();

    /// <inheritdoc/>
    public Task Keep(EvidenceName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default)
    {
        _files[name] = (bytes.ToArray(), time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public bool Has(EvidenceName name) => _files.ContainsKey(name);

    /// <inheritdoc/>
    public Stream? Open(EvidenceName name) => _files.TryGetValue(name, out var file) ? new MemoryStream(file.Bytes, writable: false) : null;

    /// <inheritdoc/>
    public int Delete(string campus, string ticketId) =>
        Of(campus).Where(name => name.TicketId == ticketId).Count(name => _files.TryRemove(name, out _));

    /// <inheritdoc/>
    public int DeleteOrphans(string campus, string ticketId, IReadOnlyCollection<string> named, DateTimeOffset before) =>
        Of(campus).Where(name => name.TicketId == ticketId && !named.Contains(name.Hash) && _files[name].KeptAt < before).Count(name => _files.TryRemove(name, out _));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Changed(string campus, DateTimeOffset since, string after, int limit) => Task.FromResult<IReadOnlyList<string>>(
    [
        .. Of(campus).Where(name => _files[name].KeptAt >= since && string.CompareOrdinal(name.TicketId, after) > 0)
            .Select(static name => name.TicketId).Distinct().Order(StringComparer.Ordinal).Take(limit),
    ]);

    private IEnumerable<EvidenceName> Of(string campus) => _files.Keys.Where(name => name.Campus == campus);
}
