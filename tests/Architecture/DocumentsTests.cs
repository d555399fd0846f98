using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CampusCare.Channels;
using CampusCare.Channels.Phone;
using CampusCare.Gateway;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Mail;
using CampusCare.Gateway.Voice;
using CampusCare.Silo;
using CampusCare.Silo.LanguageModels;
using CampusCare.Silo.Orders;
using CampusCare.Storage;
using CampusCare.Telemetry;

namespace CampusCare.Architecture.Tests;

/// <summary>Documents that list what the code has can't go out of date.</summary>
public sealed partial class DocumentsTests
{
    private const string Nothing = "–";

    // Read straight from the configuration, where an options class would hold one value.
    private static readonly Dictionary<string, string> LoneKeys = new() { ["Storage:MigrateAtStart"] = "true", ["Campuses:File"] = Nothing, ["Knowledge:File"] = Nothing, ["Staffing:File"] = Nothing };

    private static readonly string[] OurSections = [StorageOptions.Section, SiloClusterOptions.Section, ProductTeamOptions.Section, OrderBookOptions.Section, LanguageModelOptions.Section, WebhookRules.Section, GatewayOptions.Section, IdentityOptions.Section, EvidenceOptions.Section, CampusChannels.Section, SmtpOptions.Section, VoiceOptions.Section, PhoneOptions.Section, MetricsOptions.Section, "Campuses", "Knowledge", "Staffing"];

    [Fact]
    public void Every_key_is_documented_with_its_default()
    {
        var documented = Table("docs/configuration.md").Where(row => OurSections.Contains(row[0].Split(':')[0])).ToDictionary(row => row[0], row => row[1]);
        var real = Keys(StorageOptions.Section, new StorageOptions())
            .Concat(Keys(SiloClusterOptions.Section, new SiloClusterOptions()))
            .Concat(Keys(ProductTeamOptions.Section, new ProductTeamOptions()))
            .Concat(Keys(OrderBookOptions.Section, new OrderBookOptions()))
            .Concat(Keys(LanguageModelOptions.Section, new LanguageModelOptions()))
            .Concat(Keys(WebhookRules.Section, new WebhookRules()))
            .Concat(Keys(GatewayOptions.Section, new GatewayOptions()))
            .Concat(Keys(IdentityOptions.Section, new IdentityOptions()))
            .Concat(Keys(SmtpOptions.Section, new SmtpOptions()))
            .Concat(Keys(VoiceOptions.Section, new VoiceOptions()))
            .Concat(Keys(PhoneOptions.Section, new PhoneOptions()))
            .Concat(Keys(MetricsOptions.Section, new MetricsOptions()))
            .Concat(Keys($"{CampusChannels.Section}:<campus>", AllChannels))
            .Concat(Keys(EvidenceOptions.Section, new EvidenceOptions()))
            .Concat(LoneKeys)
            .ToDictionary(key => key.Key, key => key.Value);
        Lines(documented).ShouldBe(Lines(real), ignoreOrder: true);
    }

    // A campus with all channels: those that are not set up have no keys.
    private static CampusChannels AllChannels
    {
        get
        {
            var all = new CampusChannels();
            foreach (var channel in typeof(CampusChannels).GetProperties().Where(static property => property.CanWrite))
                channel.SetValue(all, Activator.CreateInstance(channel.PropertyType));
            return all;
        }
    }

    [Fact]
    public void Every_package_is_documented_and_used()
    {
        var used = UsedPackages().Concat(WebPackages()).Distinct().ToList();
        var pins = CentralPackages().Except(used).ToList();
        Table("docs/dependencies.md").Select(row => row[0]).ShouldBe(used.Concat(pins), ignoreOrder: true);
        var page = Repository.Read("docs/dependencies.md");
        var section = page[page.IndexOf("### Pins", StringComparison.Ordinal)..page.IndexOf("## Web", StringComparison.Ordinal)];
        Rows(section).Select(row => row[0]).ShouldBe(pins, ignoreOrder: true);
    }

    [Fact]
    public void Relative_links_lead_somewhere()
    {
        var pages = Repository.Root.EnumerateFiles("*.md").Concat(Repository.Root.GetDirectories("docs").Single().EnumerateFiles("*.md", SearchOption.AllDirectories));
        pages.SelectMany(page => Link().Matches(File.ReadAllText(page.FullName)).Select(link => (page, target: link.Groups[1].Value)))
            .Where(it => !Path.Exists(Path.Combine(it.page.DirectoryName!, it.target)))
            .Select(it => $"{it.page.Name} → {it.target}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Keys_are_found_in_options_of_every_shape() =>
        Lines(Keys("S", new Sample())).ShouldBe(["S:Number = 7", "S:Text = –", "S:On = true", "S:Time = 00:01:00", "S:Map = –", "S:Inner:Deep = 1"], ignoreOrder: true);

    private sealed class Sample
    {
        public int Number { get; set; } = 7;
        public string? Text { get; set; }
        public bool On { get; set; } = true;
        public TimeSpan Time { get; set; } = TimeSpan.FromMinutes(1);
        public Dictionary<string, string> Map { get; set; } = [];
        public Nested Inner { get; set; } = new();
        public static int Ignored => 1;

        public sealed class Nested
        {
            public int Deep { get; set; } = 1;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Keys(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite))
        {
            var (key, value) = ($"{section}:{property.Name}", property.GetValue(options));
            if (value is not null && value.GetType().IsClass && value is not (string or IEnumerable or Uri))
                foreach (var inner in Keys(key, value)) yield return inner;
            else
                yield return new(key, Default(value));
        }
    }

    private static string Default(object? value) => value switch
    {
        null or ICollection { Count: 0 } => Nothing,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static IEnumerable<string> Lines(IEnumerable<KeyValuePair<string, string>> keys) => keys.Select(key => $"{key.Key} = {key.Value}");

    private static IEnumerable<string[]> Table(string page) => Rows(Repository.Read(page));

    /// <summary>The rows of tables whose first cell is code, without the marks.</summary>
    private static IEnumerable<string[]> Rows(string text) => text.Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());

    private static IEnumerable<string> UsedPackages() => new[] { "src", "tests", "build" }
        .SelectMany(folder => Repository.Root.GetDirectories(folder).Single().EnumerateFiles("*", SearchOption.AllDirectories))
        .Concat(Repository.Root.EnumerateFiles("Directory.*"))
        .Where(file => file.Extension is ".csproj" or ".props" or ".targets" && !file.FullName.Contains("node_modules"))
        .SelectMany(file => XDocument.Load(file.FullName).Descendants("PackageReference"))
        .Select(reference => reference.Attribute("Include")!.Value)
        .SelectMany(names => names.Split(';'))
        .Select(name => name.Trim())
        .Distinct();

    private static IEnumerable<string> CentralPackages() =>
        XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value);

    private static IEnumerable<string> WebPackages()
    {
        using var package = JsonDocument.Parse(Repository.Read("src/Web/package.json"));
        return [.. new[] { "dependencies", "devDependencies" }.SelectMany(kind => package.RootElement.GetProperty(kind).EnumerateObject()).Select(dependency => dependency.Name)];
    }

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)")]
    private static partial Regex Link();
}
