namespace CampusCare.Domain.Routing;

/// <summary>
/// The line in order, with positions: a sorted array with room at both ends. A search costs the logarithm; a change
/// moves the shorter side, so serving the first and adding a last one move nothing.
/// </summary>
internal sealed class WaitingLine
{
    /// <summary>By priority key, then by id.</summary>
    public static readonly IComparer<Waiting> Order = Comparer<Waiting>.Create(static (a, b) =>
    {
        var byKey = a.PriorityKey.CompareTo(b.PriorityKey);
        return byKey != 0 ? byKey : string.CompareOrdinal(a.TicketId, b.TicketId);
    });

    private const int FirstRoom = 64;

    private Waiting?[] _places = new Waiting?[FirstRoom];
    private int _start = FirstRoom / 2;
    private int _count;

    public void Add(Waiting ticket)
    {
        if (_start == 0 || _start + _count == _places.Length) MakeRoom();
        var at = ~Find(ticket);
        if (at < _count / 2)
        {
            Array.Copy(_places, _start, _places, _start - 1, at);
            _start--;
        }
        else
        {
            Array.Copy(_places, _start + at, _places, _start + at + 1, _count - at);
        }
        _places[_start + at] = ticket;
        _count++;
    }

    public void Remove(Waiting ticket)
    {
        var at = Find(ticket);
        if (at < _count / 2)
        {
            Array.Copy(_places, _start, _places, _start + 1, at);
            _places[_start++] = null;
        }
        else
        {
            Array.Copy(_places, _start + at + 1, _places, _start + at, _count - at - 1);
            _places[_start + _count - 1] = null;
        }
        _count--;
    }

    public int PositionOf(Waiting ticket) => Find(ticket) + 1;

    // The place of a ticket, or the complement of where it belongs; both from the start of the line.
    private int Find(Waiting ticket)
    {
        var found = Array.BinarySearch(_places, _start, _count, ticket, Order!);
        return found >= 0 ? found - _start : ~(~found - _start);
    }

    private void MakeRoom()
    {
        var places = new Waiting?[Math.Max(FirstRoom, 3 * _count)];
        var start = (places.Length - _count) / 2;
        Array.Copy(_places, _start, places, start, _count);
        (_places, _start) = (places, start);
    }
}
