using System.Text.Json;
using System.Text.Json.Nodes;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.LanguageModels;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Reviews;
using CampusCare.Contracts.Supervision;
using CampusCare.Contracts.Tickets;
using CampusCare.Contracts.Webhooks;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.UseCases;
using CampusCare.Gateway.Voice;

namespace CampusCare.Gateway.Rest;

/// <summary>One example of each type that a request or a response is made of. They are real values, so that they always fit.</summary>
internal static class Examples
{
    private const string TicketId = "5h2k8m0q1r7t3v9x";
    private static readonly DateTimeOffset Evening = new(2026, 9, 1, 10, 30, 0, TimeSpan.Zero);

    private static readonly TicketView Ticket = new(
        TicketId, "north", TicketPhase.Waiting, "delivery", Category.LateDelivery, Urgency.Normal, Sentiment.Negative,
        new CustomerRef("s1", "小林", CustomerRole.Student), Channel.Rest, "我的外卖一个小时了还没到", "20260901-17", null, null, Evening, Evening, null, null, false, 2);

    private static readonly LiveConversation Talk = new(
        TicketId, "delivery", Category.LateDelivery, Urgency.Normal, Sentiment.Negative, CustomerRole.Student, "小林", "a1", "李", Channel.Web, "我的外卖一个小时了还没到",
        Evening, Evening.AddSeconds(24), Evening.AddMinutes(2), false);

    private static readonly QueuePlace Place = new(TicketId, 3, 7, 95) { LowSeconds = 40, HighSeconds = 150 };

    private static readonly QueueSettings Queue = new("delivery", "配送", "Delivery", [Category.LateDelivery, Category.RiderConduct]) { Rings = [new RingSettings(30, LowerLevelsBy: 1)] };

    private static readonly AgentProfile Person = new("a1", "李", ["delivery"], [new SkillNeed("delivery", 4), new SkillNeed("lang:en", 3)], 3) { Pods = ["pod:quick"], Version = 7 };

    private static readonly ArticleContent Article = new(ArticleLevel.Case, [Category.RefundAndPayment])
    {
        Zh = new ArticleWords("退款什么时候到账", "退款原路退回，1–3 个工作日到账。") { Asks = ["退款几天到账"] },
    };

    private static readonly Incident Outage = new(
        "3f9a61c27be04d58", Category.RefundAndPayment, new IncidentText("支付暂时无法使用", "Payments are down", "请勿重复付款。", "Please don't pay twice."), Evening.AddMinutes(-4), Evening, "boss", 1)
    {
        ExpectedEnd = Evening.AddMinutes(30),
        UpdatedAt = Evening,
    };

    private static readonly ApiKey Key = new("k7", "ordering backend", ["contacts:write"], Evening, "boss");

    private static readonly WebhookView Webhook = new("4be0643f1d98573b", "https://app.example.com/hooks/care", ["ticket.opened", "ticket.resolved"], Evening, 1);

    private static readonly ReviewLine Line = new($"20260901-{TicketId}-1", ReviewState.Waiting, new Review(TicketId, 1, DecisionKind.Triage, Evening, Category.LateDelivery, Urgency.Normal, Sentiment.Negative));

    private static readonly MatchExplanation Why = new(StrategyName.BestMatch, 0, 4, [new CandidateScore("a1", 5.2, 0.33, 0.1, [new SkillNeed("delivery", 5)])]);

