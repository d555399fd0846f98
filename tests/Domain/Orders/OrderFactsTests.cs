using CampusCare.Domain.Orders;
using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Tests.Orders;

/// <summary>What an order's facts say: whose it is, what is wrong with it, and what the bot makes of them.</summary>
public sealed class OrderFactsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    /// <summary>Placed at noon, promised in half an hour, 32 yuan.</summary>
    internal static OrderFacts Order(OrderState state = OrderState.OnTheWay) =>
        new("D1001", "s1", state, Noon, Noon.AddMinutes(30), 3_200, OrderMoney.Paid, Noon.AddMinutes(20))
        {
            MerchantId = "m1",
            Merchant = "川味小馆",
            RiderId = "r1",
            Rider = "骑手甲",
            RiderAt = "图书馆",
            RiderSeenAt = Noon.AddMinutes(20),
            PickedUpAt = Noon.AddMinutes(15),
            Place = "东区3栋",
            ExpectedAt = Noon.AddMinutes(32),
        };

    [Fact]
    public void An_order_is_that_of_who_ordered_rides_or_cooks()
    {
        var order = Order();
        order.IsOf(CustomerRole.Student, "s1").ShouldBeTrue();
        order.IsOf(CustomerRole.Rider, "r1").ShouldBeTrue();
        order.IsOf(CustomerRole.Merchant, "m1").ShouldBeTrue();
        order.IsOf(CustomerRole.Student, "r1").ShouldBeFalse("a rider's id is no student's");
        order.IsOf(CustomerRole.Student, "s2").ShouldBeFalse();
        (order with { RiderId = null }).IsOf(CustomerRole.Rider, "r1").ShouldBeFalse();
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(34, null)]
    [InlineData(35, 5)]
    [InlineData(70, 40)]
    public void An_order_is_late_from_five_minutes_on(int minutes, int? late)
    {
        var now = Noon.AddMinutes(minutes);
        var order = Order() with { RiderSeenAt = now };
        var found = OrderAnomalies.Find(order, now).Where(seen => seen.Kind == OrderAnomaly.Late).ToList();
        found.Select(seen => (int?)seen.Minutes).ShouldBe(late is null ? [] : [late]);
    }

    [Fact]
    public void Lateness_stops_at_the_door()
    {
        var order = Order(OrderState.Delivered) with { DeliveredAt = Noon.AddMinutes(70) };
        order.MinutesLate(Noon.AddDays(1)).ShouldBe(40);
        OrderAnomalies.Find(order, Noon.AddDays(1)).ShouldBe([new OrderAnomalySeen(OrderAnomaly.Late, 40)]);
    }

    [Fact]
    public void Money_of_a_canceled_order_is_missed_until_it_is_back()
    {
        var order = Order(OrderState.Canceled) with { CanceledAt = Noon.AddMinutes(10) };
        OrderAnomalies.Find(order, Noon.AddMinutes(14)).ShouldBeEmpty("a refund takes a while");
        OrderAnomalies.Find(order, Noon.AddMinutes(25)).ShouldBe([new OrderAnomalySeen(OrderAnomaly.MoneyNotBack, 15)]);
        OrderAnomalies.Find(order with { Money = OrderMoney.Refunding }, Noon.AddMinutes(25)).ShouldNotBeEmpty("it isn't back");
        OrderAnomalies.Find(order with { Money = OrderMoney.Refunded }, Noon.AddMinutes(25)).ShouldBeEmpty();
        OrderAnomalies.Find(order with { PaidFen = 0 }, Noon.AddMinutes(25)).ShouldBeEmpty("nothing was paid");
    }

    [Fact]
    public void Who_is_waited_for_is_named()
    {
        Kinds(Order(OrderState.Ready) with { ReadyAt = Noon.AddMinutes(10) }, 21).ShouldBe([OrderAnomaly.NoRider]);
        Kinds(Order(OrderState.Preparing), 31).ShouldBe([OrderAnomaly.SlowKitchen]);
        Kinds(Order(), 29).ShouldBe([OrderAnomaly.RiderLost]);
        Kinds(Order() with { Weather = OrderWeather.Storm, RiderSeenAt = Noon.AddMinutes(50) }, 50).ShouldBe([OrderAnomaly.Late, OrderAnomaly.Weather]);
        Kinds(Order() with { Weather = OrderWeather.Storm }, 22).ShouldBeEmpty("rain alone delays nothing");

        static IEnumerable<OrderAnomaly> Kinds(OrderFacts order, int minutes) => OrderAnomalies.Find(order, Noon.AddMinutes(minutes)).Select(static seen => seen.Kind);
    }

    [Fact]
    public void What_cannot_be_is_not_believed()
    {
        Order().Fault().ShouldBeNull();
        (Order() with { PaidFen = -1 }).Fault().ShouldNotBeNull();
        (Order() with { PaidFen = OrderFacts.MaximumFen + 1 }).Fault().ShouldNotBeNull();
        Order(OrderState.Delivered).Fault().ShouldNotBeNull();
        Order(OrderState.Canceled).Fault().ShouldNotBeNull();
        (Order() with { Merchant = new string('a', OrderFacts.MaximumText + 1) }).Fault().ShouldNotBeNull();
        (Order() with { CustomerId = "" }).Fault().ShouldNotBeNull();
    }

    [Fact]
    public void The_bot_says_where_it_is_and_when_it_comes()
    {
        var now = Noon.AddMinutes(20);
        OrderTexts.Status(Order(), now, Language.Chinese).ShouldBe("您的订单 D1001 骑手正在配送，刚经过图书馆。预计还有约 12 分钟送达。");
        OrderTexts.Status(Order(), now, Language.English).ShouldBe("Your order D1001 is on its way, last seen at 图书馆. It should be with you in about 12 min.");
        OrderTexts.Status(Order(OrderState.Delivered) with { DeliveredAt = Noon.AddMinutes(15) }, now, Language.Chinese).ShouldBe("您的订单 D1001 5 分钟前已送达至东区3栋。");
        OrderTexts.Status(Order(OrderState.Canceled) with { CanceledAt = now, Money = OrderMoney.Refunded }, now, Language.Chinese).ShouldBe("您的订单 D1001 刚刚已取消，¥32.00 已原路退回。");
        OrderTexts.Status(Order() with { Weather = OrderWeather.Rain, ExpectedAt = null }, Noon.AddMinutes(40), Language.English)
            .ShouldBe("Your order D1001 is on its way, last seen at 图书馆; the weather slows riders down. We don't know yet when it arrives; write here and a person looks into it.");
    }

    [Theory]
    [InlineData("我的外卖到哪了", true)]
    [InlineData("Where is my order?", true)]
    [InlineData("饭里有虫子", false)]
    [InlineData("订单取消了钱还没退", false)]
    [InlineData("退款什么时候到账", false)]
    [InlineData("我的退款多久能到", false)]
    [InlineData("When will I get my refund?", false)]
    [InlineData("How long until my money is paid back?", false)]
    [InlineData("When will my meal arrive?", true)]
    public void Who_asks_where_it_is_is_understood(string text, bool asks) => OrderQuestions.AsksWhere(text).ShouldBe(asks);

    [Theory]
    [InlineData("订单号 D20260302001 还没到", "D20260302001")]
    [InlineData("order 88231 is late", "88231")]
    [InlineData("还没到，等了40分钟", null)]
    [InlineData("我电话 13800138000", null)]
    public void The_number_is_taken_from_the_words(string text, string? number) => OrderQuestions.NumberIn(text).ShouldBe(number);
}
