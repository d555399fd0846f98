using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CampusCare.Contracts.Campuses;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Journals;

namespace CampusCare.Grains.Queues;

/// <summary>A queue's settings as the rules take them; worked out once for each settings object.</summary>
internal sealed class QueueRules
{
    private static readonly ConditionalWeakTable<QueueSettings, QueueRules> Known = [];

    private readonly QueueSettings _settings;

    private QueueRules(QueueSettings settings)
    {
        _settings = settings;
        Rings = [.. settings.Rings.Select(StaffEventCodec.RingOf)];
        Calendar = CalendarOf(settings.Calendar);
        Targets = TargetsOf(settings.Targets);
        Skills = [.. settings.SkillRules.Select(static rule => new SkillRule(rule.Skill, rule.Level, rule.Hard, rule.Role, rule.Language, rule.Category, rule.Tier))];
    }

    public ImmutableArray<Ring> Rings { get; }

    public WorkCalendar Calendar { get; }

    public ServiceTargets Targets { get; }

    public ImmutableArray<SkillRule> Skills { get; }

    public static QueueRules Of(QueueSettings settings) => Known.GetValue(settings, static settings => new QueueRules(settings));

    /// <summary>What an agent must know, and had better know, for a ticket of this queue.</summary>
    public Requirements Needs(CustomerRole role, string text, Category category, CustomerTier tier) =>
        Requirements.For(_settings.Queue, _settings.MinimumLevel, Skills, role, Skills.IsEmpty ? "" : Language.Of(text), category, tier);

    /// <summary>The clocks that a ticket starts with when it comes, or comes again.</summary>
    public ImmutableArray<Clock> Clocks(Category category, CustomerTier tier, DateTimeOffset now)
    {
        var targets = Targets.For(category, tier);
        var clocks = ImmutableArray.CreateBuilder<Clock>();
        Add(ClockKind.FirstResponse, targets.DueAt(ClockKind.FirstResponse, now, Calendar));
        Add(ClockKind.Resolution, targets.DueAt(ClockKind.Resolution, now, Calendar));
        Add(ClockKind.Tier, TierDueAt(now));
        return clocks.ToImmutable();

        void Add(ClockKind kind, DateTimeOffset? due)
        {
            if (due is { } at) clocks.Add(new Clock(kind, at));
        }
    }

    /// <summary>By when a customer's word should be answered; null when nothing is promised.</summary>
    public DateTimeOffset? AnswerDueAt(Category category, CustomerTier tier, DateTimeOffset now) =>
        Targets.For(category, tier).DueAt(ClockKind.NextResponse, now, Calendar);

    /// <summary>When the line after this one is asked; null: never.</summary>
    public DateTimeOffset? TierDueAt(DateTimeOffset now) =>
        _settings.EscalateAfterSeconds > 0 ? Calendar.Add(now, TimeSpan.FromSeconds(_settings.EscalateAfterSeconds)) : null;

    private static ServiceTargets TargetsOf(ServiceTargetSettings? settings) => settings is null
        ? ServiceTargets.None
        : new ServiceTargets(
            new Domain.ServiceLevels.Targets(Seconds(settings.FirstResponseSeconds), Seconds(settings.NextResponseSeconds), Seconds(settings.ResolutionSeconds)),
            [.. settings.ByCategory.Select(static own => new CategoryTargets(
                own.Category, new Domain.ServiceLevels.Targets(Seconds(own.FirstResponseSeconds), Seconds(own.NextResponseSeconds), Seconds(own.ResolutionSeconds))))])
        {
            VipFirstResponse = Seconds(settings.VipFirstResponseSeconds),
        };

    private static WorkCalendar CalendarOf(CalendarSettings? settings) => settings is null
        ? WorkCalendar.AlwaysOpen
        : new WorkCalendar(
            TimeSpan.FromMinutes(settings.UtcOffsetMinutes),
            [.. settings.Week.Select(static span => new OpenSpan(span.Day, span.FromMinute, span.ToMinute))],
            [.. settings.Exceptions.Select(static day => new DayException(day.Day, [.. day.Open.Select(static span => new DaySpan(span.FromMinute, span.ToMinute))]))]);

    private static TimeSpan? Seconds(int seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
