using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CampusCare.Grains.Queues;

/// <summary>
/// The meter <c>CampusCare.Queues</c>: how the queues of this process stand, added up by campus. The first
/// <see cref="MaximumCampuses"/> campuses have a name of their own, so that figures stay bounded whatever comes.
/// </summary>
internal static class QueueMeter
{
    public const string Name = "CampusCare.Queues";

    /// <summary>Campuses that are told apart.</summary>
    public const int MaximumCampuses = 200;

    /// <summary>All campuses beyond them.</summary>
    public const string Others = "others";

    private static readonly Meter Meter = new(Name);
    private static readonly ConcurrentDictionary<string, CampusFigures> Campuses = new();
    private static readonly Lock NewCampus = new();

    private static readonly Histogram<double> Waited =
        Meter.CreateHistogram<double>("campuscare.queue.wait", "s", "From when a ticket began to wait to when an agent had it, by campus");

    static QueueMeter()
    {
        Gauge("campuscare.queue.waiting", "{ticket}", "Tickets that wait, by campus", static campus => campus.Sum(static queue => queue.Waiting));
        Gauge("campuscare.queue.offered", "{ticket}", "Tickets on offer to an agent, by campus", static campus => campus.Sum(static queue => queue.Offered));
        Gauge("campuscare.queue.unattended", "{queue}", "Queues in which tickets wait and no agent is at work, by campus", static campus => campus.Sum(static queue => queue.Waiting > 0 && queue.Agents == 0 ? 1 : 0));
        Meter.CreateObservableGauge("campuscare.queue.longest_wait", static () => Told(static campus => campus.LongestWait), "s", "How long the ticket that waits longest has waited, by campus");
        Count("campuscare.queue.offers", "{offer}", "Offers to agents, by campus", static campus => campus.Offers);
        Count("campuscare.queue.assigned", "{ticket}", "Tickets that an agent took, by campus", static campus => campus.Assigned);
        Count("campuscare.queue.abandoned", "{ticket}", "Tickets whose customer gave up, by campus", static campus => campus.Abandoned);
        Count("campuscare.queue.clocks_missed", "{clock}", "Service clocks that ran out, by campus", static campus => campus.Missed);
    }

    /// <summary>The figures of a queue that begins its work here.</summary>
    public static QueueStand Begin(string campus, string queue) => Of(campus).Add($"{campus}/{queue}");

    private static CampusFigures Of(string campus)
    {
        if (Campuses.TryGetValue(campus, out var known)) return known;
        lock (NewCampus) return Campuses.GetOrAdd(Campuses.Count < MaximumCampuses ? campus : Others, static _ => new CampusFigures());
    }

    internal static void Record(string campus, TimeSpan wait) =>
        Waited.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("campus", Campuses.ContainsKey(campus) ? campus : Others));

    private static void Gauge(string name, string unit, string what, Func<CampusFigures, long> figure) => Meter.CreateObservableGauge(name, () => Told(figure), unit, what);

    private static void Count(string name, string unit, string what, Func<CampusFigures, long> figure) => Meter.CreateObservableCounter(name, () => Told(figure), unit, what);

    private static IEnumerable<Measurement<T>> Told<T>(Func<CampusFigures, T> figure) where T : struct =>
        Campuses.Select(campus => new Measurement<T>(figure(campus.Value), new KeyValuePair<string, object?>("campus", campus.Key)));
}

/// <summary>One campus's queues in this process.</summary>
internal sealed class CampusFigures
{
    private readonly ConcurrentDictionary<string, QueueStand> _queues = new();
    private long _offers, _assigned, _abandoned, _missed;

    public long Offers => Volatile.Read(ref _offers);
    public long Assigned => Volatile.Read(ref _assigned);
    public long Abandoned => Volatile.Read(ref _abandoned);
    public long Missed => Volatile.Read(ref _missed);
    public double LongestWait => _queues.Values.Select(static queue => queue.LongestWait).DefaultIfEmpty().Max();

    public long Sum(Func<QueueStand, long> figure) => _queues.Values.Sum(figure);

    /// <summary>A queue begins anew; what a lost activation of it told is forgotten.</summary>
    public QueueStand Add(string queue) => _queues[queue] = new QueueStand(this, queue);

    public void Remove(string queue, QueueStand stand) => _queues.TryRemove(new KeyValuePair<string, QueueStand>(queue, stand));
    public void Offer() => Interlocked.Increment(ref _offers);
    public void Assign() => Interlocked.Increment(ref _assigned);
    public void Abandon() => Interlocked.Increment(ref _abandoned);
    public void Miss() => Interlocked.Increment(ref _missed);
}

/// <summary>How one queue stands; told by its grain once a second, read by whoever looks at the figures.</summary>
internal sealed class QueueStand(CampusFigures campus, string queue)
{
    private double _longestWait;
    private int _waiting, _offered, _agents;

    public int Waiting => Volatile.Read(ref _waiting);
    public int Offered => Volatile.Read(ref _offered);
    public int Agents => Volatile.Read(ref _agents);
    public double LongestWait => Volatile.Read(ref _longestWait);

    public CampusFigures Campus => campus;

    public void Stands(int waiting, int offered, int agents, double longestWait)
    {
        Volatile.Write(ref _waiting, waiting);
        Volatile.Write(ref _offered, offered);
        Volatile.Write(ref _agents, agents);
        Volatile.Write(ref _longestWait, longestWait);
    }

    /// <summary>The queue goes on elsewhere.</summary>
    public void End() => campus.Remove(queue, this);
}
