using System.Net;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

public sealed class RateLimitTests : IAsyncLifetime
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start(new() { ["Gateway:RateLimit:PerCustomerPerMinute"] = "3" });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task A_customer_who_writes_too_often_waits_and_nobody_else_does()
    {
        var id = await _gateway.Open("eager");
        var token = _gateway.Token("eager");
        (await _gateway.Post($"{Tickets}/{id}/messages", token, new { messageId = "m1", text = "一" })).Status.ShouldBe(HttpStatusCode.Created);
        await using var page = await Page.Open(_gateway, ClientKit.Hubs.Customer, token);
        await page.Do("Post", id, "m2", "二");

        (await page.Refused("Post", id, "m3", "三")).ShouldBe("rateLimited", "REST and hub count together");
        var refused = await _gateway.Post(Tickets, token, new { text = "四" });
        refused.ShouldBeProblem(429, "rateLimited");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await _gateway.Get($"{Tickets}/{id}", token)).Json.GetProperty("seq").GetInt64().ShouldBe(4, "the refused ones are not there");

        await _gateway.Open("calm");
        (await _gateway.Post($"{Tickets}/{id}/messages", token, """{"messageId":""")).ShouldBeProblem(400, "invalid");
        await _gateway.Enroll("li");
        foreach (var i in Enumerable.Range(0, 5))
            (await _gateway.Post($"{Tickets}/{id}/messages", _gateway.Token("li", Role.Agent), new { messageId = $"a{i}", text = "我" })).ShouldBeProblem(409, "notYourTicket");
    }
}
