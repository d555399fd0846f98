using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CampusCare.Domain.Triage;
using CampusCare.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo.Tests;

/// <summary>The product team is told over a real socket.</summary>
public sealed class ProductTeamTests
{
    private static readonly ProductEscalation Escalation = new("north", "t1", Category.AppFault, Urgency.High, DateTimeOffset.UnixEpoch, 3, 2);

    [Theory]
    [InlineData(204, true)]
    [InlineData(500, false)]
    [InlineData(404, false)]
    public async Task It_hears_a_signed_body_and_its_answer_counts(int status, bool taken)
    {
        var heard = new ConcurrentQueue<(string Body, string? Signature)>();
        await using var endpoint = await Listen(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            heard.Enqueue((await reader.ReadToEndAsync(), http.Request.Headers[ProductTeam.SignatureHeader]));
            http.Response.StatusCode = status;
        });
        await using var services = Services(AddressOf(endpoint));

        (await services.GetRequiredService<IProductTeam>().Tell(Escalation)).ShouldBe(taken);

        var (body, signature) = heard.ShouldHaveSingleItem();
        signature.ShouldBe(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret"), Encoding.UTF8.GetBytes(body))));
        var told = JsonDocument.Parse(body).RootElement;
        (told.GetProperty("ticketId").GetString(), told.GetProperty("category").GetString(), told.GetProperty("attempt").GetInt32()).ShouldBe(("t1", "AppFault", 2));
    }

    [Fact]
    public async Task Nobody_there_is_a_no_and_not_an_error()
    {
        string address;
        await using (var gone = await Listen(static _ => Task.CompletedTask)) address = AddressOf(gone);
        await using var services = Services(address);
        (await services.GetRequiredService<IProductTeam>().Tell(Escalation)).ShouldBeFalse();
    }

    [Fact]
    public void Without_an_endpoint_nobody_is_told() =>
        Services(null).GetRequiredService<IProductTeam>().IsThere.ShouldBeFalse();

    [Fact]
    public void An_endpoint_without_a_key_is_refused_at_start() =>
        Should.Throw<InvalidOperationException>(() => Services("http://127.0.0.1:9/", key: null)).Message.ShouldContain("ProductTeam:Key");

    private static ServiceProvider Services(string? endpoint, string? key = "secret")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ProductTeam:Endpoint"] = endpoint, ["ProductTeam:Key"] = key }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddProductTeam(configuration);
        return services.BuildServiceProvider();
    }

    private static async Task<WebApplication> Listen(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
