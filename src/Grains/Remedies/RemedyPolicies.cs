using CampusCare.Contracts.Campuses;
using CampusCare.Domain.Remedies;

namespace CampusCare.Grains.Remedies;

/// <summary>A campus's settings as the rules take them.</summary>
internal static class RemedyPolicies
{
    /// <summary>The policy; null: the campus gives nothing.</summary>
    public static RemedyPolicy? Policy(this CampusSettings campus) => campus.Remedies?.Policy(campus.Version);

    /// <summary>The policy of a version of a campus's settings.</summary>
    public static RemedyPolicy Policy(this RemedySettings settings, long version) => new(version, [.. settings.Rules.Select(RuleOf)])
    {
        AutomaticFen = settings.AutomaticFen,
        AgentFen = settings.AgentFen,
        CustomerDayFen = settings.CustomerDayFen,
        CustomerTimes = settings.CustomerTimes,
        CampusDayFen = settings.CampusDayFen,
    };

    private static RemedyRule RuleOf(RemedyRuleSettings rule) => new(rule.Id, rule.Kind, rule.Categories)
    {
        Anomaly = rule.Anomaly,
        LeastMinutes = rule.LeastMinutes,
        NeedsPicture = rule.NeedsPicture,
        Fen = rule.Fen,
        Percent = rule.Percent,
        MaximumFen = rule.MaximumFen,
    };
}
