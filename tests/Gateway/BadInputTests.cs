using System.Net;
using System.Text;

namespace CampusCare.Gateway.Tests;

/// <summary>Each bad input gets its own clear problem, and nothing changes.</summary>
[Collection(nameof(SharedProcess))]
public sealed class BadInputTests(SharedProcess shared)
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private readonly GatewayProcess _gateway = shared.Process;

    public static TheoryData<string, string, string?> BadContacts => new()
    {
        { "empty", """{"text":""}""", "text" },
        { "blank", """{"text":"  \n "}""", "text" },
        { "missing", """{}""", "text" },
        { "null", """{"text":null}""", "text" },
        { "too long", $$"""{"text":"{{new string('长', 10_000)}}"}""", "text" },
        { "one too long", $$"""{"text":"{{new string('x', 4_001)}}"}""", "text" },
        { "a number", """{"text":5}""", "text" },
        { "an object", """{"text":{"a":1}}""", "text" },
        { "half a pair", """{"text":"\ud800"}""", "text" },
        { "U+0000", """{"text":"a\u0000b"}""", "text" },
        { "unknown channel", """{"text":"你好","channel":"fax"}""", "channel" },
        { "channel as number", """{"text":"你好","channel":1}""", "channel" },
        { "long order number", $$"""{"text":"你好","orderNumber":"{{new string('1', 65)}}"}""", "orderNumber" },
        { "order number with a space", """{"text":"你好","orderNumber":"1 2"}""", "orderNumber" },
        { "empty contact id", """{"text":"你好","contactId":""}""", "contactId" },
        { "malformed", """{"text":""", null },
        { "no JSON", "hello", null },
        { "an array", "[]", null },
        { "null document", "null", null },
        { "empty document", "", null },
    };

    [Theory, MemberData(nameof(BadContacts))]
    public async Task A_bad_contact_is_named_and_opens_nothing(string what, string body, string? field)
    {
        var token = _gateway.Token("bad-1");
        (await _gateway.Post(Tickets, token, body)).ShouldBeProblem(400, "invalid", field);
        (await _gateway.Get(Tickets, token)).Json.GetArrayLength().ShouldBe(0, what);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_bad_idempotency_key_is_named(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Tickets) { Content = new StringContent("""{"text":"你好"}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Headers.Authorization = new("Bearer", _gateway.Token("bad-2"));
        using var response = await _gateway.Http.SendAsync(request);
        var heard = new Heard(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        heard.ShouldBeProblem(400, "invalid", "Idempotency-Key");
        (await _gateway.Get(Tickets, _gateway.Token("bad-2"))).Json.GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"text":"嗨"}""", "messageId")]
    [InlineData("""{"messageId":"m 1","text":"嗨"}""", "messageId")]
    [InlineData("""{"messageId":"m1"}""", "text")]
    [InlineData("""{"messageId":"m1","text":""}""", "text")]
    [InlineData("""{"messageId":7,"text":"嗨"}""", "messageId")]
    [InlineData("{", null)]
    public async Task A_bad_message_is_named_and_stores_nothing(string body, string? field)
    {
        var id = await _gateway.Open("bad-3");
        (await _gateway.Post($"{Tickets}/{id}/messages", _gateway.Token("bad-3"), body)).ShouldBeProblem(400, "invalid", field);
        (await _gateway.Get($"{Tickets}/{id}", _gateway.Token("bad-3"))).Json.GetProperty("seq").GetInt64().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{}""", "stars")]
    [InlineData("""{"stars":0}""", "stars")]
    [InlineData("""{"stars":6}""", "stars")]
    [InlineData("""{"stars":4.5}""", "stars")]
    [InlineData("""{"stars":"5"}""", "stars")]
    [InlineData("""{"stars":5,"comment":[]}""", "comment")]
    public async Task A_bad_rating_is_named(string body, string field)
    {
        var id = await _gateway.Open("bad-4");
        (await _gateway.Post($"{Tickets}/{id}/rating", _gateway.Token("bad-4"), body)).ShouldBeProblem(400, "invalid", field);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public async Task A_bad_seq_is_named(string after)
    {
        var id = await _gateway.Open("bad-5");
        (await _gateway.Get($"{Tickets}/{id}/events?after={after}", _gateway.Token("bad-5"))).ShouldBeProblem(400, "invalid", "after");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0123456789abcdef")]
    [InlineData("0000000000000000")]
    [InlineData("UPPERCASEUPPERCA")]
    [InlineData("..%2f..%2fsouth%2fx")]
    public async Task An_unknown_or_malformed_ticket_id_is_not_found(string id) =>
        (await _gateway.Get($"{Tickets}/{id}", _gateway.Token("bad-6"))).ShouldBeProblem(404, "notFound");

    [Theory]
    [InlineData("nowhere")]
    [InlineData("North")]
    [InlineData("a%20b")]
    [InlineData("a-very-long-campus-name-that-nobody-would-use")]
    public async Task An_unknown_campus_is_not_found(string campus)
    {
        (await _gateway.Get($"/api/v1/campuses/{campus}")).ShouldBeProblem(404, "notFound");
        (await _gateway.Post($"/api/v1/campuses/{campus}/tickets", _gateway.Token("bad-7"), new { text = "你好" })).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_too_large() =>
        (await _gateway.Post(Tickets, _gateway.Token("bad-8"), new { text = new string('x', 70_000) })).ShouldBeProblem(413, "tooLarge");

    [Fact]
    public async Task What_the_framework_refuses_is_a_problem_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Tickets) { Content = new StringContent("text=hi", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = new("Bearer", _gateway.Token("bad-9"));
        using var response = await _gateway.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");

        (await _gateway.Send(HttpMethod.Delete, Tickets, _gateway.Token("bad-9"))).ShouldBeProblem(405, "methodNotAllowed");
        (await _gateway.Get("/api/v1/nothing", _gateway.Token("bad-9"))).ShouldBeProblem(404, "notFound");
        (await _gateway.Get("/nothing")).ShouldBeProblem(404, "notFound");
    }

    [Theory]
    [InlineData("""{"campus":"north","role":"Customer"}""", "sub")]
    [InlineData("""{"campus":"no th","role":"Customer","sub":"a"}""", "campus")]
    [InlineData("""{"campus":"north","role":"King","sub":"a"}""", "role")]
    [InlineData("""{"campus":"north","role":"3","sub":"a"}""", "role")]
    [InlineData("""{"campus":"north","role":"Customer","sub":"a","kind":"Ghost"}""", "kind")]
    [InlineData("""{"campus":"north","role":"Customer","sub":"a","name":"a\nb"}""", "name")]
    public async Task A_bad_demo_person_is_named(string body, string field) =>
        (await _gateway.Post("/demo/tokens", null, body)).ShouldBeProblem(400, "invalid", field);

    [Theory]
    [InlineData("""{"campus":"north","role":"Customer","sub":"a"}""", "role")]
    [InlineData("""{"campus":"north","role":"Agent","sub":"a","capacity":0}""", "capacity")]
    public async Task A_bad_demo_agent_is_named(string body, string field) =>
        (await _gateway.Post("/demo/agents", null, body)).ShouldBeProblem(400, "invalid", field);
}
