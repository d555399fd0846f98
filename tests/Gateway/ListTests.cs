using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>Lists come in pages that stay right whatever is added meanwhile; HEAD and OPTIONS work everywhere.</summary>
[Collection(nameof(SharedProcess))]
public sealed partial class ListTests(SharedProcess shared)
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private const string Agents = "/api/v1/campuses/north/agents";
    private readonly GatewayProcess _gateway = shared.Process;

    [Fact]
    public async Task A_customer_pages_through_the_own_tickets_while_new_ones_come()
    {
        var token = _gateway.Token("pager");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await _gateway.Open("pager", $"第{i}单外卖超时了"));

        var first = await _gateway.Get($"{Tickets}?limit=2", token);
        var newest = await _gateway.Open("pager", "又一单外卖超时了");
        var rest = await All($"{Next(first)}", token, "ticketId");
        Ids(first.Json, "ticketId").Concat(rest).ShouldBe(ids);
        (await All($"{Tickets}?limit=2", token, "ticketId")).ShouldBe([newest, .. ids]);
        (await All(Tickets, token, "ticketId")).ShouldBe([newest, .. ids]);
    }

    [Fact]
    public async Task Staff_page_through_their_colleagues()
    {
        foreach (var i in Enumerable.Range(0, 5)) await _gateway.Enroll($"paged-{i}");
        var token = _gateway.Token("boss", Role.Supervisor);
        var all = await All($"{Agents}?limit=2", token, "agentId");
        all.ShouldBe(all.Order(StringComparer.Ordinal));
        all.Distinct().Count().ShouldBe(all.Count);
        all.Where(id => id.StartsWith("paged-", StringComparison.Ordinal)).Count().ShouldBe(5);
    }

    [Fact]
    public async Task A_ticket_s_events_come_in_pages_that_have_each_once()
    {
        var token = _gateway.Token("pager-5");
        var id = await _gateway.Open("pager-5");
        for (var i = 0; i < 5; i++) (await _gateway.Post($"{Tickets}/{id}/messages", token, new { messageId = $"m{i}", text = $"{i}" })).Status.ShouldBe(HttpStatusCode.Created);

        var seqs = new List<long>();
        var pages = 0;
        for (var next = (string?)$"{Tickets}/{id}/events?limit=3"; next is not null; pages++)
        {
            var heard = await _gateway.Get(next, token);
            heard.Json.GetProperty("ticket").GetProperty("seq").GetInt64().ShouldBe(7);
            var page = heard.Json.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("seq").GetInt64()).ToList();
            page.Count.ShouldBeLessThanOrEqualTo(3);
            seqs.AddRange(page);
            next = Next(heard);
        }
        (pages, string.Join(' ', seqs)).ShouldBe((3, "1 2 3 4 5 6 7"));
        Next(await _gateway.Get($"{Tickets}/{id}/events", token)).ShouldBeNull("all fit into one page");
        foreach (var wrong in new[] { "0", "201", "-1", "many", "" })
            (await _gateway.Get($"{Tickets}/{id}/events?limit={wrong}", token)).ShouldBeProblem(400, "invalid", "limit");
        (await _gateway.Get($"{Tickets}/{id}/events?limit=3&after=x", token)).ShouldBeProblem(400, "invalid", "after");
    }

    [Fact]
    public async Task Keys_and_subscriptions_come_in_pages_too()
    {
        var boss = _gateway.Token("boss", Role.CampusAdmin, GatewayProcess.OtherCampus);
        const string keys = "/api/v1/campuses/south/keys", webhooks = "/api/v1/campuses/south/webhooks";
        var made = new List<string>();
        for (var i = 0; i < 5; i++) made.Insert(0, (await _gateway.Post(keys, boss, new { name = $"k{i}", scopes = new[] { "agents:read" } })).Json.GetProperty("about").GetProperty("keyId").GetString()!);
        (await All($"{keys}?limit=2", boss, "keyId")).Where(made.Contains).ShouldBe(made);
        for (var i = 0; i < 3; i++) (await _gateway.Post(webhooks, boss, new { url = $"https://app.example.com/{i}" }, key: $"paged-{i}")).Status.ShouldBe(HttpStatusCode.Created);
        (await All($"{webhooks}?limit=2", boss, "id")).Where(id => id.StartsWith("paged-", StringComparison.Ordinal)).ShouldBe(["paged-0", "paged-1", "paged-2"]);
        (await _gateway.Get($"{keys}?limit=0", boss)).ShouldBeProblem(400, "invalid", "limit");
        (await _gateway.Get($"{webhooks}?cursor=%21", boss)).ShouldBeProblem(400, "invalid", "cursor");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("cursor=%21%21", "cursor")]
    [InlineData("cursor=", "cursor")]
    [InlineData("cursor=AAAA", "cursor")]
    public async Task A_page_that_can_t_be_is_refused(string query, string field)
    {
        (await _gateway.Get($"{Tickets}?{query}", _gateway.Token("pager-2"))).ShouldBeProblem(400, "invalid", field);
        (await _gateway.Get($"{Agents}?{query}", _gateway.Token("boss", Role.Supervisor))).ShouldBeProblem(400, "invalid", field);
    }

    [Fact]
    public async Task Another_customer_s_cursor_leads_nowhere()
    {
        await _gateway.Open("pager-3");
        var theirs = Next(await _gateway.Get($"{Tickets}?limit=1", _gateway.Token("pager-3")));
        (await _gateway.Get(theirs!, _gateway.Token("pager-4"))).Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Head_and_options_work_and_other_methods_hear_which_would()
    {
        var token = _gateway.Token("header");
        var head = await _gateway.Send(HttpMethod.Head, Tickets, token);
        (head.Status, head.Body).ShouldBe((HttpStatusCode.OK, ""));
        (await _gateway.Send(HttpMethod.Head, $"{Tickets}/0123456789abcdef", token)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _gateway.Send(HttpMethod.Head, Tickets)).Status.ShouldBe(HttpStatusCode.Unauthorized);

        using var options = new HttpRequestMessage(HttpMethod.Options, Tickets);
        using var answer = await _gateway.Http.SendAsync(options);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Content.Headers.Allow.ShouldBe(["GET", "POST"], ignoreOrder: true);

        using var delete = new HttpRequestMessage(HttpMethod.Delete, Tickets);
        using var refused = await _gateway.Http.SendAsync(delete);
        refused.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        refused.Content.Headers.Allow.ShouldBe(["GET", "POST"], ignoreOrder: true);
    }

    private async Task<List<string>> All(string? page, string token, string id)
    {
        var all = new List<string>();
        while (page is not null)
        {
            var heard = await _gateway.Get(page, token);
            heard.Status.ShouldBe(HttpStatusCode.OK, heard.Body);
            all.AddRange(Ids(heard.Json, id));
            page = Next(heard);
        }
        return all;
    }

    private static IEnumerable<string> Ids(JsonElement list, string id) => list.EnumerateArray().Select(item => item.GetProperty(id).GetString()!);

    private static string? Next(Heard page) =>
        page.Headers.TryGetValues("Link", out var links) ? NextLink().Match(links.Single()).Groups[1].Value : null;

    [GeneratedRegex("^<([^>]+)>; rel=\"next\"$")]
    private static partial Regex NextLink();
}
