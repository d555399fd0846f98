using CampusCare.Domain.Orders;

namespace CampusCare.Domain.Remedies;

/// <summary>Why something is given by whom, or why nothing is, by name.</summary>
public enum RemedyReason
{
    /// <summary>A rule gives it, within all limits.</summary>
    WithinLimits,

    /// <summary>It is more than is given without a person.</summary>
    AboveAutomatic,

    /// <summary>The customer was given the day's most.</summary>
    CustomerDay,

    /// <summary>The customer was given something too often.</summary>
    CustomerOften,

    /// <summary>It is more than an agent gives.</summary>
    AboveAgent,

    /// <summary>The campus gave the day's most.</summary>
    CampusDay,

    /// <summary>The campus gives nothing.</summary>
    Off,

    /// <summary>Only who ordered is given something.</summary>
    NotTheBuyer,

    /// <summary>No order is known.</summary>
    NoOrder,

    /// <summary>The order is so old that nobody knows any more what was given for it.</summary>
    TooOld,

    /// <summary>No rule is for such a case.</summary>
    NoRule,

    /// <summary>A rule would give it, if there were a picture.</summary>
    NeedsPicture,

    /// <summary>The same was given for this order before.</summary>
    GivenBefore,

    /// <summary>What was paid is given back already, or nothing was paid.</summary>
    NothingLeft,

    /// <summary>A sign makes a person look first (<see cref="DoubtSign"/>).</summary>
    Doubtful,
}

/// <summary>What policy says about a case.</summary>
/// <param name="Reason">Why.</param>
public sealed record RemedyDecision(RemedyReason Reason)
{
    /// <summary>The rule that gives it; null when nothing is given.</summary>
    public RemedyRule? Rule { get; init; }

    /// <summary>How much, in fen.</summary>
    public long Fen { get; init; }

    /// <summary>Who must grant it.</summary>
    public RemedyAuthority Needs { get; init; }

    /// <summary>Whether anything is given at all.</summary>
    public bool IsGiven => Rule is not null;
}

/// <summary>The policy at work: one case, what was given before, one decision. The same three always give the same.</summary>
public static class RemedyRules
{
    /// <summary>What policy says.</summary>
    public static RemedyDecision Decide(RemedyPolicy? policy, RemedyCase matter, RemedyUse use)
    {
        if (policy is null || policy.Rules.IsEmpty) return new RemedyDecision(RemedyReason.Off);
        if (matter.Role != CustomerRole.Student) return new RemedyDecision(RemedyReason.NotTheBuyer);
        if (matter.Order is not { } order) return new RemedyDecision(RemedyReason.NoOrder);
        if (!order.IsOf(matter.Role, matter.CustomerId)) return new RemedyDecision(RemedyReason.NotTheBuyer);
        if (order.Money == OrderMoney.Unpaid) return new RemedyDecision(RemedyReason.NothingLeft);
        if (matter.Now - order.PlacedAt > MaximumAge) return new RemedyDecision(RemedyReason.TooOld);

        var fitting = policy.Rules.Where(rule => rule.Categories.Contains(matter.Category) && Fits(rule, order, matter.Now)).ToList();
        if (fitting.Count == 0) return new RemedyDecision(RemedyReason.NoRule);
        var shown = fitting.Where(rule => !rule.NeedsPicture || matter.Pictures > 0).ToList();
        if (shown.Count == 0) return new RemedyDecision(RemedyReason.NeedsPicture);
        var left = shown.Where(rule => !use.OrderKinds.Contains(rule.Kind)).ToList();
        if (left.Count == 0) return new RemedyDecision(RemedyReason.GivenBefore);

        var best = left.MaxBy(rule => rule.Amount(order.PaidFen))!;
        var fen = Math.Min(best.Amount(order.PaidFen), order.PaidFen - use.OrderFen);
        if (fen <= 0) return new RemedyDecision(RemedyReason.NothingLeft);
        var (needs, reason) = Who(policy, fen, use);
        return new RemedyDecision(reason) { Rule = best, Fen = fen, Needs = needs };
    }

