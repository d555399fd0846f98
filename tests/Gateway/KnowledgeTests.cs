using System.Net;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>Articles from the draft to the answer, over HTTP, in a process of its own.</summary>
public sealed class KnowledgeTests : IAsyncLifetime
{
    private const string Articles = "/api/v1/campuses/north/knowledge/articles";
    private const string Tickets = "/api/v1/campuses/north/tickets";

    private static readonly object Content = new
    {
        level = "case",
        categories = new[] { "refundAndPayment" },
        zh = new { title = "退款什么时候到账", body = "退款当天到账。", asks = new[] { "退款几天到账", "退款多久能到" } },
    };

    private static readonly object Other = new { level = "case", categories = new[] { "refundAndPayment" }, zh = new { title = "退款什么时候到账", body = "退款次日到账。" } };

    private GatewayProcess _gateway = null!;
    private string _admin = "", _expert = "", _customer = "", _agent = "";

    public async Task InitializeAsync()
    {
        _gateway = await GatewayProcess.Start();
        _admin = _gateway.Token("admin", Role.CampusAdmin);
        _expert = _gateway.Token("expert", Role.Expert);
        _customer = _gateway.Token("s1");
        _agent = _gateway.Token("a1", Role.Agent);
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    private async Task Publish(string id = "refund-time")
    {
        (await _gateway.Send(HttpMethod.Put, $"{Articles}/{id}", _admin, Content)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Send(HttpMethod.Post, $"{Articles}/{id}/versions/1/review", _expert)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Send(HttpMethod.Post, $"{Articles}/{id}/versions/1/publish", _admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/bot", _admin, new { on = true })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_published_article_answers_and_the_customer_says_whether_it_helped()
    {
        await Publish();
        var opened = await _gateway.Send(HttpMethod.Post, Tickets, _customer, new { contactId = "c1", text = "我的退款几天能到账" });
        var ticket = opened.Json.GetProperty("ticket");
        ticket.GetProperty("phase").GetString().ShouldBe("resolved");
        ticket.GetProperty("bot").GetProperty("articleId").GetString().ShouldBe("refund-time");
        var id = ticket.GetProperty("ticketId").GetString();

        (await _gateway.Send(HttpMethod.Post, $"{Tickets}/{id}/verdict", _customer, new { })).ShouldBeProblem(400, "invalid", "verdict");
        (await _gateway.Send(HttpMethod.Post, $"{Tickets}/{id}/verdict", _gateway.Token("s2"), new { verdict = "helped" })).ShouldBeProblem(404, "notFound");
        var over = await _gateway.Send(HttpMethod.Post, $"{Tickets}/{id}/verdict", _customer, new { verdict = "notHelped" });
        over.Json.GetProperty("phase").GetString().ShouldBe("waiting");

        var suggested = await _gateway.Get($"{Tickets}/{id}/suggestions", _agent);
        suggested.Json.EnumerateArray().First().GetProperty("text").GetString().ShouldBe("退款当天到账。");
        (await _gateway.Send(HttpMethod.Post, $"{Tickets}/{id}/suggestions/refund-time", _agent)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _gateway.Send(HttpMethod.Post, $"{Tickets}/{id}/suggestions/none", _agent)).ShouldBeProblem(404, "notFound");

        var events = (await _gateway.Get($"{Tickets}/{id}/events", _agent)).Json.GetProperty("events").EnumerateArray().ToList();
        events.Single(static e => e.GetProperty("type").GetString() == "handedOver").GetProperty("text").GetString()!.ShouldContain("退款几天");
        (await _gateway.Get($"{Tickets}/{id}/events", _customer)).Body.ShouldNotContain("用户说没有帮助");
    }

    [Fact]
    public async Task An_article_is_changed_from_what_was_seen_and_by_whoever_may()
    {
        var first = await _gateway.Send(HttpMethod.Put, $"{Articles}/fees", _admin, Content, ifMatch: "\"0\"");
        first.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var again = await _gateway.Send(HttpMethod.Put, $"{Articles}/fees", _admin, Content, ifMatch: "\"0\"");
        again.Headers.ETag!.Tag.ShouldBe("\"1\"", "the same draft sent twice, since its answer was lost, is one version");
        (await _gateway.Send(HttpMethod.Put, $"{Articles}/fees", _admin, Other, ifMatch: "\"0\"")).ShouldBeProblem(412, "preconditionFailed");
        (await _gateway.Send(HttpMethod.Put, $"{Articles}/fees", _agent, Content)).ShouldBeProblem(403, "forbidden");
        (await _gateway.Send(HttpMethod.Post, $"{Articles}/fees/versions/1/publish", _admin)).ShouldBeProblem(400, "invalid", "move");
        (await _gateway.Send(HttpMethod.Post, $"{Articles}/fees/versions/9/review", _expert)).ShouldBeProblem(404, "notFound");
        (await _gateway.Send(HttpMethod.Put, $"{Articles}/fees", _admin, new { level = "fact", categories = Array.Empty<string>(), zh = new { title = "a", body = "b" } })).ShouldBeProblem(400, "invalid", "facts");
        (await _gateway.Send(HttpMethod.Put, $"{Articles}/FEES", _admin, Content)).ShouldBeProblem(400, "invalid", "id");
        (await _gateway.Get($"{Articles}/fees", _agent)).Json.GetProperty("versions").GetArrayLength().ShouldBe(1);
        (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/bot", _admin, new { on = true, confidence = 7 })).ShouldBeProblem(400, "invalid", "bot.confidence");
    }

    [Fact]
    public async Task A_list_comes_page_by_page_and_search_finds_two_characters()
    {
        foreach (var id in new[] { "a", "b", "c" }) await Publish(id);
        var page = await _gateway.Get($"{Articles}?limit=2&shared=false", _agent);
        page.Json.EnumerateArray().Select(static line => line.GetProperty("articleId").GetString()).ShouldBe(["a", "b"]);
        var next = page.Headers.GetValues("Link").Single();
        next.ShouldContain("shared=false");
        (await _gateway.Get(next[1..next.IndexOf('>')], _agent)).Json.EnumerateArray().Select(static line => line.GetProperty("articleId").GetString()).ShouldBe(["c"]);

        (await _gateway.Get("/api/v1/campuses/north/knowledge/search?q=%E9%80%80%E6%AC%BE", _customer)).Json.GetArrayLength().ShouldBe(3);
        (await _gateway.Get("/api/v1/campuses/north/knowledge/search", _customer)).ShouldBeProblem(400, "invalid", "q");
        (await _gateway.Get("/api/v1/campuses/north/knowledge/search?q=a&limit=99", _customer)).ShouldBeProblem(400, "invalid", "limit");
        (await _gateway.Get("/api/v1/campuses/north/knowledge/report", _agent)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
