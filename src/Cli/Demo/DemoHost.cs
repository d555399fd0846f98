using CampusCare.Cli.Rush;
using CampusCare.ClientKit;
using CampusCare.Gateway;
using CampusCare.Gateway.Draining;
using CampusCare.OrderService;
using CampusCare.Silo;
using CampusCare.Silo.Hosting;
using CampusCare.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Cli.Demo;

/// <summary>Grains, storage, gateway and pages in one process, with the demo's campuses in it.</summary>
/// <param name="urls">Where to listen.</param>
/// <param name="data">The folder of the database and the keys.</param>
/// <param name="rushSeed">Null for no simulated people.</param>
/// <param name="bot">Whether the bot answers what the articles answer, and customers are written to before they ask.</param>
internal sealed class DemoHost(string urls, DirectoryInfo data, int? rushSeed, bool bot)
{
    /// <summary>Runs until Ctrl-C or SIGTERM.</summary>
    public async Task<int> Run()
    {
        data.Create();
        using var alone = Claim();
        await using var orders = await OrderServiceHost.Start(rushSeed ?? 1, DemoKeys.Fresh(), TimeProvider.System);
        await using var app = Build(orders);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The simulated people leave while the gateway still serves.
        using var onStop = Leaving(app).Register(() => stopping.TrySetResult());
        await app.StartAsync();

        using var gateway = new GatewayClient(Address(app));
        await Welcome.Print(Console.Out, gateway, GrainEngine.Name, data);
        var news = new DemoOrders(orders.Orders, gateway, TimeProvider.System);
        if (bot) news.Place();
        var telling = news.Tell(Leaving(app));
        await using (var rush = await StartRush(app, gateway)) await stopping.Task;
        await telling;
        await app.WaitForShutdownAsync();
        return 0;
    }

    private WebApplication Build(OrderServiceHost orders)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Demo", ContentRootPath = AppContext.BaseDirectory });
        // Beneath everything else, so that appsettings.json and the environment may still say otherwise.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Defaults(orders) });
        builder.WebHost.UseUrls(urls);
        builder.AddCampusCareSilo();
        builder.Services.AddHostedService(services => new DemoStart(services.GetRequiredService<IGrainFactory>(), bot));
        builder.Services.AddCampusCareGateway(builder.Configuration);
        return builder.Build().MapCampusCareGateway();
    }

    private IEnumerable<KeyValuePair<string, string?>> Defaults(OrderServiceHost orders) => DemoKeys.Load(data).Concat(new Dictionary<string, string?>
    {
        ["Storage:Provider"] = "Sqlite",
        ["Storage:Path"] = Path.Combine(data.FullName, StorageOptions.FileName),
        ["Evidence:Path"] = Path.Combine(data.FullName, "evidence"),
        ["Identity:DemoIssuer"] = "true",
        ["Cluster:SiloPort"] = Ports.Free().ToString(),
        ["Cluster:GatewayPort"] = Ports.Free().ToString(),
        ["Orders:Endpoint"] = orders.Address.ToString(),
        ["Orders:Key"] = orders.Key,
        ["Remedies:Endpoint"] = orders.Address.ToString(),
        ["Remedies:Key"] = orders.Key,
        ["Logging:LogLevel:Default"] = "Warning",
    });

    private static async Task<RushHour?> StartRush(WebApplication app, GatewayClient gateway, int seed, CancellationToken stop) =>
        await RushHour.Start(gateway, seed, app.Services.GetRequiredService<TimeProvider>(), app.Services.GetRequiredService<ILogger<RushHour>>(), stop);

    private async Task<RushHour?> StartRush(WebApplication app, GatewayClient gateway) =>
        rushSeed is { } seed ? await StartRush(app, gateway, seed, Leaving(app)) : null;

    private static CancellationToken Leaving(WebApplication app) => app.Services.GetRequiredService<Drain>().Begun;

    /// <summary>Two processes on one database would be two truths: the second one does not start.</summary>
    private FileStream Claim()
    {
        try
        {
            return new(Path.Combine(data.FullName, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new CannotRunException($"Another demo uses {data.FullName} (or it can't be written): stop that one, or take another folder with --data. {e.Message}");
        }
    }

    private static Uri Address(WebApplication app)
    {
        var address = BindingAddress.Parse(app.Urls.First());
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }
}
