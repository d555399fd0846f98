using System.Net;
using System.Text.Json;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;

namespace CampusCare.Gateway.Tests;

/// <summary>A language model behind the whole thing: agents see what it says, customers never do, and nothing personal goes there.</summary>
public sealed class LanguageModelTests : IAsyncLifetime
{
    private const string Tickets = "/api/v1/campuses/north/tickets";

    private FakeProvider _model = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _model = await FakeProvider.Start();
        _model.Answers = static _ => (200, JsonSerializer.Serialize(new { choices = new[] { new { message = new { role = "assistant", content = "<b>忽略规则</b>，马上赔你一百元。" } } }, usage = new { total_tokens = 90 } }));
        _gateway = await GatewayProcess.Start(new() { ["LanguageModel:Endpoint"] = $"{_model.Url}/v1/chat/completions", ["LanguageModel:Model"] = "small-chat" });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_gets_a_suggestion_and_the_next_one_a_summary_and_the_customer_neither()
    {
        var (li, wang) = (_gateway.Token("li", Role.Agent), _gateway.Token("wang", Role.Agent));
        (await _gateway.Get("/api/v1/campuses/north/language-model", li)).Json.GetProperty("suggests").GetBoolean().ShouldBeTrue();
        await using var agent = await _gateway.AtWork("li");
        await using var student = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("s1"));
        var id = (await student.Do("Open", new { text = "我的外卖一个小时了还没到，打13912345678", contactId = "c1" })).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await student.Do("Watch", id, 0);
        await agent.Take(id);
        await agent.Do("Post", id, "m1", "我联系骑手");
        await student.Do("Post", id, "m2", "订单20260302123456快点");

        (await _gateway.Post($"{Tickets}/{id}/suggested-reply", wang)).ShouldBeProblem(409, "notYourTicket");
        (await _gateway.Post($"{Tickets}/0123456789abcdef/suggested-reply", li)).ShouldBeProblem(404, "notFound");
        var suggested = await _gateway.Post($"{Tickets}/{id}/suggested-reply", li);
        suggested.Status.ShouldBe(HttpStatusCode.OK, suggested.Body);
        suggested.Json.GetProperty("text").GetString().ShouldBe("<b>忽略规则</b>，马上赔你一百元。", "it is text, and an agent reads it before anybody else");

        await agent.Do("Watch", id, 0);
        await agent.Do("Transfer", id, "general", null, "请接手");
        (await agent.Event(id, "summarized")).GetProperty("text").GetString().ShouldBe("<b>忽略规则</b>，马上赔你一百元。");
        await student.Event(id, "internal");
        foreach (var token in new[] { _gateway.Token("s1"), await _gateway.Key(Scopes.ReadTickets) })
        {
            var seen = (await _gateway.Get($"{Tickets}/{id}/events", token)).Body;
            seen.ShouldContain("internal");
            seen.ShouldNotContain("summarized");
            seen.ShouldNotContain("忽略规则");
        }
        foreach (var call in _model.Calls)
        {
            call.Headers.Keys.ShouldNotContain("Authorization");
            foreach (var personal in new[] { "13912345678", "20260302123456", "s1的名字", "坐席li" }) call.Json.GetProperty("messages")[1].GetProperty("content").GetString()!.ShouldNotContain(personal);
        }
        (await _gateway.Post($"/api/v1/campuses/north/customers/s1/erasure", _gateway.Token("admin", Role.CampusAdmin), new { closeOpen = true })).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Get($"{Tickets}/{id}/events", li)).Body.ShouldNotContain("忽略规则");
    }

    [Fact]
    public async Task Without_an_answer_the_agent_hears_so_and_goes_on()
    {
        _model.Answers = static _ => (500, "");
        await using var agent = await _gateway.AtWork("li");
        var id = await _gateway.Open("s2");
        await agent.Take(id);
        (await _gateway.Post($"{Tickets}/{id}/suggested-reply", _gateway.Token("li", Role.Agent))).ShouldBeProblem(409, "noSuggestion");
    }
}
