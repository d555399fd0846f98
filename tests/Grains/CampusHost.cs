using CampusCare.ClientKit;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Journals;
using CampusCare.Silo;
using CampusCare.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Tests;

/// <summary>The real silo of one process on the engine of this build, with a SQLite file of its own and one campus.</summary>
public sealed class CampusHost : IAsyncDisposable
{
    public const string Campus = "north";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-grains-");
    private readonly Action<IServiceCollection>? _services;
    private IHost? _host;

    private CampusHost(Action<IServiceCollection>? services) => _services = services;

    public IGrainFactory Grains => _host!.Services.GetRequiredService<IGrainFactory>();

    public ITicketReadModel Rows => _host!.Services.GetRequiredService<ITicketReadModel>();

    public ITicketJournal Journal => _host!.Services.GetRequiredService<ITicketJournal>();

    public IEvidenceFiles Files => _host!.Services.GetRequiredService<IEvidenceFiles>();

    public JournalVerifier Verifier => _host!.Services.GetRequiredService<JournalVerifier>();

    public HistoryReader Journals => new(_host!.Services.GetRequiredService<ITicketHistory>(), _host.Services.GetRequiredService<IStaffJournal>());

    public RecordingGateway Gateway { get; private set; } = null!;

    public string DatabasePath => Path.Combine(_folder.FullName, "campuscare.db");

    public static async Task<CampusHost> Start(
        int offerSeconds = 30, Action<IServiceCollection>? services = null, Func<QueueSettings, QueueSettings>? queues = null)
    {
        queues ??= static queue => queue;
        var host = new CampusHost(services);
        await host.Run();
        var configured = await host.Grains.Campus(Campus).Configure(new CampusSettings(Campus, "北苑校区", "North Campus", "east",
        [
            queues(new QueueSettings("delivery", "配送", "Delivery", [Category.LateDelivery, Category.RiderConduct], OfferSeconds: offerSeconds)),
            queues(new QueueSettings("safety", "食品安全", "Food safety", [Category.FoodSafety], MinimumLevel: 4, OfferSeconds: offerSeconds)),
            queues(new QueueSettings("general", "综合", "General", [Category.Other], OfferSeconds: offerSeconds)),
        ]));
        configured.Refusal.ShouldBeNull();
        return host;
    }

    /// <summary>Stops the process's silo and starts another one on the same file.</summary>
    public async Task Restart()
    {
        await Stop();
        await Run();
    }

    /// <summary>An agent at work, with skills for all queues that serve them.</summary>
    public async Task<IAgentGrain> Agent(string id, int capacity = 3, int level = 5, params string[] queues)
    {
        if (queues.Length == 0) queues = ["delivery", "safety", "general"];
        await Grains.Campus(Campus).Enroll(new AgentProfile(id, $"坐席{id}", [.. queues], [.. queues.Select(q => new SkillNeed(q, level))], capacity));
        var agent = Grains.Agent(Campus, id);
        await agent.Follow(RecordingGateway.Id, Gateway.Reference);
        (await agent.SetStatus(new SetStatus(AgentStatus.Available))).Refusal.ShouldBeNull();
        return agent;
    }

    public Task<Outcome<Receipt>> Ask(string contactId, string text = "我的外卖一个小时了还没到", string customer = "s1", string? order = null) =>
        Grains.Customer(Campus, customer).Contact(
            new OpenTicket(contactId, new CustomerRef(customer, "小林", CustomerRole.Student, "13800000000"), Channel.Web, text, order));

    public ITicketGrain Ticket(string id) => Grains.Ticket(Campus, id);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task Run()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = "Sqlite",
            ["Storage:Path"] = DatabasePath,
            ["Evidence:Path"] = Path.Combine(_folder.FullName, "evidence"),
            ["Cluster:SiloPort"] = Ports.Free().ToString(),
            ["Cluster:GatewayPort"] = Ports.Free().ToString(),
        });
        builder.AddCampusCareSilo();
        _services?.Invoke(builder.Services);
        _host = builder.Build();
        await _host.StartAsync();
        Gateway = new RecordingGateway(Grains);
    }

    private async Task Stop()
    {
        await _host!.StopAsync();
        if (_host is IAsyncDisposable asyncHost) await asyncHost.DisposeAsync();
    }
}
