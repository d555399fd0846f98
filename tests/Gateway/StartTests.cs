using CampusCare.Gateway.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Tests;

/// <summary>A process that would believe the wrong people doesn't start, and says why.</summary>
public sealed class StartTests
{
    private const string Key = "a key that is long enough for everything";

    [Theory]
    [InlineData("DemoIssuer", "true", "Production")]
    [InlineData("DemoKey", "bm90IGEga2V5", "DemoKey")]
    [InlineData("Staff:Authority", null, "Staff:Authority is missing")]
    [InlineData("Staff:Authority", "http://login.example", "https")]
    [InlineData("Staff:Authority", "login.example", "https")]
    [InlineData("Staff:Audience", "", "Staff:Audience")]
    [InlineData("Staff:Roles:lead", "Boss", "'Boss'")]
    [InlineData("Staff:Roles:lead", "Customer", "'Customer'")]
    [InlineData("Staff:Roles:lead", "Backend", "'Backend'")]
    [InlineData("CampusKeys:north", "short", "CampusKeys:north")]
    [InlineData("CampusKeys:No/rth", Key, "No/rth")]
    [InlineData("CustomerKeys:north:a:Secret", "short", "CustomerKeys:north:a:Secret")]
    [InlineData("CustomerKeys:north:a:File", "/no/such/file", "/no/such/file")]
    [InlineData("CustomerKeys:north:a:Expires", "2026-01-01T00:00:00Z", "one of the two")]
    [InlineData("CustomerKeys:No/rth:a:Secret", Key, "No/rth")]
    public void Weak_keys_and_people_that_nobody_vouches_for_are_refused(string key, string? value, string names)
    {
        var settings = new Dictionary<string, string?> { ["Staff:Authority"] = "https://login.example", ["CampusKeys:north"] = Key };
        settings[key] = value;
        var options = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Get<IdentityOptions>()!;
        var result = new IdentityRules(new Somewhere(Environments.Production)).Validate(null, options);
        result.Failed.ShouldBeTrue();
        result.FailureMessage.ShouldContain(names);
        result.FailureMessage.ShouldNotContain(Key);
    }

    [Fact]
    public void Keys_that_never_hold_are_refused() => new IdentityRules(new Somewhere(Environments.Production)).Validate(null, new IdentityOptions
    {
        Staff = { Authority = "https://login.example" },
        CustomerKeys = { ["north"] = new() { ["a"] = new() { Secret = Key, NotBefore = DateTimeOffset.UnixEpoch, Expires = DateTimeOffset.UnixEpoch } } },
    }).FailureMessage!.ShouldContain("NotBefore");

    [Fact]
    public async Task The_host_asks_those_rules_at_start() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => GatewayProcess.Start(new() { ["Identity:DemoIssuer"] = "true", ["environment"] = Environments.Production })))
            .Message.ShouldContain("Production");

    private sealed class Somewhere(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
