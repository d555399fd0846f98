using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;

namespace CampusCare.Grains;

/// <summary>Skills between the rules that use them and the messages that carry them.</summary>
internal static class Skills
{
    public static ImmutableArray<SkillNeed> Words(this ImmutableArray<SkillLevel> skills) => [.. skills.Select(static one => new SkillNeed(one.Skill, one.Level))];

    public static ImmutableArray<SkillLevel> Levels(this ImmutableArray<SkillNeed> skills) => [.. skills.Select(static one => new SkillLevel(one.Skill, one.Level))];
}
