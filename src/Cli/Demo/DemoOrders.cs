using CampusCare.ClientKit;
using CampusCare.OrderService;

namespace CampusCare.Cli.Demo;

/// <summary>The demo's order system tells the customer care of its late orders, as a campus's own would: each until there is an answer.</summary>
internal sealed class DemoOrders(OrderWorld orders, GatewayClient care, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>The student who is left to the visitor has ordered, and it rains.</summary>
    public void Place()
    {
        foreach (var campus in DemoCampuses.All)
            orders.Place(campus.Settings.Campus, campus.Customers[0].Id, Story.Late);
    }

    /// <summary>Tells, until it shall stop.</summary>
    public async Task Tell(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                foreach (var order in orders.Untold())
                    if (await IsTold(order, stop)) orders.Told(order);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    // A clear no is an answer, too: policy gives nothing, and the next order is told.
    private async Task<bool> IsTold(LateOrder order, CancellationToken stop)
    {
        var name = DemoCampuses.All.SelectMany(static campus => campus.Customers).FirstOrDefault(customer => customer.Id == order.CustomerId)?.Name;
        if ((await care.SignIn(new Person(order.Campus, "CampusAdmin", "orders", "订单系统"), stop)).Value is not { } admin) return false;
        var answer = await care.Send<Told>(HttpMethod.Post, $"api/v1/campuses/{order.Campus}/orders/{order.Number}/delay", admin.Value, new { order.CustomerId, name }, null, stop);
        return answer.Value is not null || answer.Problem is { Status: >= 400 and < 500 and not 429 };
    }

    private sealed record Told(string TicketId);
}
