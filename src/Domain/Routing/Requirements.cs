using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Routing;

/// <summary>What a ticket asks of its agent.</summary>
/// <param name="Hard">All are needed, each at least at its level; the queue's own skill first, then by name.</param>
/// <param name="Soft">Would be good to have; none that is needed anyway, by name.</param>
public sealed record Requirements(ImmutableArray<SkillLevel> Hard, ImmutableArray<SkillLevel> Soft)
{
    /// <summary>
    /// The queue's own skill and what its rules add. Of several levels of one skill the highest counts; a soft wish for
    /// a needed skill says nothing more, also when its level is higher.
    /// </summary>
    public static Requirements For(
        string queueSkill, int minimumLevel, IEnumerable<SkillRule> rules,
        CustomerRole role, string language, Category category, CustomerTier tier)
    {
        var hard = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var soft = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var own = minimumLevel;
        foreach (var rule in rules)
        {
            if (!rule.AppliesTo(role, language, category, tier)) continue;
            if (rule.Skill == queueSkill) own = rule.Hard ? Math.Max(own, rule.Level) : own;
            else Raise(rule.Hard ? hard : soft, rule);
        }
        foreach (var skill in hard.Keys) soft.Remove(skill);
        return new Requirements([new SkillLevel(queueSkill, own), .. Levels(hard)], [.. Levels(soft)]);
    }

    private static void Raise(SortedDictionary<string, int> levels, SkillRule rule) =>
        levels[rule.Skill] = Math.Max(rule.Level, levels.GetValueOrDefault(rule.Skill));

    private static IEnumerable<SkillLevel> Levels(SortedDictionary<string, int> levels) =>
        levels.Select(static level => new SkillLevel(level.Key, level.Value));
}
