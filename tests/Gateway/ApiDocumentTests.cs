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
            "/api/v1/campuses/{campus}/tickets/{id}",
            "/api/v1/campuses/{campus}/tickets/{id}/events",
            "/api/v1/campuses/{campus}/tickets/{id}/decisions",
            "/api/v1/campuses/{campus}/tickets/{id}/position",
            "/api/v1/campuses/{campus}/tickets/{id}/messages",
            "/api/v1/campuses/{campus}/tickets/{id}/rating",
            "/api/v1/campuses/{campus}/tickets/{id}/close",
            "/api/v1/campuses/{campus}/tickets/{id}/hold",
            "/api/v1/campuses/{campus}/agents",
            "/api/v1/campuses/{campus}/settings",
            "/api/v1/campuses/{campus}/queues/{queue}",
            "/api/v1/campuses/{campus}/origins",
            "/api/v1/campuses/{campus}/keys",
            "/api/v1/campuses/{campus}/keys/{key}",
            "/api/v1/campuses/{campus}/audit",
            "/api/v1/sign-in",
            "/api/v1/me",
            "/api/v1/campuses/{campus}/retention",
            "/api/v1/campuses/{campus}/tickets/{id}/evidence",
            "/api/v1/campuses/{campus}/tickets/{id}/evidence/{hash}",
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
        foreach (var path in paths.EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
                operation.Value.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(path.Name);
    }

    private static IEnumerable<string?> EnumOf(JsonElement schemas, string name) => schemas.GetProperty(name).GetProperty("enum").EnumerateArray().Select(value => value.GetString());
}
