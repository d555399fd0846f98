using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests.Fuzz;

/// <summary>
/// Every route of the API document with requests by chance: never a 500, never a hang, problems that are in the document.
/// <c>CAMPUSCARE_FUZZ_ROUNDS</c> and <c>CAMPUSCARE_FUZZ_SEED</c> make it longer, or another one.
/// </summary>
public sealed class FuzzTests
{
    private const int UsualRounds = 150;
    private const int Shown = 12;
    private const long MemoryGrowth = 200_000_000;

    private static readonly Dictionary<string, string?> NoLimits = new()
    {
        ["Identity:DemoIssuer"] = "true",
        ["Gateway:RateLimit:PerCallerPerMinute"] = "0",
        ["Gateway:RateLimit:PerAddressPerMinute"] = "0",
    };

    [Fact]
    public async Task No_request_breaks_the_gateway_or_hears_what_the_document_does_not_tell()
    {
        await using var gateway = await GatewayProcess.Start(new(NoLimits));
        using var fuzzer = await On(gateway, Number("CAMPUSCARE_FUZZ_SEED", 20260901));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var wrong = await fuzzer.Run(Number("CAMPUSCARE_FUZZ_ROUNDS", UsualRounds));

        wrong.Take(Shown).ShouldBeEmpty($"{wrong.Count} in all");
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(MemoryGrowth);
        (await gateway.Get("/health/ready")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_in_the_gateway_is_seen()
    {
        await using var gateway = await GatewayProcess.Start(new(NoLimits), services => services.AddSingleton<IStartupFilter, Careless>());
        using var fuzzer = await On(gateway, 1);
        var wrong = await fuzzer.Run(UsualRounds / 5);
        wrong.ShouldContain(fault => fault.Contains("status 500", StringComparison.Ordinal));
    }

    private static async Task<Fuzzer> On(GatewayProcess gateway, int seed)
    {
        var document = (await gateway.Get("/openapi/v1.json")).Json;
        var fuzzer = new Fuzzer(gateway, document, ["0123456789abcdef", await gateway.Open("fuzz"), await gateway.Open("somebody")], seed);
        fuzzer.Operations.Count.ShouldBeGreaterThan(12);
        return fuzzer;
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;

    /// <summary>Breaks on a quote in the address.</summary>
    private sealed class Careless : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(static (http, next) => http.Request.Path.Value!.Contains('\'') ? throw new FormatException("broken in this test") : next(http));
            next(app);
        };
    }
}
