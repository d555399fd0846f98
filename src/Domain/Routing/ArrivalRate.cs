namespace CampusCare.Domain.Routing;

/// <summary>
/// How many tickets come per second lately: a count that decays exponentially, over the time that it stands for. The
/// steady rate r gives r on average, with a standard error of √(r / 2τ).
/// </summary>
/// <param name="Since">When counting began.</param>
/// <param name="Last">The moment for which the count stands.</param>
/// <param name="Count">Arrivals, each worth e^(−age/τ).</param>
public sealed record ArrivalRate(DateTimeOffset Since, DateTimeOffset Last, double Count)
{
    /// <summary>τ: short enough to see a rush begin, long enough not to take three calls for one.</summary>
    public static readonly TimeSpan TimeConstant = TimeSpan.FromMinutes(5);

    /// <summary>Before so much time of counting has passed, one arrival would look like a rush: the rate is told too low.</summary>
    public static readonly TimeSpan LeastWindow = TimeSpan.FromSeconds(30);

    /// <summary>Nobody has come yet.</summary>
    public static ArrivalRate StartingAt(DateTimeOffset now) => new(now, now, 0);

    /// <summary>After one more arrival.</summary>
    public ArrivalRate With(DateTimeOffset arrival) => arrival >= Last
        ? this with { Last = arrival, Count = Count * Faded(arrival - Last) + 1 }
        : this with { Count = Count + Faded(Last - arrival) };

    /// <summary>Arrivals per second.</summary>
    public double At(DateTimeOffset now)
    {
        var age = now - Since > LeastWindow ? now - Since : LeastWindow;
        var window = TimeConstant.TotalSeconds * (1 - Faded(age));
        return Count * Faded(now > Last ? now - Last : TimeSpan.Zero) / window;
    }

    private static double Faded(TimeSpan age) => Math.Exp(-(age / TimeConstant));
}
