using CampusCare.Contracts;
using CampusCare.Contracts.Remedies;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Orders;
using CampusCare.Grains.Remedies;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Grains.Tests;

/// <summary>What customers and campuses were given is counted before it is decided, and what nobody decided is given up.</summary>
public sealed class RemedyAccountTests
{
    private readonly Clock _clock = new();

    private async Task<CampusHost> Start()
    {
        var campus = await CampusHost.Start(services: services => services.AddSingleton<IRemedyProvider>(new Payments()).AddSingleton<TimeProvider>(_clock));
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureRemedies(Payments.Policy)).Refusal.ShouldBeNull();
        return campus;
    }

    private static RemedyQuestion Late(string ticket = "t1", long seq = 4, string order = "D1", RemedyAuthority may = RemedyAuthority.Automatic, params string[] journaled) =>
        new(ticket, $"{ticket}-{seq}", CustomerRole.Student, Category.LateDelivery, 0, Orders.Of("s1", 70, number: order).View(), may) { Journaled = [.. journaled] };

    private static RemedyQuestion Canceled(string ticket, string order, RemedyAuthority may) =>
        Late(ticket, order: order, may: may) with { Order = Orders.Of("s1", 70, OrderState.Canceled, order).View() };

    private static IRemedyAccountGrain Account(CampusHost campus) => campus.Grains.RemedyAccount(CampusHost.Campus, "s1");

    private async Task<long> Spent(CampusHost campus) =>
        await campus.Grains.RemedyBudget(CampusHost.Campus, RemedyAccount.DayOf(_clock.GetUtcNow(), TimeSpan.FromHours(8))).Spent("");

    [Fact]
    public async Task What_is_given_counts_at_once_and_over_a_restart_and_the_same_question_counts_once()
    {
        await using var campus = await Start();
        var answer = await Account(campus).Ask(Late());
        (answer.Rule, answer.Fen, answer.Needs, answer.IsCounted).ShouldBe(("late", 300L, RemedyAuthority.Automatic, true));
        (await Account(campus).Ask(Late())).IsCounted.ShouldBeTrue("who asked and stored nothing asks again");
        (await Spent(campus)).ShouldBe(300);
        (await Account(campus).Ask(Late("t2"))).Reason.ShouldBe(RemedyReason.GivenBefore);

        await campus.Restart();
        (await Account(campus).Ask(Late("t2"))).Reason.ShouldBe(RemedyReason.GivenBefore);
        (await Account(campus).Confirm("t1-4", "t1")).ShouldBeTrue();
        (await Account(campus).Confirm("t1-4", "t1")).ShouldBeTrue();
        (await Account(campus).Confirm("t1-5", "t1")).ShouldBeFalse();
        (await Spent(campus)).ShouldBe(300);
        (await Account(campus).Ask(Late(seq: 9, journaled: "t1-4"))).Reason.ShouldBe(RemedyReason.GivenBefore);
    }

    [Fact]
    public async Task What_was_not_decided_is_released_and_counts_nowhere()
    {
        await using var campus = await Start();
        await Account(campus).Ask(Late());
        await Account(campus).Release("t1-4", "t1");
        (await Spent(campus)).ShouldBe(0);
        (await Account(campus).Ask(Late("t2"))).IsCounted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_crash_left_counts_for_an_hour_and_is_never_paid_after_that()
    {
        await using var campus = await Start();
        await Account(campus).Ask(Late());
        _clock.Ahead = RemedyAccount.JournalTime - TimeSpan.FromMinutes(1);
        (await Account(campus).Ask(Late("t2"))).Reason.ShouldBe(RemedyReason.GivenBefore);
        _clock.Ahead = RemedyAccount.JournalTime;
        (await Account(campus).Confirm("t1-4", "t1")).ShouldBeFalse("another ticket may be given it by now");
        (await Account(campus).Ask(Late("t2"))).IsCounted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_needs_a_person_is_only_said_and_counts_when_that_person_asks()
    {
        await using var campus = await Start();
        var said = await Account(campus).Ask(Canceled("t1", "D1", RemedyAuthority.Automatic));
        (said.Rule, said.Fen, said.Needs, said.Reason, said.IsCounted).ShouldBe(("money-back", 3_200L, RemedyAuthority.Agent, RemedyReason.AboveAutomatic, false));
        (await Spent(campus)).ShouldBe(0);
        (await Account(campus).Ask(Canceled("t1", "D1", RemedyAuthority.Agent) with { Rule = "late" })).IsCounted.ShouldBeFalse("another rule was meant");
        (await Account(campus).Ask(Canceled("t1", "D1", RemedyAuthority.Agent))).IsCounted.ShouldBeTrue();
        for (var i = 2; i <= 3; i++) (await Account(campus).Ask(Canceled($"t{i}", $"D{i}", RemedyAuthority.Agent))).IsCounted.ShouldBeTrue();
        var over = await Account(campus).Ask(Canceled("t4", "D4", RemedyAuthority.Agent));
        (over.Needs, over.Reason, over.IsCounted, over.GivenBefore).ShouldBe((RemedyAuthority.Supervisor, RemedyReason.CampusDay, false, 3));
        (await Account(campus).Ask(Canceled("t4", "D4", RemedyAuthority.Supervisor))).IsCounted.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_asks_at_once_for_the_last_of_a_days_budget_gets_it_once()
    {
        await using var campus = await Start();
        var budget = campus.Grains.RemedyBudget(CampusHost.Campus, new DateOnly(2026, 3, 2));
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => budget.Reserve($"t-{i}", 3_000, 10_000)));
        asked.Count(static given => given).ShouldBe(3);
        (await budget.Spent("")).ShouldBe(9_000);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_meant_is_refused_with_its_field()
    {
        await using var campus = await Start();
        var grain = campus.Grains.Campus(CampusHost.Campus);
        (await grain.ConfigureRemedies(Payments.Policy with { AgentFen = -1 })).Refusal!.Field.ShouldBe("remedies.agentFen");
        (await grain.ConfigureRemedies(Payments.Policy with { UtcOffsetMinutes = 900 })).Refusal!.Field.ShouldBe("remedies.utcOffsetMinutes");
        (await grain.ConfigureRemedies(Payments.Policy with { Rules = [null!] })).Refusal!.Field.ShouldBe("remedies.rules");
        (await grain.ConfigureRemedies(Payments.Policy, version: 1)).Refusal!.Code.ShouldBe(RefusalCode.PreconditionFailed);
        await campus.Restart();
        (await campus.Grains.Campus(CampusHost.Campus).Settings())!.Remedies!.Rules.Length.ShouldBe(3);
    }

    [Fact]
    public async Task Nothing_is_given_where_nobody_pays_or_no_policy_is_set()
    {
        await using var campus = await CampusHost.Start();
        (await Account(campus).Ask(Late())).Reason.ShouldBe(RemedyReason.Off);
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureRemedies(Payments.Policy)).Refusal.ShouldBeNull();
        (await Account(campus).Ask(Late())).Reason.ShouldBe(RemedyReason.Off, "no provider is configured");
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
