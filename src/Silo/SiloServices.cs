using CampusCare.Channels;
using CampusCare.Domain.Triage;
using CampusCare.Grains;
using CampusCare.Grains.Channels;
using CampusCare.Silo.Hosting;
using CampusCare.Silo.LanguageModels;
using CampusCare.Silo.Orders;
using CampusCare.Silo.Remedies;
using CampusCare.Storage;
using CampusCare.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo;

/// <summary>Everything that a process needs to host grains.</summary>
public static class SiloServices
{
    /// <summary>
    /// Registers the grains, their storage and the engine, as the sections <c>Storage</c> and <c>Cluster</c> say. The
    /// grain factory that it registers serves a gateway in the same process too.
    /// </summary>
    public static IHostApplicationBuilder AddCampusCareSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        // First: whoever waits for the database or for others can be looked at meanwhile.
        builder.Services.AddCampusCareTelemetry(builder.Configuration);
        builder.Services.AddCampusCareStorage(builder.Configuration);
        builder.Services.TryAddSingleton(TriageModel.Default);
        builder.Services.AddStaffing(builder.Configuration);
        builder.Services.AddProductTeam(builder.Configuration);
        builder.Services.AddSingleton<KnownGateways>();
        builder.Services.AddOrderBook(builder.Configuration);
        builder.Services.AddRemedyProvider(builder.Configuration);
        builder.Services.AddLanguageModel(builder.Configuration);
        builder.Services.AddWebhooks(builder.Configuration);
        builder.Services.AddCampusCareChannels(builder.Configuration);
        builder.Services.TryAddSingleton<IReplySender, ReplySender>();
        builder.Services.AddSingleton<AlertRoom>();
        builder.Services.TryAddSingleton<IAlertRoom>(static services => services.GetRequiredService<AlertRoom>());
        builder.Services.AddHostedService(static services => services.GetRequiredService<AlertRoom>());
        // Hosted services start in the order of their registration: the schema comes before the engine.
        builder.Services.AddHostedService<SchemaAtStart>();
        builder.AddGrainEngine();
        builder.Services.AddHostedService<CampusesAtStart>();
        builder.Services.AddHostedService<KnowledgeAtStart>();
        builder.Services.AddHostedService<WebhookWaker>();
        builder.Services.AddSingleton<IMembershipNews, MembershipNews>();
        builder.Services.AddHostedService<SiloWatch>();
        return builder;
    }
}

/// <summary>Brings the database to this program's schema before the first grain reads it, or, where <c>Storage:MigrateAtStart</c> is false, makes sure that somebody did.</summary>
internal sealed partial class SchemaAtStart(Migrator migrator, IConfiguration configuration, ILogger<SchemaAtStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var applied = 0;
        if (configuration.GetValue("Storage:MigrateAtStart", true)) applied = await migrator.Migrate(cancellationToken);
        else await migrator.Require(cancellationToken);
        Engine(GrainEngine.Name, applied);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Grain engine: {Engine}. Schema scripts applied: {Applied}.")]
    private partial void Engine(string engine, int applied);
}
