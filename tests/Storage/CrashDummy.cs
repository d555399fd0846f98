using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>A process that appends and prints each acknowledgement, until it is killed.</summary>
internal static class CrashDummy
{
    private const int Tickets = 40;

    public static async Task<int> Append(string provider, string connection, int run)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = provider,
            ["Storage:ConnectionString"] = connection,
        }).Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddCampusCareStorage(configuration)
            .BuildServiceProvider();
        await services.GetRequiredService<Migrator>().Migrate();
        var journal = services.GetRequiredService<ITicketJournal>();
        await Task.WhenAll(Enumerable.Range(0, Tickets).Select(ticket => AppendTo(journal, $"run{run:00}-ticket{ticket:00}")));
        return 0;
    }

    private static async Task AppendTo(ITicketJournal journal, string ticket)
    {
        var result = await journal.Append(Open(ticket, Event(), Event(personal: "\"hello\"")));
        while (result is AppendResult.Committed committed)
        {
            Console.Out.WriteLine($"{ticket} {committed.Seq} {committed.Hash}");
            result = await journal.Append(After(result, Row(ticket)));
        }
        throw new InvalidOperationException($"{ticket}: {result}");
    }
}
