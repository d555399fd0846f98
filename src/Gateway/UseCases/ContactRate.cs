using System.Threading.RateLimiting;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.UseCases;

/// <summary>How often one customer may write, over REST and hubs together.</summary>
internal sealed class ContactRate : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int Segments = 6;

    private readonly PartitionedRateLimiter<Caller>? _limiter;

    public ContactRate(IOptions<GatewayOptions> options)
    {
        var limits = new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.Value.RateLimit.PerCustomerPerMinute,
            Window = Window,
            SegmentsPerWindow = Segments,
            QueueLimit = 0,
        };
        if (limits.PermitLimit > 0)
        {
            _limiter = PartitionedRateLimiter.Create<Caller, (string, string)>(
                caller => RateLimitPartition.GetSlidingWindowLimiter((caller.Campus, caller.Id), _ => limits));
        }
    }

    /// <summary>Null when the caller may write now, else the problem.</summary>
    public Problem? Take(Caller caller)
    {
        if (_limiter is null || !caller.IsCustomer) return null;
        using var lease = _limiter.AttemptAcquire(caller);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window / Segments;
        return ProblemOf.RateLimited(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
    }

    public void Dispose() => _limiter?.Dispose();
}
