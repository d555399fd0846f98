using System.Diagnostics.Metrics;

namespace CampusCare.Gateway.Overload;

/// <summary>Counts by a label whose values are known from the beginning: those that never came are told as 0, so that an alert on them can be written.</summary>
internal sealed class Tally
{
    private readonly string[] _values;
    private readonly long[] _counts;

    /// <param name="meter">Whose counter it is.</param>
    /// <param name="name">The counter's name.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="what">What that means.</param>
    /// <param name="label">The label's name.</param>
    /// <param name="values">All its values.</param>
    public Tally(Meter meter, string name, string unit, string what, string label, params string[] values)
    {
        (_values, _counts) = (values, new long[values.Length]);
        meter.CreateObservableCounter(name, () => _values.Select((value, i) => new Measurement<long>(Volatile.Read(ref _counts[i]), new KeyValuePair<string, object?>(label, value))), unit, what);
    }

    /// <summary>One more with this value.</summary>
    public void Add(string value) => Interlocked.Increment(ref _counts[Array.IndexOf(_values, value)]);
}
