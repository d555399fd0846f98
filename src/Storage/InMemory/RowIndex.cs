namespace CampusCare.Storage;

/// <summary>Finds the rows that share a key; rows whose key is null are left out, as in a partial index.</summary>
internal sealed class RowIndex(Func<TicketRow, object?> key)
{
    private readonly Dictionary<object, Dictionary<string, TicketRow>> _rows = [];

    public IEnumerable<TicketRow> this[object wanted] => _rows.TryGetValue(wanted, out var rows) ? rows.Values : [];

    public IEnumerable<(object Key, int Count)> Counts => _rows.Select(group => (group.Key, group.Value.Count));

    public void Replace(TicketRow? old, TicketRow row)
    {
        if (old is not null && key(old) is { } oldKey && _rows[oldKey].Remove(old.TicketId) && _rows[oldKey].Count == 0)
            _rows.Remove(oldKey);
        if (key(row) is not { } newKey)
            return;
        if (!_rows.TryGetValue(newKey, out var rows))
            _rows.Add(newKey, rows = []);
        rows[row.TicketId] = row;
    }
}
