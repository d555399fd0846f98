using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Cli.Demo;
using CampusCare.Silo;

namespace CampusCare.Cli.Cluster;

/// <summary>The campuses of a cluster: those of the demo, and more like them, in regions of four that lend each other agents.</summary>
internal static class ClusterCampuses
{
    /// <summary>As many as anybody has tried.</summary>
    public const int Maximum = 200;

    private const int OfRegion = 4;
    private const int KeyBytes = 48;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The id of a campus, by its number from 0.</summary>
    public static string Id(int number) => number < DemoCampuses.All.Length ? DemoCampuses.All[number].Settings.Campus : $"campus-{number + 1:000}";

    /// <summary>The file that silos set them up from.</summary>
    public static byte[] File(int count) => JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, count).Select(Plan).ToList(), Json);

    /// <summary>Keys of the campuses' apps and of the built-in issuer, as settings of a gateway.</summary>
    public static Dictionary<string, string> Keys(int count)
    {
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = Enumerable.Range(0, count).ToDictionary(static number => $"Identity__CampusKeys__{Id(number)}", static _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        keys["Identity__DemoKey"] = Convert.ToBase64String(issuer.ExportPkcs8PrivateKey());
        return keys;
    }

    // The last ring takes who would be alone.
    private static int RingOf(int number) => Math.Min((number - DemoCampuses.All.Length) / OfRegion, (Maximum - DemoCampuses.All.Length) / OfRegion - 1);

    private static CampusPlan Plan(int number)
    {
        var like = DemoCampuses.All[number % DemoCampuses.All.Length];
        if (number < DemoCampuses.All.Length) return new(like.Settings, like.Agents);
        var id = Id(number);
        var settings = like.Settings with { Campus = id, NameZh = $"第{number + 1}校区", NameEn = $"Campus {number + 1}", Region = $"ring-{RingOf(number) + 1:00}" };
        return new(settings, []);
    }
}
