using System.Diagnostics;

namespace CampusCare.Cli.Tests;

/// <summary>A process that would let in anybody doesn't run in Production, and says why.</summary>
public sealed class ServeCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Identity__DemoIssuer", "true", "Identity:DemoIssuer gives tokens to anybody")]
    [InlineData("Identity__DemoIssuer", "false", "Identity:Staff:Authority is missing")]
    [InlineData("Identity__Staff__Authority", "http://login.example", "Identity:Staff:Authority must be an https address")]
    public async Task In_production_it_exits_when_the_wrong_people_would_be_believed(string key, string value, string says)
    {
        var data = Directory.CreateTempSubdirectory("campuscare-serve-");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll"), "serve", "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = data.FullName,
            Environment =
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Storage__Path"] = Path.Combine(data.FullName, "campuscare.db"),
                [key] = value,
            },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await process.StandardError.ReadToEndAsync(patience.Token);
            await output;
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldNotBe(0);
            error.ShouldContain(says);
            error.ShouldNotContain("   at ");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            data.Delete(recursive: true);
        }
    }
}
