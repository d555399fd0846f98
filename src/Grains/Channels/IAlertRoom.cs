using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Supervision;

namespace CampusCare.Grains.Channels;

/// <summary>Where supervisors hear of alerts outside of our pages. What is told stands in the journal; telling is a courtesy.</summary>
public interface IAlertRoom
{
    /// <summary>Tells it, some time soon. Never throws, and doesn't wait.</summary>
    void Tell(ClockAlert alert);

    /// <inheritdoc cref="Tell(ClockAlert)"/>
    void Tell(InflowAlert alert);
}

/// <summary>There is no such place.</summary>
public sealed class NoAlertRoom : IAlertRoom
{
    public void Tell(ClockAlert alert)
    {
        // Supervisors see it in the pages.
    }

    public void Tell(InflowAlert alert)
    {
        // This too.
    }
}