    private static bool Fits(RemedyRule rule, OrderFacts order, DateTimeOffset now) =>
        rule.Anomaly is not { } wrong || OrderAnomalies.Find(order, now).Any(seen => seen.Kind == wrong && seen.Minutes >= rule.LeastMinutes);

    private static (RemedyAuthority, RemedyReason) Who(RemedyPolicy policy, long fen, RemedyUse use) =>
        use.CampusDayFen + fen > policy.CampusDayFen ? (RemedyAuthority.Supervisor, RemedyReason.CampusDay)
        : fen > Math.Max(policy.AgentFen, policy.AutomaticFen) ? (RemedyAuthority.Supervisor, RemedyReason.AboveAgent)
        : fen > policy.AutomaticFen ? (RemedyAuthority.Agent, RemedyReason.AboveAutomatic)
        : use.CustomerDayFen + fen > policy.CustomerDayFen ? (RemedyAuthority.Agent, RemedyReason.CustomerDay)
        : use.CustomerTimes >= policy.CustomerTimes ? (RemedyAuthority.Agent, RemedyReason.CustomerOften)
        : (RemedyAuthority.Automatic, RemedyReason.WithinLimits);

    /// <summary>Why a policy can't be used, with the field; null when it can.</summary>
    public static (string Field, string Detail)? Fault(RemedyPolicy policy)
    {
        if (policy.Rules.Length > MaximumRules) return ("rules", $"A campus has at most {MaximumRules} rules.");
        if (policy.Rules.GroupBy(static rule => rule.Id).FirstOrDefault(static same => same.Count() > 1) is { } twice) return ("rules", $"There are two rules '{twice.Key}'.");
        foreach (var rule in policy.Rules)
            if (Fault(rule) is { } fault) return ($"rules.{rule.Id}", fault);
        foreach (var (field, fen) in new[] { ("automaticFen", policy.AutomaticFen), ("agentFen", policy.AgentFen), ("customerDayFen", policy.CustomerDayFen) })
            if (fen is < 0 or > OrderFacts.MaximumFen) return (field, $"Amounts go from 0 to {OrderFacts.MaximumFen} fen.");
        if (policy.CampusDayFen is < 0 or > MaximumDayFen) return ("campusDayFen", $"A day's amount goes from 0 to {MaximumDayFen} fen.");
        return policy.CustomerTimes is < 0 or > RemedyAccount.MaximumEntries ? ("customerTimes", $"Times go from 0 to {RemedyAccount.MaximumEntries}.") : null;
    }

    /// <summary>How old an order may be: half of what an account remembers, so that nothing that was given for it is forgotten.</summary>
    public static readonly TimeSpan MaximumAge = RemedyAccount.Window / 2;

    /// <summary>Most rules of a campus.</summary>
    public const int MaximumRules = 32;

    /// <summary>The most that a campus can give in a day, in fen.</summary>
    public const long MaximumDayFen = 1_000 * OrderFacts.MaximumFen;

    private const int MaximumId = 32;

    private static string? Fault(RemedyRule rule) =>
        rule.Id.Length is 0 or > MaximumId || !rule.Id.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') ? $"A rule's id has 1 to {MaximumId} characters of a-z, 0-9 and dash."
        : rule.Categories.IsEmpty ? "A rule says which categories it is for."
        : rule.Percent is < 0 or > 100 ? "A part goes from 0 to 100 percent."
        : rule.Fen is < 0 or > OrderFacts.MaximumFen || rule.MaximumFen is < 0 or > OrderFacts.MaximumFen ? $"Amounts go from 0 to {OrderFacts.MaximumFen} fen."
        : rule is { Fen: 0, Percent: 0 } ? "A rule gives something: an amount, or a part of what was paid."
        : rule.LeastMinutes is < 0 or > MaximumMinutes ? $"Minutes go from 0 to {MaximumMinutes}."
        : rule is { Anomaly: null, NeedsPicture: false } ? "A rule needs something besides the customer's word: something that is wrong with the order, or a picture."
        : null;

    private const int MaximumMinutes = 24 * 60;
}
