using CampusCare.Gateway.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Tests;

/// <summary>A process that would believe the wrong people doesn't start, and says why.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Identity:DemoIssuer", "true", "DemoIssuer")]
    [InlineData("Identity:StaffKey", "short", "StaffKey")]
    [InlineData("Identity:StaffKey", null, "StaffKey")]
    [InlineData("Identity:CampusKeys:north", "short", "CampusKeys:north")]
    [InlineData("Identity:CampusKeys:No/rth", "a key that is long enough for everything", "No/rth")]
    [InlineData("Identity:CampusKeys:north", "the staff's key in tests, long enough", "differ")]
    public void Weak_keys_and_a_demo_issuer_in_production_are_refused(string key, string? value, string names)
    {
        var options = new IdentityOptions
        {
            StaffKey = "the staff's key in tests, long enough",
            CampusKeys = { ["north"] = "the north campus's key, long enough" },
        };
        switch (key)
        {
            case "Identity:DemoIssuer":
                options.DemoIssuer = true;
                break;
            case "Identity:StaffKey":
                options.StaffKey = value;
                break;
            default:
                options.CampusKeys[key["Identity:CampusKeys:".Length..]] = value!;
                break;
        }
        var result = new IdentityRules(new Somewhere(Environments.Production)).Validate(null, options);
        result.Failed.ShouldBeTrue();
        result.FailureMessage.ShouldContain(names);
    }

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