    private static readonly Dictionary<Type, object> Values = new object[]
    {
        new CampusView("north", "北苑校区", "North Campus", [new QueueName("delivery", "配送", "Delivery")]),
        new ContactRequest("我的外卖一个小时了还没到", "20260901-17"),
        new ContactReceipt(Ticket, Place),
        new TicketSummary[] { new(TicketId, TicketPhase.Waiting, Category.LateDelivery, "我的外卖一个小时了还没到", "20260901-17", Evening, null, Channel: Channel.WeChat) },
        Ticket,
        new TicketHistory(Ticket, [new TicketEventView(1, Evening, TicketEventTypes.Opened, Author.Customer, "s1", "小林", "我的外卖一个小时了还没到", Detail: "lateDelivery")]),
        new RoutingStory(
            TicketId,
            [new WaitingStretch(Evening, Evening.AddSeconds(20), WaitBegan.Arrived, WaitEnded.Offered, "It waited for its turn, until somebody who fits had room.")],
            [new RoutingDecision(3, Evening.AddSeconds(20), "a1", "李", Why, "The best match of 4 who could take it.", ReservationState.Accepted, Evening.AddSeconds(24), null)]),
        Place,
        new HistoryLine[]
        {
            new(TicketId, TicketPhase.Closed, "delivery", Category.LateDelivery, Urgency.Normal, Sentiment.Negative, CustomerRole.Student, "s1", "小林", "a1", "李", Channel.Web,
                "20260901-17", "我的外卖一个小时了还没到", Evening, Evening.AddMinutes(9), Evening.AddMinutes(9), 5, "solved"),
        },
        new LiveRoom("north", Evening, [Talk], false),
        new CampusForecast("north", Evening.AddMinutes(7), 480, ForecastStatus.Ready, 56, 14, [new ForecastSlot(Evening, 63, new SlotTold(61.5, 52, 71, 9, 2, 11, 2, 2))])
        {
            Inflow = new InflowAlert("north", Evening.AddMinutes(6), Evening.AddMinutes(7), 48, 20.5, 18, 9, 2),
        },
        new WhisperRequest("w1", "先道歉，再查骑手位置"),
        new TakeOverRequest(Note: "用户点名要主管"),
        new MessageRequest("m1", "还在吗？"),
        new RatingRequest(5, "很快就解决了"),
        new HoldRequest(true, "13800000000"),
        new Colleague[] { new("a1", "李", AgentStatus.Available, RoutingState.Idle, ["delivery"]) },
        new[] { Person },
        Person,
        new AgentRequest("李", ["delivery"], [new SkillNeed("delivery", 4), new SkillNeed("lang:en", 3)], 3, Pods: ["pod:quick"]),
        new CampusSettings("north", "北苑校区", "North Campus", "east", [Queue]) { Version = 7 },
        new ClockAlert[] { new("north", TicketId, "delivery", ClockKind.FirstResponse, Evening, "a1", 7) },
        Queue,
        new RetentionSettings(180),
        new BotSettings(On: true),
        new RemedySettings([new RemedyRuleSettings("late", RemedyKind.Coupon, [Category.LateDelivery]) { Anomaly = OrderAnomaly.Late, LeastMinutes = 20, Fen = 300 }])
        {
            AutomaticFen = 1_000,
            AgentFen = 4_000,
            CustomerDayFen = 2_000,
            CustomerTimes = 4,
            CampusDayFen = 200_000,
        },
        new RemedyRequest("late"),
        new DoubtCase[] { new(TicketId, "s1", Evening, RemedyKind.Refund, 960, [new DoubtView(DoubtSign.PictureSeen, 1, "0123456789abcdef")]) },
        new OrderTroubleRequest("s1", "小林"),
        new IncidentRequest(Category.RefundAndPayment, "支付暂时无法使用", "Payments are down", "请勿重复付款。", "Please don't pay twice.", ExpectedEnd: Evening.AddMinutes(30)),
        Outage,
        new[] { Outage },
        new[] { IncidentNotice.Of(Outage) },
        new LanguageModelView(true),
        new SuggestedReply("非常抱歉让您久等了，我这就联系骑手，两分钟内告诉您他在哪里。"),
        new ReviewSettings(),
        new[] { Line },
        Line,
        new ReviewSheet(Line, new TicketHistory(Ticket, [new TicketEventView(1, Evening, TicketEventTypes.Opened, Author.Customer, "s1", "小林", "我的外卖一个小时了还没到", Detail: "lateDelivery")])),
        new ReviewFigures(28, 7, [new ReviewCount(DecisionKind.Triage, Category.LateDelivery, 41, 3, 6, 2)]),
        new JudgementRequest(false, Category.RiderConduct),
        new VerdictRequest(AnswerVerdict.Helped),
        Article,
        new ArticleView("refund-time", 3, [new ArticleVersion(1, ArticleState.Draft, Article, "boss", Evening)]),
        new ArticleLine[] { new("refund-time", ArticleLevel.Case, "退款什么时候到账", null, ArticleState.Draft, 1, null, false) },
        new ArticleHit[] { new("refund-time", 1, "退款什么时候到账", "退款原路退回，1–3 个工作日到账。", 0.93) },
        new UseReport(
            [new ArticleUse("refund-time", 12, 8, 2)], [new GapView("宿舍空调坏了找谁修", 3, Evening)], [new UseDay(new DateOnly(2026, 9, 1), 40, 24, 15, 3, 5)]),
        new ErasureRequest(CloseOpen: true),
        new ErasureReceipt("s1", 12, [new ErasedTicket(TicketId, 12, 14, "9f2c…", Evening)], 1),
        new OriginsRequest(["https://app.example.edu"]),
        new KeyRequest("ordering backend", [Key.Scopes[0]]),
        new IssuedKey("cck_…", Key),
        Key,
        new[] { Key },
        new AuditPage([new AuditEntryView(7, Evening, "boss", "Supervisor", "queueChanged", "delivery", "", "done", "9f2c…")], null),
        new WebhookRequest("https://app.example.com/hooks/care", ["ticket.opened", "ticket.resolved"]),
        new WebhookSecret(Webhook, "whsec_…"),
        Webhook,
        new[] { Webhook },
        new WebhookTried(null),
        new DeadLetter[] { new(TicketId, 7, Evening, "It answered 500.") },
        new SignInView("https://id.example.com/campus", "campuscare", "openid profile", false),
        new Me("north", "boss", "值班主管", [Role.Supervisor], Evening.AddHours(12)),
        new TokenRequest("north", "Customer", "s1", "小林", "Student"),
        new IssuedToken("eyJhbGciOiJIUzI1NiJ9.…", Evening.AddHours(12)),
        new VoiceSetup([new IceServer(["turn:turn.example.edu:3478"], "1788258600:5f0c91ab22d3e4f5", "b9cGm0…")], Evening.AddHours(2)),
        new DemoAgent("north", "Agent", "a1", "李", 3),
    }.ToDictionary(static value => value.GetType());

    /// <summary>The example of a type, as JSON; null for a type that has none.</summary>
    public static JsonNode? Of(Type type) => Values.TryGetValue(type, out var value) ? JsonSerializer.SerializeToNode(value, GatewayHost.Json.GetTypeInfo(type)) : null;
}
