using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>Who a grain is, and what it is made of.</summary>
[Collection(SharedCluster.Name)]
public sealed class IdentityTests(ClusterFixture cluster)
{
    [Fact]
    public void A_class_is_stored_under_its_name_or_the_one_it_gives_itself()
    {
        cluster.Grains.GetGrain<ILifeGrain>("a").GetGrainId().ToString().ShouldBe("life/a");
        cluster.Grains.GetGrain<IDiaristGrain>("二食堂").GetGrainId().ToString().ShouldBe("diarist-of-tests/二食堂");
    }

    [Fact]
    public void An_identity_hashes_alike_on_every_engine()
    {
        // What Orleans 10 gives. Reminder rows are found by it. The second key is long enough for the hash's stripes.
        GrainId.Create("ticket", "t-1").GetUniformHashCode().ShouldBe(2927724685u);
        GrainId.Create("ticket", "north-campus/2026-11-21/000123456").GetUniformHashCode().ShouldBe(891128589u);
    }

    [Fact]
    public void References_to_one_grain_are_equal()
    {
        var one = cluster.Grains.GetGrain<ILifeGrain>("same");
        var other = cluster.Grains.GetGrain<ILifeGrain>("same");

        one.ShouldBe(other);
        one.GetHashCode().ShouldBe(other.GetHashCode());
        one.ShouldNotBe(cluster.Grains.GetGrain<ILifeGrain>("another"));
    }

    [Fact]
    public async Task Grains_are_known_by_text_number_or_guid()
    {
        var guid = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff");

        (await cluster.Grains.GetGrain<INumberedGrain>(-42).Number().Soon()).ShouldBe(-42);
        (await cluster.Grains.GetGrain<INumberedGrain>(4711).Number().Soon()).ShouldBe(4711);
        (await cluster.Grains.GetGrain<IUniqueGrain>(guid).Unique().Soon()).ShouldBe(guid);
        (await cluster.Grains.GetGrain<ICycleGrain>("text").Hello().Soon()).ShouldBe("hello from text");
    }

    [Fact]
    public async Task A_grain_is_constructed_with_its_services()
    {
        var grain = cluster.Grains.GetGrain<IConstructedGrain>("constructed");

        (await grain.Drinks().Soon()).ShouldBe("tea with milk");
        (await grain.HasLoggerAndClock().Soon()).ShouldBeTrue();
        (await grain.ContextKnowsMe().Soon()).ShouldBeTrue();
        (await grain.HasOwnScope("constructed too").Soon()).ShouldBeTrue();
    }
}
