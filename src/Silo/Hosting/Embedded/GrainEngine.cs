using CampusCare.Embedded;
using CampusCare.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace CampusCare.Silo.Hosting;

/// <summary>The engine of this build: embedded, one process.</summary>
public static class GrainEngine
{
    /// <summary>Told at start.</summary>
    public const string Name = "Embedded (one process)";

    internal static void AddGrainEngine(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IReminderTable, StoredReminders>();
        builder.Services.AddEmbeddedGrains(static engine => engine.GrainAssemblies.Add(typeof(StateStores).Assembly));
        builder.Services.AddKeyedSingleton<IGrainStorage, StoredStates>(StateStores.Main);
    }
}
