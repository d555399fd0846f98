using System.Collections.Immutable;

namespace CampusCare.Domain.Routing;

/// <summary>
/// 蜂巢: teams of one kind of person. Membership is a skill, so that a queue asks for it like for any other, and a ring
/// waives it (<see cref="Ring.Without"/>): quick responders first, experts after a while.
/// </summary>
public static class Pods
{
    /// <summary>Answer within seconds and solve what is simple.</summary>
    public const string QuickResponders = Prefix + "quick";

    /// <summary>Take what is hard, and advise others.</summary>
    public const string DeepExperts = Prefix + "expert";

    /// <summary>Listen in, and judge how tickets were handled.</summary>
    public const string QualityInspectors = Prefix + "quality";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [QuickResponders, DeepExperts, QualityInspectors];

    private const string Prefix = "pod:";

    /// <summary>A skill that looks like a pod must be one: in words what is wrong, null when nothing is.</summary>
    public static string? Fault(string skill) =>
        skill.StartsWith(Prefix, StringComparison.Ordinal) && !All.Contains(skill)
            ? $"There is no pod '{skill}'. Pods are {string.Join(", ", All)}."
            : null;
}
