using CampusCare.Contracts.Campuses;
using CampusCare.Domain.Forecasting;

namespace CampusCare.Grains.Forecasts;

/// <summary>By which clock a campus's days begin.</summary>
internal static class CampusClock
{
    /// <summary>China's.</summary>
    private const int UsualMinutes = 8 * 60;

    /// <summary>Local time minus UTC: that of the first queue with office hours, in whole quarters of an hour.</summary>
    public static TimeSpan Of(CampusSettings settings)
    {
        var minutes = settings.Queues.Select(static queue => queue.Calendar?.UtcOffsetMinutes).FirstOrDefault(static offset => offset is not null) ?? UsualMinutes;
        return TimeSpan.FromMinutes(minutes - minutes % SlotSeries.Minutes);
    }
}
