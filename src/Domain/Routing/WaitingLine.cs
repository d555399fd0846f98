namespace CampusCare.Domain.Routing;

/// <summary>A ticket's place in the order: by priority key, then by id.</summary>
internal readonly record struct LineOrder(long PriorityKey, string TicketId) : IComparable<LineOrder>
{
    public int CompareTo(LineOrder other)
    {
        var byKey = PriorityKey.CompareTo(other.PriorityKey);
        return byKey != 0 ? byKey : string.CompareOrdinal(TicketId, other.TicketId);
    }
}

/// <summary>
/// The line in order, with positions: sorted pages, one after the other. A change touches one small page, whatever the
/// length of the line; a position adds up the lengths of the pages before.
/// </summary>
internal sealed class WaitingLine
{
    private const int PageSize = 64;

    // In step with one another: the pages, how many stand on each, and the order from which on each begins.
    private readonly List<LineOrder[]> _pages = [new LineOrder[PageSize]];
    private readonly List<int> _counts = [0];
    private readonly List<LineOrder> _starts = [new LineOrder(long.MinValue, "")];

    public void Add(in LineOrder place)
    {
        var index = PageOf(place);
        if (_counts[index] == PageSize)
        {
            Split(index);
            if (_starts[index + 1].CompareTo(place) <= 0) index++;
        }
        var (page, count) = (_pages[index], _counts[index]);
        var at = ~Array.BinarySearch(page, 0, count, place);
        Array.Copy(page, at, page, at + 1, count - at);
        page[at] = place;
        _counts[index] = count + 1;
    }

    public void Remove(in LineOrder place)
    {
        var index = PageOf(place);
        var (page, count) = (_pages[index], _counts[index] - 1);
        var at = Array.BinarySearch(page, 0, count + 1, place);
        Array.Copy(page, at + 1, page, at, count - at);
        page[count] = default;
        _counts[index] = count;
        if (count > 0 || index == 0) return;
        _pages.RemoveAt(index);
        _counts.RemoveAt(index);
        _starts.RemoveAt(index);
    }

    /// <summary>The first so many, in order.</summary>
    public List<LineOrder> First(int count)
    {
        var first = new List<LineOrder>();
        for (var i = 0; i < _pages.Count && first.Count < count; i++)
            first.AddRange(_pages[i].AsSpan(0, Math.Min(_counts[i], count - first.Count)));
        return first;
    }

    /// <summary>1 for the first.</summary>
    public int PositionOf(in LineOrder place)
    {
        var index = PageOf(place);
        var before = 0;
        for (var i = 0; i < index; i++) before += _counts[i];
        return before + Array.BinarySearch(_pages[index], 0, _counts[index], place) + 1;
    }

    // The last page that begins with the place or before it.
    private int PageOf(in LineOrder place)
    {
        var found = _starts.BinarySearch(place);
        return found >= 0 ? found : ~found - 1;
    }

    // The upper half of a full page becomes a page of its own.
    private void Split(int index)
    {
        const int half = PageSize / 2;
        var (lower, upper) = (_pages[index], new LineOrder[PageSize]);
        Array.Copy(lower, half, upper, 0, half);
        Array.Clear(lower, half, half);
        _counts[index] = half;
        _pages.Insert(index + 1, upper);
        _counts.Insert(index + 1, half);
        _starts.Insert(index + 1, upper[0]);
    }
}
