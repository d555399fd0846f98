using CampusCare.Contracts.Campuses;
using CampusCare.Domain;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Routing;
using CampusCare.Grains.Queues;
using CampusCare.Grains.Remedies;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Campuses;

/// <summary>What is wrong with a campus's settings: found before anything runs by them.</summary>
internal static class SettingsCheck
{
    /// <summary>Most queues of a campus.</summary>
    public const int MaximumQueues = 64;

    /// <summary>The longest time that a setting can mean: a month.</summary>
    public const int MaximumSeconds = 30 * 24 * 3600;

    /// <summary>Most web origins of a campus.</summary>
    public const int MaximumOrigins = 20;

    /// <summary>The longest id of a campus or a queue.</summary>
    public const int MaximumSlug = 32;

    /// <summary>The longest time that personal data are kept by a setting: ten years.</summary>
    public const int MaximumDays = 3_650;

    /// <summary>A bot that is less sure than this would only guess.</summary>
    public const double LeastConfidence = 0.3;

    /// <summary>The longest name of a queue.</summary>
    public const int MaximumName = 64;

    /// <summary>The longest offer: a customer waits meanwhile.</summary>
    public const int MaximumOfferSeconds = 300;

    /// <summary>The "no", with its field; null when the settings can be used.</summary>
    public static Refusal? Fault(string campus, CampusSettings settings)
    {
        if (settings.Campus != campus || !IsSlug(campus)) return Invalid("campus", $"A campus's id has 1 to {MaximumSlug} characters of a-z, 0-9 and dash.");
        if (settings.Queues.IsDefaultOrEmpty || settings.Queues.Length > MaximumQueues) return Invalid("queues", $"A campus has 1 to {MaximumQueues} queues.");
        if (settings.Queues.GroupBy(static queue => queue.Queue).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            return Invalid("queues", $"There are two queues '{twice.Key}'.");
        if (settings.Retention is { PersonalDays: < 0 or > MaximumDays }) return Invalid("retention.personalDays", $"Days go from 1 to {MaximumDays}; 0 keeps everything.");
        if (settings.Bot is { } bot && !(bot.Confidence >= LeastConfidence && bot.Confidence <= 1)) return Invalid("bot.confidence", $"A confidence goes from {LeastConfidence} to 1.");
        if (settings.Origins.Length > MaximumOrigins || !settings.Origins.All(IsOrigin))
            return Invalid("origins", $"At most {MaximumOrigins} web origins, each like https://app.example.edu: a scheme, a host, perhaps a port, and nothing else.");
        if (settings.Remedies is { } remedies && Fault(remedies) is { } fault) return Invalid($"remedies.{fault.Field}", fault.Detail);
        if (settings.Reviews is { Percent: < 0 or > 100 }) return Invalid("reviews.percent", "Of a hundred decisions 0 to 100 are looked at; 0: none.");
        foreach (var queue in settings.Queues)
            if (Missing(queue) is { } missing) return Invalid($"queues.{queue.Queue}.{missing}", "Something in it is missing: no name, skill or part may be null.");
        foreach (var queue in settings.Queues)
            if (Fault(settings, queue) is var (field, detail) && detail is not null)
                return Invalid($"queues.{queue.Queue}.{field}", detail);
        return null;
    }

    private static (string Field, string Detail)? Fault(RemedySettings remedies) =>
        remedies.Rules.Any(static rule => rule?.Id is null) ? ("rules", "Something in it is missing: no rule and no id may be null.")
        : remedies.UtcOffsetMinutes is < -MaximumOffset or > MaximumOffset ? ("utcOffsetMinutes", $"A clock differs by at most {MaximumOffset} minutes from UTC.")
        : RemedyRules.Fault(remedies.Policy(0));

    private const int MaximumOffset = 14 * 60;

    // What came as JSON may lack what the types promise.
    private static string? Missing(QueueSettings queue)
    {
        if (!IsName(queue.NameZh)) return "nameZh";
        if (!IsName(queue.NameEn)) return "nameEn";
        if (queue.Rings.Any(static ring => ring is null || ring.Without.Contains(null!) || ring.Queues.Contains(null!))) return "rings";
        if (queue.SkillRules.Any(static rule => rule?.Skill is null)) return "skillRules";
        if (queue.Targets is { } targets && targets.ByCategory.Contains(null!)) return "targets";
        if (queue.Calendar is { } calendar
            && (calendar.Week.IsDefault || calendar.Week.Contains(null!) || calendar.Exceptions.Any(static day => day is null || day.Open.IsDefault || day.Open.Contains(null!)))) return "calendar";
        return null;
    }

    // Half a surrogate pair is no text: no store takes it.
    internal static bool IsName(string? name)
    {
        if (name is null || name.Length is 0 or > MaximumName || name.Any(char.IsControl)) return false;
        for (var i = 0; i < name.Length; i++)
            if (char.IsSurrogate(name[i]) && (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[++i]))) return false;
        return true;
    }

    private static (string Field, string? Detail) Fault(CampusSettings campus, QueueSettings queue)
    {
        bool Exists(string id) => campus.Queues.Any(other => other.Queue == id);
        if (!IsSlug(queue.Queue)) return ("queue", $"A queue's id has 1 to {MaximumSlug} characters of a-z, 0-9 and dash.");
        if (queue.MinimumLevel is < 1 or > 5) return ("minimumLevel", "Levels go from 1 to 5.");
        if (queue.OfferSeconds is < 1 or > MaximumOfferSeconds) return ("offerSeconds", $"An offer lasts 1 to {MaximumOfferSeconds} seconds.");
        foreach (var (field, seconds) in new[] { ("wrapUpSeconds", queue.WrapUpSeconds), ("stickySeconds", queue.StickySeconds), ("escalateAfterSeconds", queue.EscalateAfterSeconds) })
            if (seconds is < 0 or > MaximumSeconds) return (field, $"Seconds go from 0 to {MaximumSeconds}.");
        if (queue.MaximumWaiting < 0) return ("maximumWaiting", "The cap is 0 (none) or more.");
        if (queue.EscalateTo is { } next && (next == queue.Queue || !Exists(next))) return ("escalateTo", $"'{next}' is not another queue of this campus.");
        foreach (var sibling in queue.Rings.SelectMany(static ring => ring.Queues))
            if (sibling == queue.Queue || !Exists(sibling)) return ("rings", $"'{sibling}' is not another queue of this campus.");
        var rules = QueueRules.Of(queue);
        return Ring.Fault(rules.Rings) is { } rings ? ("rings", rings)
            : SkillRule.Fault(rules.Skills) is { } skills ? ("skillRules", skills)
            : rules.Calendar.Fault() is { } calendar ? ("calendar", calendar)
            : ("targets", rules.Targets.Fault());
    }

    // What a browser would send as its Origin, letter for letter: anything else would never match, or end a header too early.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
        && text == address.GetLeftPart(UriPartial.Authority) && text.All(char.IsAscii);

    private static bool IsSlug(string id) => id.Length is > 0 and <= MaximumSlug && id.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static Refusal Invalid(string field, string detail) => new(RefusalCode.Invalid, detail, field);
}
