using System.Diagnostics.Metrics;
using CampusCare.Domain;
using CampusCare.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Overload;

/// <summary>What a request is worth when not all can be served. Lower ones are refused first.</summary>
public enum Worth
{
    /// <summary>Wallboard, history, search, lists: wanted, but nobody waits for help because of it.</summary>
    Overview,

    /// <summary>Looking at one's own ticket or place.</summary>
    Look,

    /// <summary>Contacts, messages, agents' work: never refused for load.</summary>
    Work,
}

/// <summary>Says what a route or hub method is worth; without it a GET is a look and all else is work.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorthAttribute(Worth worth) : Attribute
{
    public Worth Worth => worth;
}

/// <summary>
/// How much is in work: requests to the API and calls of hub methods that were not answered yet. It is what arrives times
/// how long each takes, so it grows whatever is slow (grains, database, processor) and falls by itself. Past a stated
/// amount the least worthy are refused, so that the rest is served.
/// </summary>
internal sealed class Load
{
    public const string MeterName = "CampusCare.Gateway";

    private static readonly Problem Overloaded = ProblemOf.Refusal(
        RefusalCode.Overloaded, "The system is busy with contacts and messages now, and doesn't answer this for a moment. Try again later.");

    private readonly OverloadOptions _limits;
    private readonly Tally _shed;
    private int _inWork;
    private TaskCompletionSource? _idle;

    public Load(IOptions<GatewayOptions> options, IMeterFactory meters)
    {
        _limits = options.Value.Overload;
        var meter = meters.Create(MeterName);
        _shed = new Tally(meter, "campuscare.gateway.shed", "{request}", "Requests refused because of load, by worth", "worth", nameof(Worth.Overview), nameof(Worth.Look));
        meter.CreateObservableGauge("campuscare.gateway.in_work", () => InWork, "{request}", "Requests and hub calls in work");
    }

    /// <summary>Requests and hub calls that were not answered yet.</summary>
    public int InWork => Volatile.Read(ref _inWork);

    /// <summary>Whether overviews have to wait: wallboards push less often then.</summary>
    public bool IsHigh => IsAbove(_limits.OverviewsAbove);

    /// <summary>Null when a request of this worth may go on, else the problem.</summary>
    public Problem? Refuses(Worth worth)
    {
        var refuses = worth switch
        {
            Worth.Overview => IsAbove(_limits.OverviewsAbove) || IsAbove(_limits.LooksAbove),
            Worth.Look => IsAbove(_limits.LooksAbove),
            _ => false,
        };
        if (!refuses) return null;
        _shed.Add(worth.ToString());
        return Overloaded;
    }

    /// <summary>Something is in work until <see cref="End"/>.</summary>
    public void Begin() => Interlocked.Increment(ref _inWork);

    /// <summary>It is answered.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref _inWork) == 0) Volatile.Read(ref _idle)?.TrySetResult();
    }

    /// <summary>Ends when nothing is in work; asked once, when the process is about to go.</summary>
    public Task Idle()
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _idle, idle);
        Interlocked.MemoryBarrier();
        if (InWork == 0) idle.TrySetResult();
        return idle.Task;
    }

    private bool IsAbove(int limit) => limit > 0 && InWork > limit;
}
