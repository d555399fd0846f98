using System.Collections.Concurrent;
using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Orders;
using CampusCare.Grains.Remedies;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Grains.Tests;

/// <summary>A payment provider whose answers a test holds in its hands.</summary>
public sealed class Payments : IRemedyProvider
{
    private readonly ConcurrentQueue<Task<RemedyEnd>> _answers = [];

    public bool IsThere => true;

    public ConcurrentQueue<RemedyPayment> Asked { get; } = [];

    /// <summary>A campus with the policy below, whose orders a test tells.</summary>
    public async Task<CampusHost> Campus(Orders orders)
    {
        var campus = await CampusHost.Start(services: services => services.AddSingleton<IOrderBook>(orders).AddSingleton<IRemedyProvider>(this));
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureRemedies(Policy)).Refusal.ShouldBeNull();
        return campus;
    }

    public Task<RemedyEnd> Pay(RemedyPayment payment)
    {
        Asked.Enqueue(payment);
        return _answers.TryDequeue(out var answer) ? answer : Task.FromResult(RemedyEnd.Paid);
    }

    /// <summary>What it answers next, in this order; paid after that.</summary>
    public void Say(params RemedyEnd[] ends)
    {
        foreach (var end in ends) _answers.Enqueue(Task.FromResult(end));
    }

    /// <summary>The next answer never comes.</summary>
    public void SayNothing() => _answers.Enqueue(new TaskCompletionSource<RemedyEnd>().Task);

    /// <summary>Late by 20 minutes: 3 yuan. Canceled and not paid back: all of it. Something missing, with a picture: 3 tenths.</summary>
    public static RemedySettings Policy { get; } = new(
    [
        new RemedyRuleSettings("late", RemedyKind.Coupon, [Category.LateDelivery]) { Anomaly = OrderAnomaly.Late, LeastMinutes = 20, Fen = 300 },
        new RemedyRuleSettings("money-back", RemedyKind.Refund, [Category.LateDelivery, Category.OrderCanceled, Category.RefundAndPayment]) { Anomaly = OrderAnomaly.MoneyNotBack, Percent = 100 },
        new RemedyRuleSettings("missing", RemedyKind.Refund, [Category.MissingItem]) { NeedsPicture = true, Percent = 30 },
    ])
    {
        AutomaticFen = 1_000,
        AgentFen = 4_000,
        CustomerDayFen = 2_000,
        CustomerTimes = 4,
        CampusDayFen = 10_000,
    };
}
