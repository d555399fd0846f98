namespace CampusCare.Domain.Routing;

/// <summary>
/// The line in order, with positions. A sorted array: a search costs the logarithm, a change moves memory (some
/// microseconds at 10,000). The next ticket stands at the end, so serving it moves nothing.
/// </summary>
internal sealed class WaitingLine
{
    /// <summary>By priority key, then by id.</summary>
    public static readonly IComparer<Waiting> Order = Comparer<Waiting>.Create(static (a, b) =>
    {
        var byKey = a.PriorityKey.CompareTo(b.PriorityKey);
        return byKey != 0 ? byKey : string.CompareOrdinal(a.TicketId, b.TicketId);
    });

    private static readonly IComparer<Waiting> LastFirst = Comparer<Waiting>.Create(static (a, b) => Order.Compare(b, a));

    private readonly List<Waiting> _lastFirst = [];

    public Waiting? Head => _lastFirst.Count == 0 ? null : _lastFirst[^1];

    public void Add(Waiting ticket) => _lastFirst.Insert(~_lastFirst.BinarySearch(ticket, LastFirst), ticket);

    public void Remove(Waiting ticket) => _lastFirst.RemoveAt(_lastFirst.BinarySearch(ticket, LastFirst));

    public int PositionOf(Waiting ticket) => _lastFirst.Count - _lastFirst.BinarySearch(ticket, LastFirst);
}
