namespace CampusCare.PeakHour.Profiles;

/// <summary>What a bare part took for the same work: as many, at the same moments, with nothing else to do.</summary>
/// <param name="What">The part.</param>
/// <param name="Beside">Which of a run's rows it is put beside: <see cref="ProfileReport.OpenToAck"/>, <see cref="ProfileReport.MessageToDelivered"/>.</param>
/// <param name="Took">From when each was due to when it was done.</param>
public sealed record BareLimit(string What, string Beside, Latency Took);

/// <summary>Does a run's work once more, with bare parts.</summary>
/// <param name="contacts">When contacts were due.</param>
/// <param name="messages">When messages were sent.</param>
/// <param name="stop">Gives up.</param>
public delegate Task<IReadOnlyList<BareLimit>> BareMeasure(IReadOnlyList<TimeSpan> contacts, IReadOnlyList<TimeSpan> messages, CancellationToken stop);
