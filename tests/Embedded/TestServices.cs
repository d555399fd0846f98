using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CampusCare.Embedded.Tests;

/// <summary>What both engines' grains find in their services.</summary>
public static class TestServices
{
    public static void AddTestServices(this IServiceCollection services, ClusterSettings settings) => services
        .AddSingleton(settings.Probe)
        .AddSingleton<IReminderTable>(settings.Reminders)
        .AddKeyedSingleton<IGrainStorage>("shelf", settings.Shelf)
        .AddScoped<ScopedThing>()
        .AddKeyedSingleton("tea", new Drink("tea"))
        .AddKeyedSingleton("milk", new Drink("milk"));
}

/// <summary>A service of which each activation has its own.</summary>
public sealed class ScopedThing;

/// <summary>A service of which there are several, told apart by key.</summary>
public sealed record Drink(string Name);
