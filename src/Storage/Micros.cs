namespace CampusCare.Storage;

/// <summary>
/// Times as whole microseconds since 1970-01-01T00:00:00Z: what both databases store without loss, and what the
/// hash chain covers.
/// </summary>
internal static class Micros
{
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond;

    public static long From(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMicrosecond - Epoch;

    public static DateTimeOffset ToTime(long micros) => new((micros + Epoch) * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>The same moment in UTC, without what a microsecond can't hold.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) => ToTime(From(at));

    public static DateTimeOffset? Truncate(DateTimeOffset? at) => at is { } time ? Truncate(time) : null;
}
