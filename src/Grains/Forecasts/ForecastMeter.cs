using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CampusCare.Domain.Staffing;
using CampusCare.Grains.Queues;

namespace CampusCare.Grains.Forecasts;

/// <summary>
/// The meter <c>CampusCare.Forecasts</c>: what the campuses whose forecasts live in this process want. As many are told apart
/// as by <see cref="QueueMeter"/>; the others are added up.
/// </summary>
internal static class ForecastMeter
{
    public const string Name = "CampusCare.Forecasts";

    private static readonly Meter Meter = new(Name);
    private static readonly ConcurrentDictionary<string, (string Label, WantedNow Wanted)> Campuses = new();
    private static readonly HashSet<string> Labels = [];

    static ForecastMeter()
    {
        Meter.CreateObservableGauge("campuscare.wanted.silos", static () => Told(static wanted => wanted.Silos), "{silo}", "Silos wanted within half an hour, by campus; add up and round up");
        Meter.CreateObservableGauge("campuscare.wanted.gateways", static () => Told(static wanted => wanted.Gateways), "{gateway}", "Gateways wanted within half an hour, by campus; add up and round up");
        Meter.CreateObservableGauge("campuscare.wanted.agents", static () => Told(static wanted => wanted.Agents), "{agent}", "Agents wanted at their desks now, by campus");
    }

    /// <summary>A campus wants this from now on.</summary>
    public static void Wants(string campus, WantedNow wanted) => Campuses[campus] = (LabelOf(campus), wanted);

    /// <summary>The campus's forecast goes on elsewhere.</summary>
    public static void End(string campus) => Campuses.TryRemove(campus, out _);

    private static string LabelOf(string campus)
    {
        lock (Labels) return Labels.Contains(campus) || (Labels.Count < QueueMeter.MaximumCampuses && Labels.Add(campus)) ? campus : QueueMeter.Others;
    }

    private static IEnumerable<Measurement<double>> Told(Func<WantedNow, double> figure) =>
        Campuses.Values.GroupBy(static campus => campus.Label)
            .Select(label => new Measurement<double>(label.Sum(campus => figure(campus.Wanted)), new KeyValuePair<string, object?>("campus", label.Key)));
}
