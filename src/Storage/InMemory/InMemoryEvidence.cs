using System.Collections.Concurrent;

namespace CampusCare.Storage;

/// <summary>Evidence files that live as long as their process, for tests and for the simulator.</summary>
public sealed class InMemoryEvidence : IEvidenceFiles
{
    private readonly ConcurrentDictionary<EvidenceName, byte[]> _files = new();

    /// <inheritdoc/>
    public Task Keep(EvidenceName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default)
    {
        _files[name] = bytes.ToArray();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Stream? Open(EvidenceName name) => _files.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null;

    /// <inheritdoc/>
    public int Delete(string campus, string ticketId) =>
        _files.Keys.Where(name => name.Campus == campus && name.TicketId == ticketId).Count(name => _files.TryRemove(name, out _));
}
