using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Tickets;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Campuses;

/// <summary>What is wrong with an agent's profile: found before anything runs by it.</summary>
internal static class AgentCheck
{
    /// <summary>Most skills of an agent.</summary>
    public const int MaximumSkills = 64;

    /// <summary>Most chats at once.</summary>
    public const int MaximumChats = 20;

    /// <summary>Most forms at once.</summary>
    public const int MaximumForms = 50;

    /// <summary>The "no", with its field; null when the profile can be used.</summary>
    public static Refusal? Fault(CampusSettings campus, AgentProfile agent)
    {
        if (!IsId(agent.AgentId)) return Invalid("agentId", $"An agent's id has 1 to {TicketRules.MaximumId} visible ASCII characters, no slash, and doesn't begin with '{TicketRules.AskerId("")}'.");
        if (!SettingsCheck.IsName(agent.Name)) return Invalid("name", $"A name has 1 to {SettingsCheck.MaximumName} characters.");
        if (agent.Queues.FirstOrDefault(queue => !campus.Queues.Any(known => known.Queue == queue)) is { } stranger) return Invalid("queues", $"There is no queue '{stranger}'.");
        if (agent.Queues.Contains(null!) || agent.Queues.Distinct().Count() < agent.Queues.Length) return Invalid("queues", "Each queue is named once, and none is null.");
        if (SkillFault(agent) is { } skills) return Invalid("skills", skills);
        if (agent.Pods.FirstOrDefault(static pod => !Pods.All.Contains(pod)) is not null || agent.Pods.Contains(null!)) return Invalid("pods", $"Pods are {string.Join(", ", Pods.All)}.");
        if (agent.Pods.Distinct().Count() < agent.Pods.Length) return Invalid("pods", "Each pod is named once.");
        return agent.Capacity is < 0 or > MaximumChats ? Invalid("capacity", $"Chats at once go from 0 to {MaximumChats}.")
            : agent.Calls is < 0 or > 1 ? Invalid("calls", "Calls at once are 0 or 1.")
            : agent.Forms is < 0 or > MaximumForms ? Invalid("forms", $"Forms at once go from 0 to {MaximumForms}.")
            : null;
    }

    private static string? SkillFault(AgentProfile agent)
    {
        if (agent.Skills.Length > MaximumSkills) return $"An agent has at most {MaximumSkills} skills.";
        if (agent.Skills.Any(static skill => skill?.Skill is null)) return "No skill may be null.";
        if (agent.Skills.DistinctBy(static skill => skill.Skill).Count() < agent.Skills.Length) return "Each skill is named once.";
        return agent.Skills.Select(static skill => skill.Level is < 1 or > 5 ? $"The level of '{skill.Skill}' goes from 1 to 5." : SkillRule.NameFault(skill.Skill)).FirstOrDefault(static fault => fault is not null);
    }

    // A slash tells the campus of an agent who is lent, and the other stands for an agent who asks.
    private static bool IsId(string? id) =>
        id is { Length: > 0 and <= TicketRules.MaximumId } && id.All(static c => c is >= '!' and <= '~' and not '/') && !id.StartsWith(TicketRules.AskerId(""), StringComparison.Ordinal);

    private static Refusal Invalid(string field, string detail) => new(RefusalCode.Invalid, detail, field);
}
