using CampusCare.Domain.Staffing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Silo.Tests;

/// <summary>The rules of <c>Staffing:File</c>.</summary>
public sealed class StaffingSetupTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Without_a_file_the_usual_rules_hold_and_with_one_its_own()
    {
        Rules(null).ShouldBe(StaffingRules.Default);
        File.WriteAllText(_file, """{ "chatsAtOnce": 5, "cluster": { "leastSilos": 4 } }""");
        var rules = Rules(_file);
        (rules.ChatsAtOnce, rules.Cluster.LeastSilos, rules.TargetLevel).ShouldBe((5, 4, StaffingRules.Default.TargetLevel));
    }

    [Fact]
    public void A_file_that_is_none_is_named_with_what_is_wrong()
    {
        File.WriteAllText(_file, """{ "chatsAtOnce": 0 }""");
        var error = Should.Throw<InvalidDataException>(() => Rules(_file));
        error.Message.ShouldContain(_file);
        error.Message.ShouldContain("chatsAtOnce");
    }

    private static StaffingRules Rules(string? file)
    {
        var services = new ServiceCollection();
        services.AddStaffing(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Staffing:File"] = file }).Build());
        return services.BuildServiceProvider().GetRequiredService<StaffingRules>();
    }
}
