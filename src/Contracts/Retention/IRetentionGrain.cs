using Orleans.Concurrency;

namespace CampusCare.Contracts.Retention;

/// <summary>Erases what a campus keeps no longer, by <see cref="Campuses.RetentionSettings"/>; a reminder wakes it each hour.</summary>
[Alias("Retention")]
public interface IRetentionGrain : IGrainWithStringKey
{
    /// <summary>Makes sure that the reminder is set.</summary>
    Task KeepWatch();

    /// <summary>Erases the next tickets that are due, a bounded number. Repeating it goes on where the last one ended.</summary>
    Task<SweepReport> Sweep();

    /// <summary>
    /// Deletes files that were stored and that no ticket names, of the next tickets, a bounded number. Repeating it goes on
    /// where the last one ended.
    /// </summary>
    Task<SweepReport> SweepFiles();

    /// <summary>Its own hint: more is due.</summary>
    [OneWay] Task GoOn();
}

/// <summary>What one step of a sweep did.</summary>
/// <param name="Erased">Tickets whose personal parts are gone now, or files.</param>
/// <param name="Left">Tickets that could not be erased now; the next sweep tries again.</param>
/// <param name="More">Whether more tickets are due.</param>
[GenerateSerializer, Immutable, Alias("SweepReport")]
public sealed record SweepReport([property: Id(0)] int Erased, [property: Id(1)] int Left, [property: Id(2)] bool More);
