using System.Collections.Immutable;

namespace CampusCare.Domain.ServiceLevels;

/// <summary>What a clock guards.</summary>
public enum ClockKind
{
    /// <summary>An agent's first word (on a call: picking up).</summary>
    FirstResponse,

    /// <summary>An agent's answer to what the customer wrote last.</summary>
    NextResponse,

    /// <summary>The solution.</summary>
    Resolution,

    /// <summary>"We come back to you by 18:40."</summary>
    Promise,

    /// <summary>How long one line has the ticket before the next one is asked.</summary>
    Tier,

    /// <summary>The next attempt to tell the product team.</summary>
    Product,

    /// <summary>The next attempt to bring a reply to the customer's channel.</summary>
    Reply,

    /// <summary>The next attempt to pay a remedy.</summary>
    Payment,
}

/// <summary>How a clock stands.</summary>
public enum ClockState { Active, Hit, Missed }

/// <summary>A time by which something must be done.</summary>
public sealed record Clock(ClockKind Kind, DateTimeOffset DueAt, ClockState State = ClockState.Active);

/// <summary>A ticket's clocks: at most one of each kind, the last one that was started.</summary>
public static class Clocks
{
    /// <summary>Starts a clock, in place of an earlier one of its kind.</summary>
    public static ImmutableArray<Clock> Start(this ImmutableArray<Clock> clocks, ClockKind kind, DateTimeOffset dueAt) =>
        clocks.RemoveAll(clock => clock.Kind == kind).Add(new Clock(kind, dueAt));

    /// <summary>Ends those of these kinds that run.</summary>
    public static ImmutableArray<Clock> End(this ImmutableArray<Clock> clocks, ClockState how, params ReadOnlySpan<ClockKind> kinds)
    {
        foreach (var kind in kinds)
            if (clocks.Running(kind) is { } running) clocks = clocks.Replace(running, running with { State = how });
        return clocks;
    }

    /// <summary>Those that ended, without those that run: the matter is over. The last words are still brought to the customer, and what was promised is paid.</summary>
    public static ImmutableArray<Clock> Stop(this ImmutableArray<Clock> clocks) =>
        clocks.RemoveAll(static clock => clock.State == ClockState.Active && clock.Kind is not (ClockKind.Reply or ClockKind.Payment));

    /// <summary>All but those of a kind.</summary>
    public static ImmutableArray<Clock> Without(this ImmutableArray<Clock> clocks, ClockKind kind) => clocks.RemoveAll(clock => clock.Kind == kind);

    /// <summary>The clock of a kind, if it runs.</summary>
    public static Clock? Running(this ImmutableArray<Clock> clocks, ClockKind kind)
    {
        foreach (var clock in clocks)
            if (clock.Kind == kind && clock.State == ClockState.Active) return clock;
        return null;
    }

    /// <summary>When the first of those that run runs out, leaving some kinds aside; null when none runs.</summary>
    public static DateTimeOffset? NextDue(this ImmutableArray<Clock> clocks, params ReadOnlySpan<ClockKind> but)
    {
        DateTimeOffset? next = null;
        foreach (var clock in clocks)
            if (clock.State == ClockState.Active && !but.Contains(clock.Kind) && (next is null || clock.DueAt < next)) next = clock.DueAt;
        return next;
    }
}
