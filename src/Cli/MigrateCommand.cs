using System.CommandLine;
using System.Data.Common;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Cli;

/// <summary><c>./campuscare migrate</c>: brings the database's schema up to date.</summary>
public static class MigrateCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var storage = new StorageArguments();
        var command = new Command("migrate", "Brings the database's schema up to date; harmless when it is, and while others do the same.");
        storage.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = storage.Open(parsed);
            return await Run(services, stop);
        });
        return command;
    }

    private static async Task<int> Run(IServiceProvider services, CancellationToken stop)
    {
        try
        {
            var database = services.GetRequiredService<StorageDatabase>();
            var applied = await services.GetRequiredService<Migrator>().Migrate(stop);
            Console.WriteLine(applied == 0 ? $"{database.Location}: the schema is current." : $"{database.Location}: {applied} migrations applied.");
            return 0;
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The schema isn't up to date: {failure.Message}");
            return Failed;
        }
    }
}
