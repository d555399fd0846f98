using System.Security.Cryptography;
using System.Text.Json;

namespace CampusCare.Cli.Demo;

/// <summary>The demo's signing keys: made up at the first start, then kept in the data folder so that old links stay valid.</summary>
public static class DemoKeys
{
    private const int KeyBytes = 48;

    /// <summary>The keys as configuration values (<c>Identity:DemoKey</c>, <c>Identity:CampusKeys:…</c>).</summary>
    public static IReadOnlyDictionary<string, string?> Load(DirectoryInfo data)
    {
        var path = Path.Combine(data.FullName, "keys.json");
        var known = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string?>>(File.ReadAllText(path))! : [];
        var keys = Names.ToDictionary(static name => name, name => (string?)(known.GetValueOrDefault(name) ?? (name == Issuer ? IssuerKey() : CampusKey())));
        if (Names.Any(name => !known.ContainsKey(name))) Write(path, keys);
        return keys;
    }

    /// <summary>A key for two that start together: nobody keeps it.</summary>
    public static string Fresh() => CampusKey();

    private const string Issuer = "Identity:DemoKey";

    private static IEnumerable<string> Names => DemoCampuses.All.Select(static campus => $"Identity:CampusKeys:{campus.Settings.Campus}").Prepend(Issuer);

    private static string CampusKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    private static string IssuerKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static void Write(string path, Dictionary<string, string?> keys)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, keys);
    }
}
