using System.Security.Cryptography;
using System.Text.Json;

namespace CampusCare.Cli.Demo;

/// <summary>The demo's signing keys: made up at the first start, then kept in the data folder so that old links stay valid.</summary>
public static class DemoKeys
{
    private const int KeyBytes = 48;

    /// <summary>The keys as configuration values (<c>Identity:StaffKey</c>, <c>Identity:CampusKeys:…</c>).</summary>
    public static IReadOnlyDictionary<string, string?> Load(DirectoryInfo data)
    {
        var path = Path.Combine(data.FullName, "keys.json");
        if (!File.Exists(path)) Write(path);
        return JsonSerializer.Deserialize<Dictionary<string, string?>>(File.ReadAllText(path))!;
    }

    private static void Write(string path)
    {
        var keys = DemoCampuses.All.Select(campus => $"Identity:CampusKeys:{campus.Settings.Campus}").Prepend("Identity:StaffKey")
            .ToDictionary(name => name, _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, keys);
    }
}
