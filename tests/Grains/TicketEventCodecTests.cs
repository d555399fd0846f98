using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Tests;

public sealed class TicketEventCodecTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 17, 30, 0, 123, TimeSpan.Zero);

    private static readonly TicketEvent[] One =
    [
        new Opened("c1", "s1", CustomerRole.Rider, Channel.MiniProgram, "A1", Category.FoodSafety, 0.87, Urgency.Critical, Sentiment.Negative)
        {
            Personal = new PersonalData("饭里有\"虫子\"🐛", "小林", "13800000000"),
        },
        new Queued("safety", Now, -17, [new SkillLevel("safety", 4), new SkillLevel("english", 2)]),
        new OrderSeen(new OrderFacts("D1", "s1", OrderState.OnTheWay, Now, Now, 3_200, OrderMoney.Paid, Now) { MerchantId = "m1", Merchant = "川味小馆", RiderId = "r1", RiderSeenAt = Now, Weather = OrderWeather.Rain })
        {
            Personal = new PersonalData(Order: new OrderPersons("骑手甲", "图书馆", "东区3栋")),
        },
        new RemedyProposed("D1", RemedyKind.Refund, 5_000, "money-back", 7, RemedyAuthority.Agent, RemedyReason.AboveAutomatic, 2),
        new DoubtsCleared("boss", [new RemedyDoubt(DoubtSign.PictureSeen, 1, "t2")]),
        new RemedyDecided(new RemedyGift("t1-4", RemedyKind.Coupon, 300), "D1", "late", 7),
        new RemedyDecided(new RemedyGift("t1-5", RemedyKind.Refund, 9_000), "D1", "money-back", 7, NeedsApproval: true, "a1"),
        new RemedyApproved(new RemedyGift("t1-5", RemedyKind.Refund, 9_000), "boss"),
        new RemedyDelayed(new RemedyGift("t1-4", RemedyKind.Coupon, 300), 1, Now),
        new RemedyPaid(new RemedyGift("t1-4", RemedyKind.Coupon, 300), 2),
        new RemedyFailed(new RemedyGift("t1-5", RemedyKind.Refund, 9_000), 20, RemedyFault.NoAnswer),
        new RemedyTakenBack(new RemedyGift("t1-5", RemedyKind.Refund, 9_000), "boss", Author.Supervisor),
        new Answered("late-delivery", 3, "zh", 0.91, "delivery", "start") { Choices = ["还没到", "洒了"] },
        new Misunderstood(1),
        new AnswerJudged("late-delivery", 3, false),
        new HandedOver(HandOverReason.NotHelped, "late-delivery") { Personal = new PersonalData("机器人答了超时怎么办，没有帮助") },
        new Summarized(7) { Personal = new PersonalData("要求退款，已答应联系骑手") },
        new Recategorized(Category.RiderConduct, "delivery", -17, [new SkillLevel("delivery", 1)], "a1") { Wishes = [new SkillLevel("lang:en", 1)], PatienceSeconds = 15 },
        new Offered("r1", "a1", Now, "best of 2") { Personal = new PersonalData(Name: "阿哲") },
        new OfferEnded("r1", "a1", ReservationState.TimedOut, null),
        new OfferEnded("r1", "a1", ReservationState.Rejected, null) { Personal = new PersonalData("小林上次骂我") },
        new Accepted("r1", "a1") { Personal = new PersonalData(Name: "阿哲") },
        new MessagePosted("m1", Author.Agent, "a1") { Personal = new PersonalData("您好", "阿哲") },
        new Resolved("a1", null),
        new WrappedUp("a1", "refunded") { Personal = new PersonalData("全额退款") },
        new Reopened(Now, 5),
        new Rated(4) { Personal = new PersonalData("还行") },
        new Closed(ClosingReason.Rated),
        new Noted("n1", "a1") { Personal = new PersonalData("看起来像老问题", "阿哲") },
        new Transferred("a1", "safety", "a2", 60, Now, -5, [new SkillLevel("safety", 4)]) { Personal = new PersonalData("请接手") },
        new Transferred("a1", "safety", null, 0, Now, -5, [new SkillLevel("safety", 4)], "boss"),
        new Listened("boss"),
        new Whispered("w1", "boss") { Personal = new PersonalData("先道歉", "王主管") },
        new SupervisorJoined("boss") { Personal = new PersonalData(Name: "王主管") },
        new SupervisorLeft("boss") { Personal = new PersonalData(Name: "王主管") },
        new TakenOver("boss", "a1", "t1-taken-9") { Personal = new PersonalData("客户要求主管", "王主管") },
        new CallMoved(CallStep.Held, Author.Agent, "a1"),
        new CallMoved(CallStep.Whispered, Author.Supervisor, "boss") { Personal = new PersonalData(Name: "王主管") },
        new Returned("a1", Now, -7),
        new ConsultAsked("q1", "t2", "a1", "safety", null) { Personal = new PersonalData("这种要赔吗") },
        new ConsultAnswered("t2", "a2") { Personal = new PersonalData("要赔", "小梅") },
        new PlaceKept(Channel.Phone) { Personal = new PersonalData(Phone: "13900000000") },
        new PhoneShown("a1"),
        new Promised("a1", Now) { Personal = new PersonalData("18:40 前回复") },
        new ClockMissed(ClockKind.FirstResponse, Now, -9),
        new Escalated(1, "safety", true, -9, [new SkillLevel("safety", 4)], Now),
        new ProductTold(true, 2),
        new ProductDelayed(1, Now),
        new MessagePosted("m2", Author.Customer, "s1", null, Channel.Email) { Personal = new PersonalData("写邮件说", "小林", ReplyTo: new ReplyAddress("lin@example.org", "<1@example.org>")) },
        new ReplySent(9, "m1", Channel.Email, 2),
        new ReplyDelayed(9, "m1", Channel.Email, 1, ReplyFault.Unreachable, Now),
        new ReplyFailed(9, "m1", Channel.Email, 3, ReplyFault.AddressRefused),
        new EvidenceAdded(new EvidenceFile(new string('a', 64), "image/jpeg", 1_000, 640, 480), Author.Customer, "s1") { Personal = new PersonalData(Name: "小林", Sketches: new string('0', 80)) },
        new PersonalErased(ErasureReason.Request),
    ];

    [Fact]
    public void Every_kind_of_event_is_among_the_examples() =>
        One.Select(e => e.GetType()).Distinct().ShouldBe(typeof(TicketEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(TicketEvent))), ignoreOrder: true);

    [Fact]
    public void What_is_encoded_comes_back_the_same()
    {
        foreach (var happened in One)
            Decode(TicketEventCodec.Encode(happened, Now)).ToString().ShouldBe(happened.ToString());
        var queued = (Queued)Decode(TicketEventCodec.Encode(One[1], Now));
        queued.Requirements.ShouldBe(((Queued)One[1]).Requirements);
    }

    [Fact]
    public void Words_and_names_stand_only_in_the_part_that_can_be_erased()
    {
        foreach (var happened in One)
        {
            var stored = TicketEventCodec.Encode(happened, Now);
            foreach (var personal in new[] { happened.Personal?.Text, happened.Personal?.Name, happened.Personal?.Phone, happened.Personal?.ReplyTo?.Address, happened.Personal?.Order?.Rider, happened.Personal?.Order?.RiderAt, happened.Personal?.Order?.Place }.OfType<string>())
                stored.Payload.ShouldNotContain(personal);
            (stored.Personal is null).ShouldBe(happened.Personal is null);
        }
    }

    [Fact]
    public void An_erased_event_can_still_be_read() =>
        Decode(TicketEventCodec.Encode(One[0], Now) with { Personal = null }).Personal.ShouldBeNull();

    // Stored for ever: a renamed event or member would make old journals unreadable.
    [Fact]
    public void The_stored_form_never_changes() => TicketEventCodec.Encode(One[0], Now).Payload.ShouldBe(
        """{"contactId":"c1","customerId":"s1","role":"Rider","channel":"MiniProgram","orderNumber":"A1","category":"FoodSafety","confidence":0.87,"urgency":"Critical","sentiment":"Negative"}""");

    [Fact]
    public void What_an_older_version_stored_is_still_read()
    {
        var queued = (Queued)Decode(new NewEvent("queued", Now, """{"queue":"food","waitingSince":"2026-03-02T17:30:00+00:00","priorityKey":5,"requirements":[{"skill":"food","level":1}]}"""));
        Ticket.None.Apply(queued, Now).Requirements.ShouldBe([new SkillLevel("food", 1)]);
        Decode(new NewEvent("offerEnded", Now, """{"reservationId":"r1","agentId":"a1","how":"Rejected","reason":"lunch"}""")).View(4, Now).Detail.ShouldBe("lunch");
        queued.Clocks.ShouldBeEmpty();
        queued.Wishes.ShouldBeEmpty();
        ((Reopened)Decode(new NewEvent("reopened", Now, """{"waitingSince":"2026-03-02T17:30:00+00:00","priorityKey":5}"""))).Clocks.ShouldBeEmpty();
    }

    [Fact]
    public void An_event_of_a_newer_version_is_refused_by_name() =>
        Should.Throw<InvalidDataException>(() => Decode(new NewEvent("teleported", Now, "{}"))).Message.ShouldContain("teleported");

    private static TicketEvent Decode(NewEvent stored) => TicketEventCodec.Decode(
        new JournalEvent("t1", 1, "north", stored.At, stored.Type, stored.Payload, stored.Personal, EventHash.None));
}
