using System.CommandLine;
using CampusCare.Gateway;
using CampusCare.Silo;
using CampusCare.Silo.Hosting;
using Microsoft.AspNetCore.Builder;

namespace CampusCare.Cli;

/// <summary><c>./campuscare serve</c>: grains and gateway in one process, as the configuration says.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Listen on these addresses, separated by semicolons." };
        var command = new Command("serve", "Runs CampusCare in one process, configured by appsettings.json and the environment (docs/configuration.md).") { urls };
        command.SetAction((parsed, _) => Running.Named(() => Run(parsed.GetValue(urls))));
        return command;
    }

    private static async Task<int> Run(string? urls)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddCampusCareSilo();
        builder.Services.AddCampusCareGateway(builder.Configuration);
        await using var app = builder.Build();
        if (urls is not null) foreach (var url in urls.Split(';')) app.Urls.Add(url);
        Console.WriteLine($"CampusCare, grain engine: {GrainEngine.Name}");
        await app.MapCampusCareGateway().RunAsync();
        return 0;
    }
}
