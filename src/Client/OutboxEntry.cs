using System.Text.Json;

namespace CampusCare.Client;

/// <summary>Something written that the gateway has not acknowledged yet.</summary>
/// <param name="Id">Chosen here and sent with every try: the gateway stores it once, however often it hears it.</param>
/// <param name="Kind">What it is: "contact", "message" or "note".</param>
/// <param name="TicketId">Where it belongs; empty for a contact.</param>
/// <param name="Text">What was written.</param>
/// <param name="OrderNumber">The order that a contact is about.</param>
public sealed record OutboxEntry(string Id, string Kind, string TicketId, string Text, string? OrderNumber = null);

/// <summary>Where an outbox keeps its entries. Calls come one at a time.</summary>
public interface IOutboxStore
{
    /// <summary>What was saved last, oldest first.</summary>
    IReadOnlyList<OutboxEntry> Load();

    /// <summary>Replaces what was saved; it must be safe when this returns.</summary>
    void Save(IReadOnlyList<OutboxEntry> entries);
}

/// <summary>Entries live as long as the process.</summary>
public sealed class MemoryOutboxStore : IOutboxStore
{
    private IReadOnlyList<OutboxEntry> _entries = [];

    /// <inheritdoc/>
    public IReadOnlyList<OutboxEntry> Load() => _entries;

    /// <inheritdoc/>
    public void Save(IReadOnlyList<OutboxEntry> entries) => _entries = entries;
}

/// <summary>Entries survive the process, in a JSON file of one client.</summary>
/// <param name="path">The file; its folder must exist.</param>
public sealed class FileOutboxStore(string path) : IOutboxStore
{
    /// <inheritdoc/>
    public IReadOnlyList<OutboxEntry> Load() =>
        File.Exists(path) ? JsonSerializer.Deserialize<OutboxEntry[]>(File.ReadAllBytes(path), JsonSerializerOptions.Web)! : [];

    /// <inheritdoc/>
    public void Save(IReadOnlyList<OutboxEntry> entries)
    {
        // Written aside and moved into place, so that a crash leaves the old or the new, never half of one.
        var aside = path + ".new";
        using (var file = File.Create(aside))
        {
            JsonSerializer.Serialize(file, entries, JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
    }
}
