using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Routing;

/// <summary>Some tickets of a queue need, or would be better with, a skill besides the queue's own.</summary>
/// <param name="Skill">1–32 of a–z, 0–9, dash and colon; a pod's is one of <see cref="Pods"/>.</param>
/// <param name="Level">1–5.</param>
/// <param name="Hard">True: nobody without it is asked. False: it raises an agent's score.</param>
/// <param name="Role">Of which customers; null: of all.</param>
/// <param name="Language">In which language, see <see cref="Routing.Language"/>; null: in any.</param>
/// <param name="Category">About what; null: about anything.</param>
/// <param name="Tier">Of which tier; null: of any.</param>
public sealed record SkillRule(
    string Skill, int Level, bool Hard,
    CustomerRole? Role = null, string? Language = null, Category? Category = null, CustomerTier? Tier = null)
{
    /// <summary>Most rules of a queue.</summary>
    public const int Maximum = 50;

    /// <summary>The longest name of a skill.</summary>
    public const int MaximumName = 32;

    /// <summary>Whether a ticket is meant.</summary>
    public bool AppliesTo(CustomerRole role, string language, Category category, CustomerTier tier) =>
        (Role is null || Role == role)
        && (Language is null || Language == language)
        && (Category is null || Category == category)
        && (Tier is null || Tier == tier);

    /// <summary>What is wrong with a queue's rules, in words; null when nothing is.</summary>
    public static string? Fault(IReadOnlyCollection<SkillRule> rules)
    {
        if (rules.Count > Maximum) return $"A queue has at most {Maximum} rules for skills, not {rules.Count}.";
        foreach (var rule in rules)
        {
            if (NameFault(rule.Skill) is { } fault) return fault;
            if (rule.Level is < 1 or > 5) return $"The level of '{rule.Skill}' goes from 1 to 5.";
            if (rule.Language is not (null or Routing.Language.Chinese or Routing.Language.English))
                return $"'{rule.Language}' is no language that is told apart; '{Routing.Language.Chinese}' and '{Routing.Language.English}' are.";
        }
        return null;
    }

    /// <summary>What is wrong with a skill's name, in words; null when nothing is.</summary>
    public static string? NameFault(string skill) =>
        skill.Length is < 1 or > MaximumName || !skill.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or ':')
            ? $"'{skill}' can't name a skill: it has 1 to {MaximumName} of a-z, 0-9, dash and colon."
            : Pods.Fault(skill);
}
