using System.Diagnostics;
using CampusCare.ClientKit;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Silo;
using CampusCare.Silo.Hosting;
using CampusCare.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.PathBenchmark;

/// <summary>The same way without a network: the silo in this process, contacts straight to the grains.</summary>
internal static class GrainPath
{
    private const string Campus = "grains";
    private const int Customers = 200;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    public static async Task<Figure> OnSqlite(PathSize size, int atOnce)
    {
        var folder = Directory.CreateTempSubdirectory("campuscare-path-");
        try
        {
            return await Measure("SQLite", new() { ["Storage:Provider"] = "Sqlite", ["Storage:Path"] = Path.Combine(folder.FullName, "campuscare.db") }, size, atOnce, null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task<Figure> OnPostgres(PrivatePostgres postgres, PathSize size, int atOnce) => await Measure(
        "PostgreSQL", new() { ["Storage:Provider"] = "PostgreSql", ["Storage:ConnectionString"] = await postgres.Create("campuscare_grains") }, size, atOnce, postgres);

    private static async Task<Figure> Measure(string journal, Dictionary<string, string?> settings, PathSize size, int atOnce, PrivatePostgres? postgres)
    {
        using var host = await Start(settings, size);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var rows = host.Services.GetRequiredService<ITicketReadModel>();
        await Run(size.WarmUp, size.WarmUpAtMost, "warm");
        var (cpu, database) = (Environment.CpuUsage.TotalTime, postgres?.Spent ?? TimeSpan.Zero);
        var watch = Stopwatch.StartNew();
        var waits = await Run(size.Contacts, size.AtMost, "run");
        var figure = new Figure(
            $"grains in process, {GrainEngine.Name}, journal on {journal}, {atOnce} at once", waits.Length / watch.Elapsed.TotalSeconds, waits,
            (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / waits.Length, ((postgres?.Spent ?? TimeSpan.Zero) - database).TotalMilliseconds / waits.Length);
        await host.StopAsync();
        return figure;

        async Task<double[]> Run(int contacts, TimeSpan atMost, string name)
        {
            var took = await Load.Run(contacts, atMost, atOnce, (_, i) => Open(grains, Campus, i, $"{name}-{i}"));
            foreach (var queue in BenchCampus.Plan(Campus, 0, 0).Settings.Queues)
                while ((await rows.QueuedIn(Campus, queue.Queue, 1)).Count > 0) await Task.Delay(LookAgain);
            return took;
        }
    }

    internal static async Task Open(IGrainFactory grains, string campus, int i, string contactId)
    {
        var customer = $"customer-{i % Customers}";
        var answer = await grains.Customer(campus, customer).Contact(
            new OpenTicket(contactId, new CustomerRef(customer, "同学", CustomerRole.Student, null), Channel.Web, Texts.Of(i), null));
        if (answer.Refusal is { } no) throw new InvalidOperationException($"A contact was refused: {no.Code} {no.Detail}");
    }

    private static async Task<IHost> Start(Dictionary<string, string?> settings, PathSize size)
    {
        var host = await Start(settings);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        await grains.SetUp(BenchCampus.Plan(Campus, PathRun.Agents, size.ChatsEach(PathRun.Agents)));
        for (var i = 0; i < PathRun.Agents; i++) await grains.Agent(Campus, BenchCampus.AgentId(i)).SetStatus(new SetStatus(AgentStatus.Available));
        return host;
    }

    /// <summary>A silo in this process.</summary>
    internal static async Task<IHost> Start(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        settings["Cluster:SiloPort"] = $"{Ports.Free()}";
        settings["Cluster:GatewayPort"] = $"{Ports.Free()}";
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddCampusCareSilo();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
