using System.Text.Json;

namespace CampusCare.Gateway.Tests;

[Collection(nameof(SharedProcess))]
public sealed class ApiDocumentTests(SharedProcess shared)
{
    [Fact]
    public async Task The_document_tells_every_route_with_its_answers_problems_and_limits()
    {
        var document = (await shared.Process.Get("/openapi/v1.json")).Json;
        var paths = document.GetProperty("paths");
        paths.EnumerateObject().Select(path => path.Name).ShouldBe(
        [
            "/api/v1/campuses/{campus}",
            "/api/v1/campuses/{campus}/tickets",
            "/api/v1/campuses/{campus}/language-model",
            "/api/v1/campuses/{campus}/tickets/{id}/suggested-reply",
            "/api/v1/campuses/{campus}/reviews",
            "/api/v1/campuses/{campus}/reviews/figures",
            "/api/v1/campuses/{campus}/reviews/corrections",
            "/api/v1/campuses/{campus}/reviews/{review}",
            "/api/v1/campuses/{campus}/reviews/{review}/verdict",
            "/api/v1/campuses/{campus}/tickets/{id}",
            "/api/v1/campuses/{campus}/tickets/{id}/events",
            "/api/v1/campuses/{campus}/tickets/{id}/decisions",
            "/api/v1/campuses/{campus}/tickets/{id}/position",
            "/api/v1/campuses/{campus}/tickets/{id}/messages",
            "/api/v1/campuses/{campus}/tickets/{id}/rating",
            "/api/v1/campuses/{campus}/tickets/{id}/close",
            "/api/v1/campuses/{campus}/tickets/{id}/hold",
            "/api/v1/campuses/{campus}/conversations",
            "/api/v1/campuses/{campus}/forecast",
            "/api/v1/campuses/{campus}/history",
            "/api/v1/campuses/{campus}/history/export",
            "/api/v1/campuses/{campus}/tickets/{id}/whispers",
            "/api/v1/campuses/{campus}/tickets/{id}/supervisor",
            "/api/v1/campuses/{campus}/tickets/{id}/takeover",
            "/api/v1/campuses/{campus}/remedies",
            "/api/v1/campuses/{campus}/remedies/doubts",
            "/api/v1/campuses/{campus}/tickets/{id}/remedies/doubts/clear",
            "/api/v1/campuses/{campus}/tickets/{id}/remedies",
            "/api/v1/campuses/{campus}/tickets/{id}/remedies/{remedyId}/approve",
            "/api/v1/campuses/{campus}/tickets/{id}/remedies/{remedyId}/take-back",
            "/api/v1/campuses/{campus}/orders/{order}/delay",
            "/api/v1/campuses/{campus}/incidents", "/api/v1/campuses/{campus}/incidents/open", "/api/v1/campuses/{campus}/incidents/{incident}", "/api/v1/campuses/{campus}/incidents/{incident}/end",
            "/api/v1/campuses/{campus}/agents",
            "/api/v1/campuses/{campus}/agents/{agent}",
            "/api/v1/campuses/{campus}/roster",
            "/api/v1/campuses/{campus}/settings",
            "/api/v1/campuses/{campus}/alerts",
            "/api/v1/campuses/{campus}/queues/{queue}",
            "/api/v1/campuses/{campus}/origins",
            "/api/v1/campuses/{campus}/keys",
            "/api/v1/campuses/{campus}/keys/{key}",
            "/api/v1/campuses/{campus}/audit",
            "/api/v1/campuses/{campus}/webhooks",
            "/api/v1/campuses/{campus}/webhooks/{webhook}",
            "/api/v1/campuses/{campus}/webhooks/{webhook}/test",
            "/api/v1/campuses/{campus}/webhooks/{webhook}/secrets",
            "/api/v1/campuses/{campus}/webhooks/{webhook}/dead-letters",
            "/api/v1/campuses/{campus}/webhooks/{webhook}/dead-letters/send-again",
            "/api/v1/campuses/{campus}/webhooks/{webhook}/dead-letters/{delivery}/send-again",
            "/api/v1/campuses/{campus}/bot",
            "/api/v1/campuses/{campus}/knowledge/search",
            "/api/v1/campuses/{campus}/knowledge/articles",
            "/api/v1/campuses/{campus}/knowledge/articles/{article}",
            "/api/v1/campuses/{campus}/knowledge/articles/{article}/versions/{version}/review",
            "/api/v1/campuses/{campus}/knowledge/articles/{article}/versions/{version}/publish",
            "/api/v1/campuses/{campus}/knowledge/articles/{article}/versions/{version}/retire",
            "/api/v1/campuses/{campus}/knowledge/report",
            "/api/v1/campuses/{campus}/tickets/{id}/suggestions",
            "/api/v1/campuses/{campus}/tickets/{id}/suggestions/{article}",
            "/api/v1/campuses/{campus}/tickets/{id}/verdict",
            "/api/v1/campuses/{campus}/voice",
            "/api/v1/sign-in",
            "/api/v1/me",
            "/api/v1/campuses/{campus}/retention",
            "/api/v1/campuses/{campus}/tickets/{id}/evidence",
            "/api/v1/campuses/{campus}/tickets/{id}/evidence/{hash}",
            "/api/v1/campuses/{campus}/customers/{customer}/tickets",
            "/api/v1/campuses/{campus}/customers/{customer}/export",
            "/api/v1/campuses/{campus}/customers/{customer}/erasure",
            "/demo/tokens",
            "/demo/agents",
        ], ignoreOrder: true);

        var open = paths.GetProperty("/api/v1/campuses/{campus}/tickets").GetProperty("post");
        open.GetProperty("responses").EnumerateObject().Select(response => response.Name).ShouldBe(["200", "201", "400", "401", "403", "404", "409", "413", "415", "429", "503"], ignoreOrder: true);
        open.GetProperty("responses").GetProperty("409").GetProperty("content").EnumerateObject().Single().Name.ShouldBe("application/problem+json");
        open.GetProperty("security").GetArrayLength().ShouldBe(1);
        open.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ShouldBe(["campus", "Idempotency-Key"], ignoreOrder: true);

        var schemas = document.GetProperty("components").GetProperty("schemas");
        var contact = schemas.GetProperty("ContactRequest");
        contact.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["text"]);
        contact.GetProperty("properties").GetProperty("text").GetProperty("maxLength").GetInt32().ShouldBe(4_000);
        schemas.GetProperty("Problem").GetProperty("properties").TryGetProperty("field", out _).ShouldBeTrue();
        EnumOf(schemas, "TicketPhase").ShouldBe(["new", "waiting", "offered", "assigned", "resolved", "closed"]);
    }

    [Fact]
    public async Task Every_operation_tells_its_parameters_and_shows_examples_of_all_that_it_takes_and_answers()
    {
        var document = (await shared.Process.Get("/openapi/v1.json")).Json;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var (method, operation) in path.Value.EnumerateObject().Select(it => (it.Name, it.Value)))
            {
                var name = $"{method} {path.Name}";
                operation.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(name);
                operation.GetProperty("operationId").GetString().ShouldNotBeNullOrWhiteSpace(name);
                if (operation.TryGetProperty("parameters", out var parameters))
                    foreach (var parameter in parameters.EnumerateArray()) parameter.TryGetProperty("description", out _).ShouldBeTrue($"{name}: {parameter}");
                if (operation.TryGetProperty("requestBody", out var body)) ShouldShow(body, $"{name}: request");
                foreach (var answer in operation.GetProperty("responses").EnumerateObject())
                {
                    ShouldShow(answer.Value, $"{name}: {answer.Name}");
                    if (answer.Name[0] != '2') answer.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("example").GetProperty("status").GetInt32().ShouldBe(int.Parse(answer.Name));
                }
                if (!path.Name.StartsWith("/demo", StringComparison.Ordinal)) operation.GetProperty("responses").TryGetProperty("429", out _).ShouldBeTrue(name);
            }
        }
    }

    [Fact]
    public async Task The_page_for_people_has_every_operation_and_needs_no_script()
    {
        var page = await shared.Process.Get("/docs");
        page.MediaType.ShouldBe("text/html");
        var document = (await shared.Process.Get("/openapi/v1.json")).Json;
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
            page.Body.ShouldContain($"id=\"{operation.Value.GetProperty("operationId").GetString()}\"");
        page.Body.ShouldNotContain("<script");
        page.Body.ShouldContain("我的外卖一个小时了还没到");
    }

    private static void ShouldShow(JsonElement holder, string where)
    {
        // A file that is no JSON has no example.
        if (!holder.TryGetProperty("content", out var content)) return;
        foreach (var media in content.EnumerateObject().Where(media => media.Name.EndsWith("json", StringComparison.Ordinal))) media.Value.TryGetProperty("example", out _).ShouldBeTrue($"{where} has no example of {media.Name}");
    }

    private static IEnumerable<string?> EnumOf(JsonElement schemas, string name) => schemas.GetProperty(name).GetProperty("enum").EnumerateArray().Select(value => value.GetString());
}
