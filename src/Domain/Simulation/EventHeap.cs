namespace CampusCare.Domain.Simulation;

/// <summary>What happens next, as a binary heap in two arrays. An event is a time and a number that says what it is.</summary>
internal sealed class EventHeap
{
    private double[] _times = new double[256];
    private int[] _codes = new int[256];

    public int Count { get; private set; }

    public double NextTime => _times[0];

    public int NextCode => _codes[0];

    public void Add(double time, int code)
    {
        if (Count == _times.Length)
        {
            Array.Resize(ref _times, Count * 2);
            Array.Resize(ref _codes, Count * 2);
        }
        var place = Count++;
        while (place > 0)
        {
            var parent = (place - 1) >> 1;
            if (_times[parent] <= time) break;
            (_times[place], _codes[place]) = (_times[parent], _codes[parent]);
            place = parent;
        }
        (_times[place], _codes[place]) = (time, code);
    }

    public void RemoveNext()
    {
        Count--;
        if (Count > 0) ReplaceNext(_times[Count], _codes[Count]);
    }

    /// <summary>The next event is done, and another one is known: one way down instead of two.</summary>
    public void ReplaceNext(double time, int code)
    {
        var place = 0;
        while (true)
        {
            var child = 2 * place + 1;
            if (child >= Count) break;
            if (child + 1 < Count && _times[child + 1] < _times[child]) child++;
            if (time <= _times[child]) break;
            (_times[place], _codes[place]) = (_times[child], _codes[child]);
            place = child;
        }
        (_times[place], _codes[place]) = (time, code);
    }
}
