using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Overload;

/// <summary>
/// How often who may ask, in any minute through this process: the one place for all such limits. A count that nobody
/// adds to is forgotten after a minute, so their number follows the traffic.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int Segments = 6;
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<Caller>? _writes;
    private readonly PartitionedRateLimiter<Caller>? _signals;
    private readonly PartitionedRateLimiter<Caller>? _callers;
    private readonly PartitionedRateLimiter<string>? _campuses;
    private readonly PartitionedRateLimiter<IPAddress>? _addresses;
    private readonly Tally _refused;

    public RateLimits(IOptions<GatewayOptions> options, IMeterFactory meters)
    {
        var limits = options.Value.RateLimit;
        _writes = Limiter<Caller, (string, string)>(limits.PerCustomerPerMinute, static caller => (caller.Campus, caller.Id));
        _signals = Limiter<Caller, (string, Role, string)>(limits.SignalsPerMinute, static caller => (caller.Campus, caller.Role, caller.Id));
        _callers = Limiter<Caller, (string, Role, string)>(limits.PerCallerPerMinute, static caller => (caller.Campus, caller.Role, caller.Id));
        _campuses = Limiter<string, string>(limits.PerCampusPerMinute, static campus => campus);
        _addresses = Limiter<IPAddress, IPAddress>(limits.PerAddressPerMinute, NetworkOf);
        _refused = new Tally(meters.Create(Load.MeterName), "campuscare.gateway.rate_limited", "{request}", "Requests over a rate limit, by limit", "limit", "customer", "signal", "caller", "campus", "address");
    }

    /// <summary>A customer writes, over REST or a hub. Null when that may be now, else the problem.</summary>
    public Problem? Write(Caller caller) =>
        caller.IsCustomer ? Take(_writes, caller, "customer", "Too many contacts and messages in a minute.") : null;

    /// <summary>A page of a call says something to another one. Null when that may be now, else the problem.</summary>
    public Problem? Signal(Caller caller) => Take(_signals, caller, "signal", "Too many signals of calls in a minute.");

    /// <summary>A request to the API, with or without a caller. Null when it may go on, else the problem.</summary>
    public Problem? Ask(Caller? caller, IPAddress? address)
    {
        if (caller is not null)
        {
            return Take(_callers, caller, "caller", "This caller sent too many requests in a minute.")
                ?? Take(_campuses, caller.Campus, "campus", "This campus sent too many requests in a minute.");
        }
        return Take(_addresses, address ?? IPAddress.None, "address", "Too many requests without a token came from this address in a minute.");
    }

    public void Dispose()
    {
        _writes?.Dispose();
        _signals?.Dispose();
        _callers?.Dispose();
        _campuses?.Dispose();
        _addresses?.Dispose();
    }

    private Problem? Take<T>(PartitionedRateLimiter<T>? limiter, T who, string limit, string why)
    {
        if (limiter is null) return null;
        using var lease = limiter.AttemptAcquire(who);
        if (lease.IsAcquired) return null;
        _refused.Add(limit);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window / Segments;
        return ProblemOf.RateLimited(why, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
    }

    private static PartitionedRateLimiter<T>? Limiter<T, TKey>(int perMinute, Func<T, TKey> key) where TKey : notnull
    {
        if (perMinute <= 0) return null;
        var limits = new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = Window, SegmentsPerWindow = Segments, QueueLimit = 0 };
        return PartitionedRateLimiter.Create<T, TKey>(who => RateLimitPartition.GetSlidingWindowLimiter(key(who), _ => limits));
    }

    // Whoever has one IPv6 address has its whole network.
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Math.Min(NetworkBytes, bytes.Length)).Clear();
        return new IPAddress(bytes);
    }
}
