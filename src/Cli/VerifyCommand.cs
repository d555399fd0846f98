using System.CommandLine;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Cli;

/// <summary><c>./campuscare verify</c>: walks the hash chains of all tickets and names the first broken event.</summary>
public static class VerifyCommand
{
    private const int Broken = 1;
    private const int Unavailable = 2;

    public static Command Create()
    {
        var storage = new StorageArguments();
        var command = new Command(
            "verify", "Walks the journal's hash chains and names the first broken event. Exits with 0 when all hold, 1 when one is broken, 2 when the database can't be read.");
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
            var location = services.GetRequiredService<StorageDatabase>().Location;
            var journal = Tell(location, await services.GetRequiredService<JournalVerifier>().Verify(stop));
            return Math.Max(journal, Tell(await services.GetRequiredService<IAuditLog>().FirstBroken(stop)));
        }
        catch (Exception failure) when (failure is StorageUnavailableException or ArgumentException)
        {
            Console.Error.WriteLine($"The journal can't be read: {failure.Message}");
            return Unavailable;
        }
    }

    private static int Tell(string location, VerifyReport report)
    {
        Console.WriteLine($"{location}: {report.Tickets} tickets, {report.Events} events.");
        if (report.First is not { } first)
        {
            Console.WriteLine("Every chain holds.");
            return 0;
        }
        Console.WriteLine($"BROKEN: ticket {first.TicketId}, event {first.Seq}: {Words(first.Kind)}. Broken tickets: {report.BrokenTickets}.");
        return Broken;
    }

    private static int Tell(AuditEntry? broken)
    {
        if (broken is null) return 0;
        Console.WriteLine($"BROKEN: the audit log of {broken.Campus}, entry {broken.Seq}: it isn't what was hashed, or an entry before it is missing.");
        return Broken;
    }

    private static string Words(ChainBreakKind kind) => kind switch
    {
        ChainBreakKind.HashMismatch => "its hash isn't that of its content",
        ChainBreakKind.PreviousHashMismatch => "it doesn't name its predecessor's hash",
        ChainBreakKind.PersonalMismatch => "its personal part isn't the one that was hashed",
        ChainBreakKind.Gap => "the event before it is missing",
        ChainBreakKind.MissingHead => "the ticket's first event is missing",
        ChainBreakKind.CampusMismatch => "it names another campus than the ticket's row",
        ChainBreakKind.RowMissing => "the ticket has no row",
        ChainBreakKind.RowMismatch => "the ticket's row doesn't stand at its last event",
        ChainBreakKind.EventsMissing => "the ticket has a row but no events",
        _ => kind.ToString(),
    };
}
