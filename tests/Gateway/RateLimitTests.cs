using System.Net;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>Who asks too often waits, and nobody else does.</summary>
public sealed class RateLimitTests
{
    private const string Tickets = "/api/v1/campuses/north/tickets";

    [Fact]
    public async Task A_customer_who_writes_too_often_waits_and_nobody_else_does()
    {
        await using var gateway = await GatewayProcess.Start(new() { ["Gateway:RateLimit:PerCustomerPerMinute"] = "3" });
        var id = await gateway.Open("eager");
        var token = gateway.Token("eager");
        (await gateway.Post($"{Tickets}/{id}/messages", token, new { messageId = "m1", text = "一" })).Status.ShouldBe(HttpStatusCode.Created);
        await using var page = await Page.Open(gateway, ClientKit.Hubs.Customer, token);
        await page.Do("Post", id, "m2", "二");

        (await page.Refused("Post", id, "m3", "三")).ShouldBe("rateLimited", "REST and hub count together");
        var refused = await gateway.Post(Tickets, token, new { text = "四" });
        ShouldBeLimited(refused, "contacts and messages");
        (await gateway.Get($"{Tickets}/{id}", token)).Json.GetProperty("seq").GetInt64().ShouldBe(4, "the refused ones are not there");

        await gateway.Open("calm");
        (await gateway.Post($"{Tickets}/{id}/messages", token, """{"messageId":""")).ShouldBeProblem(400, "invalid");
        await gateway.Enroll("li");
        foreach (var i in Enumerable.Range(0, 5))
            (await gateway.Post($"{Tickets}/{id}/messages", gateway.Token("li", Role.Agent), new { messageId = $"a{i}", text = "我" })).ShouldBeProblem(409, "notYourTicket");
    }

    [Fact]
    public async Task A_caller_who_asks_too_often_waits_and_nobody_else_does()
    {
        await using var gateway = await GatewayProcess.Start(new() { ["Gateway:RateLimit:PerCallerPerMinute"] = "2" });
        foreach (var _ in Enumerable.Range(0, 2)) (await gateway.Get(Tickets, gateway.Token("x"))).Status.ShouldBe(HttpStatusCode.OK);
        ShouldBeLimited(await gateway.Get(Tickets, gateway.Token("x", lifetime: TimeSpan.FromHours(2))), "caller");

        (await gateway.Get(Tickets, gateway.Token("y"))).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.Get($"{Tickets}/0123456789abcdef", gateway.Token("x", Role.Supervisor))).ShouldBeProblem(404, "notFound");
        (await gateway.Get("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_campus_that_asks_too_often_waits_and_no_other_does()
    {
        await using var gateway = await GatewayProcess.Start(new() { ["Gateway:RateLimit:PerCampusPerMinute"] = "3" });
        foreach (var who in new[] { "a", "b", "c" }) (await gateway.Get(Tickets, gateway.Token(who))).Status.ShouldBe(HttpStatusCode.OK);
        ShouldBeLimited(await gateway.Get(Tickets, gateway.Token("d")), "campus");
        (await gateway.Get(Tickets.Replace("north", "south"), gateway.Token("a", campus: GatewayProcess.OtherCampus))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_asks_too_often_without_a_token_waits()
    {
        await using var gateway = await GatewayProcess.Start(new() { ["Gateway:RateLimit:PerAddressPerMinute"] = "2" });
        (await gateway.Get("/api/v1/campuses/north")).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.Get(Tickets, "no token")).ShouldBeProblem(401, "unauthorized");
        ShouldBeLimited(await gateway.Get("/api/v1/campuses/north"), "address");
        (await gateway.Get(Tickets, gateway.Token("x"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static void ShouldBeLimited(Heard refused, string who)
    {
        refused.ShouldBeProblem(429, "rateLimited");
        refused.Json.GetProperty("detail").GetString()!.ShouldContain(who);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }
}
