namespace CampusCare.Domain.Simulation;

/// <summary>A call in the line. Times in seconds from opening; it gives up when its patience ends, at LeavesAt.</summary>
internal readonly record struct WaitingCall(double ArrivedAt, double LeavesAt, double Service, int Period);

/// <summary>
/// The calls of one type that wait, first come first served. One whose patience ended stays in the ring until it comes
/// to the head or the ring is full: nothing depends on it any more, and so giving up needs no event of its own.
/// </summary>
internal sealed class WaitingCalls
{
    private const int FirstCapacity = 64;

    private WaitingCall[] _ring = new WaitingCall[FirstCapacity];
    private int _head, _count;

    /// <summary>Nobody waits.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>The longest-waiting one, whether or not it has given up.</summary>
    public ref readonly WaitingCall Head => ref _ring[_head];

    public void RemoveHead()
    {
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
    }

    /// <summary>False when there is no room: then <see cref="Compact"/>.</summary>
    public bool TryAdd(in WaitingCall call)
    {
        if (_count == _ring.Length) return false;
        _ring[(_head + _count++) & (_ring.Length - 1)] = call;
        return true;
    }

    /// <summary>Takes out those whose patience has ended, tells of each, and grows where that made little room.</summary>
    public void Compact(double now, int type, Tally tally)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var call = _ring[(_head + i) & (_ring.Length - 1)];
            if (call.LeavesAt < now) tally.Abandoned(type, call.Period, call.LeavesAt - call.ArrivedAt);
            else _ring[(_head + kept++) & (_ring.Length - 1)] = call;
        }
        _count = kept;
        if (_count > _ring.Length / 2) Grow();
    }

    private void Grow()
    {
        var larger = new WaitingCall[_ring.Length * 2];
        for (var i = 0; i < _count; i++) larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        _ring = larger;
        _head = 0;
    }
}
