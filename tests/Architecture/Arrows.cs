using System.Xml.Linq;

namespace CampusCare.Architecture.Tests;

/// <summary>Who may know whom: Domain ← Contracts ← Grains ← Silo; Contracts ← Gateway; Storage ← Grains, Silo, Gateway; Channels and Telemetry ← Gateway, Silo.</summary>
internal static class Arrows
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Embedded"] = [],
        ["Contracts"] = ["Domain", "Embedded"],
        ["Storage"] = ["Domain"],
        ["Channels"] = ["Domain"],
        ["Telemetry"] = [],
        ["Grains"] = ["Domain", "Contracts", "Storage", "Embedded"],
        ["Silo"] = ["Domain", "Contracts", "Storage", "Channels", "Grains", "Telemetry", "Embedded"],
        ["Gateway"] = ["Domain", "Contracts", "Storage", "Channels", "Telemetry", "Embedded"],
        ["Client"] = [],
        ["OrderService"] = [],
        ["Cli"] = ["Domain", "Contracts", "Storage", "Grains", "Silo", "Gateway", "OrderService", "Embedded", "PeakHour", "PathBenchmark", "ConnectionBenchmark", "ClientKit", "Client", "Simulation"],
    };

    public static IEnumerable<string> KnownRooms => Allowed.Keys;

    /// <summary>The arrows that may not be there.</summary>
    public static IEnumerable<string> Forbidden(string room, IEnumerable<string> knows) =>
        knows.Except(Allowed[room]).Select(other => $"{room} must not know {other}");

    /// <summary>The rooms that a project file references.</summary>
    public static IEnumerable<string> References(XDocument project) => project.Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .Select(name => name.Replace("CampusCare.", ""));
}
