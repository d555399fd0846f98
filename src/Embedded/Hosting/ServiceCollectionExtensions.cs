using CampusCare.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Providers;
using Orleans.Storage;
using Orleans.Timers;

namespace CampusCare.Embedded;

/// <summary>Adds the embedded engine to a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Runs grains in this process: adds <see cref="IGrainFactory"/>, <see cref="IClusterClient"/> and
    /// <see cref="EmbeddedGrainHost"/>, and starts and stops the engine with the host. Storages are taken from the services as
    /// <see cref="IGrainStorage"/>, keyed by name, or without a key as the default one; reminders are kept in
    /// <see cref="IReminderTable"/>, in memory if there is no other; time is that of <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddEmbeddedGrains(this IServiceCollection services, Action<EmbeddedGrainOptions> configure)
    {
        var options = new EmbeddedGrainOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReminderTable, MemoryReminderTable>();
        services.AddSingleton(provider => new GrainEngine(
            provider,
            options,
            provider.GetRequiredService<TimeProvider>(),
            new ThreadPoolTurnScheduler(),
            provider.GetRequiredService<ILogger<GrainEngine>>()));
        services.AddSingleton<ReminderService>();
        services.AddSingleton(provider => new EmbeddedGrainHost(
            provider.GetRequiredService<GrainEngine>(), provider.GetRequiredService<ReminderService>()));
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedGrainHost>());
        return services.AddGrainServices();
    }

    /// <summary>Adds a storage that lives as long as the process; without a name, as the default one.</summary>
    public static IServiceCollection AddMemoryGrainStorage(
        this IServiceCollection services, string name = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
    {
        services.AddKeyedSingleton<IGrainStorage>(name, (_, _) => new MemoryGrainStorage());
        if (name == ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            services.AddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(name));
        return services;
    }

    /// <summary>What grains and their clients ask the services for, over an engine and reminders that are there.</summary>
    internal static IServiceCollection AddGrainServices(this IServiceCollection services) => services
        .AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainEngine>().Factory)
        .AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainEngine>().Factory)
        .AddSingleton<IGrainRuntime>(provider => provider.GetRequiredService<GrainEngine>())
        .AddSingleton<ITimerRegistry>(provider => provider.GetRequiredService<GrainEngine>())
        .AddSingleton<IReminderRegistry>(provider => provider.GetRequiredService<ReminderService>());
}
