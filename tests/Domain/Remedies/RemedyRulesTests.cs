using System.Collections.Immutable;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tests.Orders;
using CampusCare.Domain.Triage;
using FsCheck;
using FsCheck.Fluent;

namespace CampusCare.Domain.Tests.Remedies;

/// <summary>What policy gives, to whom, by whose word; and that no order of events gets more out of it than its limits say.</summary>
public sealed class RemedyRulesTests
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    private static readonly RemedyPolicy Policy = new(7,
    [
        new RemedyRule("late", RemedyKind.Coupon, [Category.LateDelivery]) { Anomaly = OrderAnomaly.Late, LeastMinutes = 20, Fen = 300 },
        new RemedyRule("very-late", RemedyKind.Coupon, [Category.LateDelivery]) { Anomaly = OrderAnomaly.Late, LeastMinutes = 40, Fen = 500 },
        new RemedyRule("money-back", RemedyKind.Refund, [Category.OrderCanceled, Category.RefundAndPayment]) { Anomaly = OrderAnomaly.MoneyNotBack, Percent = 100 },
        new RemedyRule("missing", RemedyKind.Refund, [Category.MissingItem]) { NeedsPicture = true, Percent = 30, MaximumFen = 1_500 },
    ])
    {
        AutomaticFen = 4_000,
        AgentFen = 8_000,
        CustomerDayFen = 5_000,
        CustomerTimes = 4,
        CampusDayFen = 20_000,
    };

    private static RemedyCase Late(int minutes) => new(CustomerRole.Student, "s1", Category.LateDelivery, 0, OrderFactsTests.Order() with { RiderSeenAt = Noon }, Noon.AddMinutes(30 + minutes));

    private static RemedyCase Canceled(long paid = 3_200) => new(
        CustomerRole.Student, "s1", Category.OrderCanceled, 0, OrderFactsTests.Order(OrderState.Canceled) with { CanceledAt = Noon, PaidFen = paid }, Noon.AddMinutes(20));

    [Theory]
    [InlineData(19, null, 0)]
    [InlineData(20, "late", 300)]
    [InlineData(40, "very-late", 500)]
    public void Of_the_rules_that_fit_the_one_that_gives_most_holds(int minutes, string? rule, long fen)
    {
        var decision = RemedyRules.Decide(Policy, Late(minutes), RemedyUse.None);
        (decision.Rule?.Id, decision.Fen, decision.Needs).ShouldBe((rule, fen, RemedyAuthority.Automatic));
        decision.Reason.ShouldBe(rule is null ? RemedyReason.NoRule : RemedyReason.WithinLimits);
    }

    [Fact]
    public void A_canceled_orders_money_comes_back_once()
    {
        var decision = RemedyRules.Decide(Policy, Canceled(), RemedyUse.None);
        (decision.Rule!.Kind, decision.Fen, decision.Needs).ShouldBe((RemedyKind.Refund, 3_200L, RemedyAuthority.Automatic));
        RemedyRules.Decide(Policy, Canceled(), RemedyUse.None with { OrderKinds = [RemedyKind.Refund], OrderFen = 3_200 }).Reason.ShouldBe(RemedyReason.GivenBefore);
        RemedyRules.Decide(Policy, Canceled(), RemedyUse.None with { OrderKinds = [RemedyKind.Coupon], OrderFen = 500 }).Fen.ShouldBe(2_700, "no order gets more than was paid for it");
        RemedyRules.Decide(Policy, Canceled(), RemedyUse.None with { OrderKinds = [RemedyKind.Coupon], OrderFen = 3_200 }).Reason.ShouldBe(RemedyReason.NothingLeft);
    }

    [Fact]
    public void Evidence_is_asked_for_where_a_rule_wants_it()
    {
        var missing = Late(0) with { Category = Category.MissingItem };
        RemedyRules.Decide(Policy, missing, RemedyUse.None).Reason.ShouldBe(RemedyReason.NeedsPicture);
        RemedyRules.Decide(Policy, missing with { Pictures = 1 }, RemedyUse.None).Fen.ShouldBe(960);
        RemedyRules.Decide(Policy, missing with { Pictures = 1, Order = missing.Order! with { PaidFen = 9_000 } }, RemedyUse.None).Fen.ShouldBe(1_500);
    }

    [Fact]
    public void Only_who_ordered_is_given_something()
    {
        RemedyRules.Decide(Policy, Late(40) with { Role = CustomerRole.Rider, CustomerId = "r1" }, RemedyUse.None).Reason.ShouldBe(RemedyReason.NotTheBuyer);
        RemedyRules.Decide(Policy, Late(40) with { CustomerId = "s2" }, RemedyUse.None).Reason.ShouldBe(RemedyReason.NotTheBuyer);
        RemedyRules.Decide(Policy, Late(40) with { Order = null }, RemedyUse.None).Reason.ShouldBe(RemedyReason.NoOrder);
        RemedyRules.Decide(Policy, Late(40) with { Order = Late(40).Order! with { Money = OrderMoney.Unpaid } }, RemedyUse.None).Reason.ShouldBe(RemedyReason.NothingLeft);
        RemedyRules.Decide(Policy, Late(40) with { Now = Noon + RemedyRules.MaximumAge + TimeSpan.FromMinutes(1) }, RemedyUse.None).Reason.ShouldBe(RemedyReason.TooOld);
        RemedyRules.Decide(null, Late(40), RemedyUse.None).Reason.ShouldBe(RemedyReason.Off);
    }

    [Fact]
    public void What_is_above_a_limit_needs_a_person()
    {
        Who(Canceled(5_000), RemedyUse.None).ShouldBe((RemedyAuthority.Agent, RemedyReason.AboveAutomatic));
        Who(Canceled(9_000), RemedyUse.None).ShouldBe((RemedyAuthority.Supervisor, RemedyReason.AboveAgent));
        Who(Canceled(), RemedyUse.None with { CustomerDayFen = 1_801 }).ShouldBe((RemedyAuthority.Agent, RemedyReason.CustomerDay));
        Who(Canceled(), RemedyUse.None with { CustomerDayFen = 1_800 }).ShouldBe((RemedyAuthority.Automatic, RemedyReason.WithinLimits));
        Who(Canceled(), RemedyUse.None with { CustomerTimes = 4 }).ShouldBe((RemedyAuthority.Agent, RemedyReason.CustomerOften));
        Who(Canceled(), RemedyUse.None with { CampusDayFen = 16_801 }).ShouldBe((RemedyAuthority.Supervisor, RemedyReason.CampusDay));

        static (RemedyAuthority, RemedyReason) Who(RemedyCase matter, RemedyUse use)
        {
            var decision = RemedyRules.Decide(Policy, matter, use);
            return (decision.Needs, decision.Reason);
        }
    }

    [Fact]
    public void However_customers_ask_no_limit_is_passed_without_a_person()
    {
        var one = from customer in Gen.Choose(0, 3) from orderOf in Gen.Choose(1, 7) from paid in Gen.Choose(1, 9_000) select (customer, orderOf, paid);
        Prop.ForAll(one.ListOf(80).ToArbitrary(), asked =>
        {
            var accounts = new Dictionary<int, RemedyAccount>();
            var (campusDay, now, perOrder) = (0L, Noon, new Dictionary<string, long>());
            foreach (var (customer, orderOf, paid) in asked)
            {
                now = now.AddMinutes(1);
                var account = accounts.GetValueOrDefault(customer, RemedyAccount.Empty);
                var order = OrderFactsTests.Order(OrderState.Canceled) with { Number = $"D{customer}-{orderOf}", CustomerId = $"s{customer}", PaidFen = orderOf * 1_000 + paid % 7, CanceledAt = Noon.AddMinutes(-30) };
                var matter = new RemedyCase(CustomerRole.Student, $"s{customer}", Category.OrderCanceled, 0, order, now);
                var decision = RemedyRules.Decide(Policy, matter, account.UseFor(order.Number, "t", campusDay, China, now));
                if (!decision.IsGiven || decision.Needs != RemedyAuthority.Automatic) continue;
                campusDay += decision.Fen;
                accounts[customer] = account.With(new RemedyEntry($"{order.Number}-{decision.Rule!.Kind}", order.Number, decision.Rule.Kind, decision.Fen, "t", now) { IsJournaled = true });
                perOrder[order.Number] = perOrder.GetValueOrDefault(order.Number) + decision.Fen;
                perOrder[order.Number].ShouldBeLessThanOrEqualTo(order.PaidFen);
            }
            campusDay.ShouldBeLessThanOrEqualTo(Policy.CampusDayFen);
            foreach (var account in accounts.Values)
            {
                account.Entries.Length.ShouldBeLessThanOrEqualTo(Policy.CustomerTimes);
                account.Entries.Sum(entry => entry.Fen).ShouldBeLessThanOrEqualTo(Policy.CustomerDayFen);
                account.Entries.ShouldAllBe(entry => entry.Fen <= Policy.AutomaticFen);
                account.Entries.Select(entry => entry.Key).ShouldBeUnique();
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void More_given_before_never_makes_a_remedy_easier()
    {
        var one = from paid in Gen.Choose(1, 10_000) from less in Gen.Choose(0, 25_000) from more in Gen.Choose(0, 25_000) select (paid, less, more);
        Prop.ForAll(one.ToArbitrary(), given =>
        {
            var (paid, less, more) = given;
            var (few, many) = (Math.Min(less, more), Math.Max(less, more));
            var before = RemedyRules.Decide(Policy, Canceled(paid), new RemedyUse(few, few / 5_000, few, 0, []));
            var after = RemedyRules.Decide(Policy, Canceled(paid), new RemedyUse(many, many / 5_000, many, 0, []));
            (after.Needs >= before.Needs).ShouldBeTrue();
            after.Fen.ShouldBe(before.Fen, "limits say who gives, not how much");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_policy_that_cannot_be_meant_is_refused_with_its_field()
    {
        RemedyRules.Fault(Policy).ShouldBeNull();
        Field(Policy with { AutomaticFen = -1 }).ShouldBe("automaticFen");
        Field(Policy with { CampusDayFen = long.MaxValue }).ShouldBe("campusDayFen");
        Field(Policy with { CustomerTimes = RemedyAccount.MaximumEntries + 1 }).ShouldBe("customerTimes");
        Field(Policy with { Rules = [Policy.Rules[0], Policy.Rules[0]] }).ShouldBe("rules");
        Field(With(rule => rule with { Anomaly = null })).ShouldBe("rules.late");
        Field(With(rule => rule with { Fen = 0 })).ShouldBe("rules.late");
        Field(With(rule => rule with { Percent = 101 })).ShouldBe("rules.late");
        Field(With(rule => rule with { Categories = [] })).ShouldBe("rules.late");

        static string? Field(RemedyPolicy policy) => RemedyRules.Fault(policy)?.Field;
        static RemedyPolicy With(Func<RemedyRule, RemedyRule> change) => Policy with { Rules = [change(Policy.Rules[0])] };
    }

    [Fact]
    public void What_a_ticket_lost_is_open_to_it_at_once_and_to_another_after_a_while()
    {
        var account = RemedyAccount.Empty.With(new RemedyEntry("k", "D1001", RemedyKind.Refund, 3_200, "t1", Noon));
        Kinds(account, "t1", 0).ShouldBeEmpty("who asked and stored nothing asks again");
        Kinds(account, "t2", 0).ShouldBe([RemedyKind.Refund]);
        Kinds(account, "t2", 61).ShouldBeEmpty();
        Kinds(account.Journaled("k", "t1"), "t1", 61).ShouldBe([RemedyKind.Refund]);
        Kinds(account.Journaled("k", "t2"), "t1", 61).ShouldBeEmpty("another ticket's word doesn't count");
        Kinds(account.Known("t1", ["k"], Noon.AddMinutes(59)), "t2", 61).ShouldBe([RemedyKind.Refund], "the ticket's journal has it");
        Kinds(account.Known("t1", ["k"], Noon.AddMinutes(61)), "t2", 61).ShouldBeEmpty("it was given up, and will not be paid");
        account.Known("t1", [], Noon).Entries.ShouldBeEmpty("the ticket never decided it");
        account.Journaled("k", "t1").Known("t1", [], Noon).Entries.Length.ShouldBe(1, "an old memory takes nothing away");
        account.Known("t2", [], Noon).Entries.Length.ShouldBe(1);
        account.Without("k", "t2").Entries.Length.ShouldBe(1);
        account.Without("k", "t1").Entries.ShouldBeEmpty();

        static ImmutableArray<RemedyKind> Kinds(RemedyAccount account, string ticket, int minutes) => account.UseFor("D1001", ticket, 0, China, Noon.AddMinutes(minutes)).OrderKinds;
    }

    [Fact]
    public void An_account_counts_the_campuss_day_and_forgets_after_its_window()
    {
        var evening = new DateTimeOffset(2026, 3, 2, 15, 59, 0, TimeSpan.Zero); // 23:59 in China
        var account = RemedyAccount.Empty.With(new RemedyEntry("k", "D1", RemedyKind.Coupon, 500, "t1", evening) { IsJournaled = true });
        account.UseFor("D2", "t2", 0, China, evening).CustomerDayFen.ShouldBe(500);
        account.UseFor("D2", "t2", 0, China, evening.AddMinutes(1)).CustomerDayFen.ShouldBe(0, "it is tomorrow");
        account.UseFor("D2", "t2", 0, China, evening.AddMinutes(1)).CustomerTimes.ShouldBe(1);
        account.UseFor("D2", "t2", 0, China, evening + RemedyAccount.Window).CustomerTimes.ShouldBe(0);
        account.With(new RemedyEntry("l", "D2", RemedyKind.Coupon, 500, "t2", evening + RemedyAccount.Window)).Entries.Length.ShouldBe(1);
    }
}
