using System.Collections.Immutable;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Triage;

namespace CampusCare.Cli.Demo;

/// <summary>A customer of the demo.</summary>
public sealed record DemoCustomer(string Id, string Name, string Kind);

/// <summary>A campus of the demo with its people.</summary>
/// <param name="Settings">Name, region and queues.</param>
/// <param name="Agents">Who answers. The first is left to the visitor: no simulated person signs in as this one.</param>
/// <param name="Customers">Students, riders and merchants. The first of each kind is left to the visitor.</param>
public sealed record DemoCampus(CampusSettings Settings, ImmutableArray<AgentProfile> Agents, ImmutableArray<DemoCustomer> Customers);

/// <summary>The three campuses of the demo. Nicknames only, nobody real.</summary>
public static class DemoCampuses
{
    private const string Region = "demo";

    // Half a minute choosy, then a level less will do, then anybody in the region who can be spared.
    private static readonly ImmutableArray<RingSettings> Rings =
        [new RingSettings(30, LowerLevelsBy: 1), new RingSettings(60, LowerLevelsBy: 2) { Region = true }];

    private static readonly ServiceTargetSettings Targets = new(FirstResponseSeconds: 60, NextResponseSeconds: 120, ResolutionSeconds: 1800);

    private static readonly ImmutableArray<QueueSettings> Queues = [.. PlainQueues().Select(static queue => queue with
    {
        Rings = Rings,
        Targets = queue.Queue == "safety" ? Targets with { FirstResponseSeconds = 30 } : Targets,
        SkillRules = [new SkillRuleSettings("lang:en", Language: "en")],
        StickySeconds = 15,
        MaximumWaiting = 200,
        Lends = true,
    })];

    private static QueueSettings[] PlainQueues() =>
    [
        new("delivery", "配送", "Delivery", [Category.LateDelivery, Category.RiderConduct, Category.AddressAndContact]),
        new("food", "餐品", "Food", [Category.MissingItem, Category.WrongItem, Category.FoodQuality, Category.Packaging, Category.MerchantConduct], MinimumLevel: 2),
        new("safety", "食品安全", "Food safety", [Category.FoodSafety], MinimumLevel: 3, OfferSeconds: 15),
        new("payment", "退款支付", "Refund and payment", [Category.RefundAndPayment, Category.OrderCanceled, Category.AppFault], MinimumLevel: 2),
        new("general", "综合", "General", [Category.Praise, Category.Other]),
    ];

    // A meal's worth at once, by the order's facts or a picture; what is more an agent looks at.
    private static readonly RemedySettings Remedies = new(
    [
        new("late", RemedyKind.Coupon, [Category.LateDelivery, Category.RiderConduct]) { Anomaly = OrderAnomaly.Late, LeastMinutes = 20, Fen = 300 },
        new("very-late", RemedyKind.Coupon, [Category.LateDelivery, Category.RiderConduct]) { Anomaly = OrderAnomaly.Late, LeastMinutes = 40, Fen = 500 },
        new("money-back", RemedyKind.Refund, [Category.LateDelivery, Category.OrderCanceled, Category.RefundAndPayment]) { Anomaly = OrderAnomaly.MoneyNotBack, Percent = 100 },
        new("missing", RemedyKind.Refund, [Category.MissingItem, Category.WrongItem]) { NeedsPicture = true, Percent = 30, MaximumFen = 1_500 },
        new("spoiled", RemedyKind.Coupon, [Category.FoodQuality, Category.Packaging]) { NeedsPicture = true, Percent = 20, MaximumFen = 1_000 },
    ])
    {
        AutomaticFen = 2_000,
        AgentFen = 4_000,
        CustomerDayFen = 3_000,
        CustomerTimes = 4,
        CampusDayFen = 200_000,
        Proactive = true,
    };

    /// <summary>All three.</summary>
    public static ImmutableArray<DemoCampus> All { get; } =
    [
        Campus("north", "北苑校区", "North Campus",
            ["小林 delivery5 food3 general3 cap4", "阿哲 delivery4 payment3 general2 cap4", "小满 food5 safety4 cap3", "阿青 payment5 general4 cap5",
             "小雨 safety5 food4 general2 cap3", "大齐 delivery3 food3 payment2 general3 cap3", "阿芸 general5 payment3 delivery2 cap5", "小北 delivery2 food2 general2 cap2"],
            ["小夏", "阿默", "小棠", "大川", "阿宁", "小舟", "可可", "阿乐"], ["阿峰", "老周", "小武"], ["好味档口", "面面俱到"]),
        Campus("south", "南苑校区", "South Campus",
            ["小鹿 delivery4 general4 cap4", "阿澄 food5 safety3 general2 cap3", "小禾 payment4 delivery3 cap4", "阿远 delivery5 food2 cap4",
             "小竹 safety5 payment2 general3 cap3", "阿岚 food4 general5 cap5", "小南 delivery2 payment2 general2 cap2", "大树 food3 safety4 delivery3 cap3"],
            ["小葵", "阿泽", "小米", "大鹏", "阿静", "小橙", "豆豆", "阿飞"], ["阿强", "小陆", "老石"], ["一碗香", "南门烧腊"]),
        Campus("lake", "湖畔校区", "Lakeside Campus",
            ["小湖 delivery4 food4 general3 cap4", "阿舟 payment5 general3 cap4", "小荷 safety5 food5 cap3", "阿汀 delivery5 general2 cap4",
             "小蓝 food3 payment3 general4 cap4", "阿柳 delivery3 safety3 payment3 cap3", "小波 general5 delivery2 cap5", "阿月 food2 delivery2 general2 cap2"],
            ["小鸥", "阿澜", "小溪", "大雁", "阿萍", "小贝", "果果", "阿浩"], ["阿勇", "小顾", "老秦"], ["湖畔小厨", "蒸好吃"]),
    ];

    private static DemoCampus Campus(string id, string nameZh, string nameEn, string[] agents, string[] students, string[] riders, string[] merchants) => new(
        new CampusSettings(id, nameZh, nameEn, Region, Queues) { Remedies = Remedies },
        [.. agents.Select((agent, i) => Agent($"{id}-agent-{i + 1}", agent))],
        [.. Customers("student", "Student", students), .. Customers("rider", "Rider", riders), .. Customers("merchant", "Merchant", merchants)]);

    /// <summary>An agent from a line like <c>小林 delivery5 food3 cap4</c>: the name, skills with levels, tickets at once.</summary>
    private static AgentProfile Agent(string id, string line)
    {
        var words = line.Split(' ');
        var skills = words[1..^1].Select(word => new SkillNeed(word[..^1], word[^1] - '0')).ToImmutableArray();
        return new(id, words[0], [.. skills.Select(skill => skill.Skill)], skills, int.Parse(words[^1]["cap".Length..]));
    }

    private static IEnumerable<DemoCustomer> Customers(string id, string kind, string[] names) =>
        names.Select((name, i) => new DemoCustomer($"{id}-{i + 1}", name, kind));
}
