using CampusCare.Embedded.Tests.Grains;
using Orleans.Storage;

namespace CampusCare.Embedded.Tests;

/// <summary>State survives its activation, and a stale writer is stopped.</summary>
[Collection(SharedCluster.Name)]
public sealed class StateTests(ClusterFixture cluster)
{
    [Fact]
    public async Task State_survives_deactivation()
    {
        var grain = Diarist("survivor");
        await grain.Write("first").Soon();
        await grain.Write("second").Soon();

        await grain.Leave().Soon();

        (await grain.Read().Soon()).ShouldBe(new Diary("second", 2));
    }

    [Fact]
    public async Task State_that_was_never_written_does_not_exist()
    {
        var grain = Diarist("blank");

        (await grain.Exists().Soon()).ShouldBeFalse();
        (await grain.Read().Soon())!.Entries.ShouldBe(0);

        await grain.Write("something").Soon();
        (await grain.Exists().Soon()).ShouldBeTrue();
    }

    [Fact]
    public async Task Cleared_state_is_gone()
    {
        var grain = Diarist("burnt");
        await grain.Write("secret").Soon();

        await grain.Burn().Soon();
        (await grain.Exists().Soon()).ShouldBeFalse();

        await grain.Leave().Soon();
        (await grain.Exists().Soon()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stale_write_fails_and_the_next_request_reads_afresh()
    {
        var grain = Diarist("stale");
        await grain.Write("first").Soon();
        cluster.Settings.Shelf.Touch(grain.GetGrainId());

        await Should.ThrowAsync<InconsistentStateException>(grain.Write("lost").Soon());

        (await grain.Read().Soon()).ShouldBe(new Diary("first", 1));
        await grain.Write("second").Soon();
        (await grain.Read().Soon()).ShouldBe(new Diary("second", 2));
    }

    private IDiaristGrain Diarist(string key) => cluster.Grains.GetGrain<IDiaristGrain>(key);
}
