using System.Net;
using CampusCare.Gateway.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests.Identity;

/// <summary>A campus app changes its key while its customers go on.</summary>
public sealed class CampusKeyTests : IAsyncLifetime
{
    private const string Old = "the old key of the campus, long enough";
    private const string New = "the new key of the campus, long enough";
    private const string Later = "a key for next year, that is long enough";
    private const string Gone = "a key of last year, that is long enough";

    private readonly string _file = Path.GetTempFileName();
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, New + "\n");
        var now = DateTimeOffset.UtcNow;
        _gateway = await GatewayProcess.Start(new()
        {
            ["Identity:CampusKeys:north"] = null,
            ["Identity:CustomerKeys:north:2026a:Secret"] = Old,
            ["Identity:CustomerKeys:north:2026a:Expires"] = now.AddMinutes(10).ToString("O"),
            ["Identity:CustomerKeys:north:2026b:File"] = _file,
            ["Identity:CustomerKeys:north:2026b:NotBefore"] = now.AddMinutes(-1).ToString("O"),
            ["Identity:CustomerKeys:north:2027a:Secret"] = Later,
            ["Identity:CustomerKeys:north:2027a:NotBefore"] = now.AddDays(100).ToString("O"),
            ["Identity:CustomerKeys:north:2025a:Secret"] = Gone,
            ["Identity:CustomerKeys:north:2025a:Expires"] = now.AddMinutes(-1).ToString("O"),
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        File.Delete(_file);
    }

    [Theory]
    [InlineData(Old, "2026a", true)]
    [InlineData(New, "2026b", true)]
    [InlineData(New, null, true)] // an app that names no key
    [InlineData(Old, null, true)]
    [InlineData(Old, "2026b", false)] // names another one
    [InlineData(New, "unknown", false)]
    [InlineData(Later, "2027a", false)]
    [InlineData(Later, null, false)]
    [InlineData(Gone, "2025a", false)]
    [InlineData(Gone, null, false)]
    public async Task Keys_hold_side_by_side_each_in_its_time(string key, string? id, bool holds)
    {
        var heard = await _gateway.Get("/api/v1/campuses/north/tickets", Tokens.Sign(key, "north", "Customer", "s1", keyId: id));
        if (holds) heard.Status.ShouldBe(HttpStatusCode.OK, heard.Body);
        else heard.ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_campus_without_key_ids_goes_on_as_before()
    {
        const string south = "the south campus's key, long enough";
        (await _gateway.Get("/api/v1/campuses/south/tickets", Tokens.Sign(south, "south", "Customer", "s1"))).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Get("/api/v1/campuses/south/tickets", Tokens.Sign(south, "south", "Customer", "s1", keyId: "whatever"))).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Get("/api/v1/campuses/north/tickets", Tokens.Sign(south, "north", "Customer", "s1"))).ShouldBeProblem(401, "unauthorized");
        (await _gateway.Get("/api/v1/campuses/south/tickets", Tokens.Sign(New, "south", "Customer", "s1", keyId: "2026b"))).ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_token_and_its_connections_end_with_the_key_that_signed_it()
    {
        await using var scope = _gateway.Services.CreateAsyncScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        request.Request.Headers.Authorization = "Bearer " + Tokens.Sign(Old, "north", "Customer", "s1", keyId: "2026a", lifetime: TimeSpan.FromHours(5));
        var result = await request.AuthenticateAsync(CallerHandler.Name);
        result.Succeeded.ShouldBeTrue();
        result.Properties!.ExpiresUtc!.Value.ShouldBeLessThan(DateTimeOffset.UtcNow.AddMinutes(11));
    }
}
