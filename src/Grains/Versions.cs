namespace CampusCare.Grains;

/// <summary>
/// Numbers for what a grain shows: each is larger than those before it, also than those of an earlier activation, so that
/// who gets two answers in the wrong order keeps the newer. Below 2^53, which a browser keeps whole.
/// </summary>
internal sealed class Versions(TimeProvider time)
{
    private long _last;

    /// <summary>The next one: the microseconds since 1970, or one more than the last.</summary>
    public long Next() => _last = Math.Max(_last + 1, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}
