namespace CampusCare.Client.Tests;

/// <summary>How much is cut, and where; the environment may say otherwise.</summary>
internal static class Cutting
{
    private const int DefaultCuts = 60;

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly Transport[] Transports = Enum.GetValues<Transport>();

    public static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CAMPUSCARE_SEED"), out var seed) ? seed : 1;

    /// <summary>How many connections of each transport are cut.</summary>
    public static int Cuts => int.TryParse(Environment.GetEnvironmentVariable("CAMPUSCARE_CUTS"), out var cuts) ? cuts : DefaultCuts;

    /// <summary>A bad network for each transport.</summary>
    public static Dictionary<Transport, CuttingProxy> Networks(Uri gateway, int cuts) =>
        Transports.ToDictionary(transport => transport, transport => new CuttingProxy(gateway, Seed * Transports.Length + (int)transport, cuts));

    /// <summary>Enough was cut on each network, and the gateway went and came back, or another one came, halfway.</summary>
    public static Task[] Enough(IReadOnlyCollection<CuttingProxy> networks, Func<Task<Uri>> kill) => [.. networks.Select(network => network.Enough), KillHalfway(networks, kill)];

    /// <summary>Tells what each network did, and ends it. On each of them somebody must have seen something.</summary>
    public static async Task End(IReadOnlyDictionary<Transport, CuttingProxy> networks, Func<Transport, long> seen, Action<string> tell)
    {
        foreach (var (transport, network) in networks)
        {
            tell($"seed {Seed}, {transport}: {network.Cuts} cuts of {network.Connections} connections; {seen(transport)} events seen");
            seen(transport).ShouldBeGreaterThan(0);
            await network.DisposeAsync();
        }
    }

    private static async Task KillHalfway(IReadOnlyCollection<CuttingProxy> networks, Func<Task<Uri>> kill)
    {
        await Task.WhenAny(networks.Select(network => network.Half));
        foreach (var network in networks) network.Hold();
        var next = await kill();
        foreach (var network in networks) network.Lead(next);
    }
}
