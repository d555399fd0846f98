using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.ServiceLevels;

/// <summary>How long each clock may run, in open time; null: it does not run.</summary>
public sealed record Targets(TimeSpan? FirstResponse = null, TimeSpan? NextResponse = null, TimeSpan? Resolution = null)
{
    /// <summary>No clock runs.</summary>
    public static readonly Targets None = new();

    /// <summary>The target of a clock; null when it does not run.</summary>
    public TimeSpan? Of(ClockKind clock) => clock switch
    {
        ClockKind.FirstResponse => FirstResponse,
        ClockKind.NextResponse => NextResponse,
        ClockKind.Resolution => Resolution,
        _ => null,
    };

    /// <summary>When a clock that started at <paramref name="since"/> is due; null when it does not run, or nobody will ever be at work.</summary>
    public DateTimeOffset? DueAt(ClockKind clock, DateTimeOffset since, WorkCalendar calendar) =>
        Of(clock) is { } target ? calendar.Add(since, target) : null;

    /// <summary>These, and what they leave open from others.</summary>
    internal Targets Or(Targets others) =>
        new(FirstResponse ?? others.FirstResponse, NextResponse ?? others.NextResponse, Resolution ?? others.Resolution);
}

/// <summary>A category with targets of its own; a null target is the queue's.</summary>
public sealed record CategoryTargets(Category Category, Targets Targets);

/// <summary>A queue's service levels.</summary>
/// <param name="Usual">What holds unless a category says otherwise.</param>
/// <param name="Categories">Each at most once.</param>
public sealed record ServiceTargets(Targets Usual, ImmutableArray<CategoryTargets> Categories)
{
    /// <summary>Longest target: a clock that runs longer reminds nobody.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>What a VIP's first response may take, when no other is said.</summary>
    public static readonly TimeSpan VipDefault = TimeSpan.FromSeconds(15);

    /// <summary>No clock runs, but a VIP's.</summary>
    public static readonly ServiceTargets None = new(Targets.None, []);

    /// <summary>A VIP's first response; null: like everybody's. It only ever tightens a target.</summary>
    public TimeSpan? VipFirstResponse { get; init; } = VipDefault;

    /// <summary>The targets of a ticket.</summary>
    public Targets For(Category category, CustomerTier tier)
    {
        var targets = Categories.FirstOrDefault(own => own.Category == category)?.Targets.Or(Usual) ?? Usual;
        return tier == CustomerTier.Vip && VipFirstResponse is { } vip && (targets.FirstResponse is null || vip < targets.FirstResponse)
            ? targets with { FirstResponse = vip }
            : targets;
    }

    /// <summary>What is wrong with them, in words; null when nothing is.</summary>
    public string? Fault()
    {
        if (Categories.IsDefault) return "Targets by category are missing; the list may be empty.";
        if (VipFirstResponse is { } vip && !IsUsable(vip)) return $"A VIP's first response must be above 0 and at most {Longest.TotalDays:0} days.";
        if (Fault("The queue", Usual) is { } usual) return usual;
        foreach (var own in Categories)
            if (Fault(own.Category.ToString(), own.Targets) is { } fault) return fault;
        return Categories.GroupBy(static own => own.Category).FirstOrDefault(static same => same.Count() > 1) is { } twice
            ? $"{twice.Key} is there more than once."
            : null;
    }

    private static string? Fault(string whose, Targets targets)
    {
        foreach (var clock in Enum.GetValues<ClockKind>())
            if (targets.Of(clock) is { } target && !IsUsable(target))
                return $"{whose}: the target of {clock} must be above 0 and at most {Longest.TotalDays:0} days.";
        return null;
    }

    private static bool IsUsable(TimeSpan target) => target > TimeSpan.Zero && target <= Longest;
}
