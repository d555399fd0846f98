using CampusCare.Domain.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>Whatever the model: nobody is lost, and the fast simulator does what the plain one does.</summary>
public sealed class ConservationTests
{
    private const double Close = 1e-7;

    [Fact]
    public void Every_random_model_is_played_as_the_plain_simulator_plays_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(RandomModels(), model =>
        {
            var player = new Replication(model, 7);
            for (var replication = 0; replication < 3; replication++)
            {
                var tally = new Tally(model);
                player.Run(replication, tally);
                ShouldAgree(model, tally, new PlainSimulator(model, 7, replication));
            }
        }));

    private static void ShouldAgree(ContactCenterModel model, Tally tally, PlainSimulator plain)
    {
        var waits = 0.0;
        for (var type = 0; type < model.CallTypes.Count; type++)
            for (var period = 0; period < model.Periods.Count; period++)
            {
                var callers = plain.Callers.Where(caller => caller.Type == type && caller.Call.Period == period).ToList();
                var counts = tally.Calls(type, period).ToArray();
                counts[Count.Arrivals].ShouldBe(callers.Count);
                counts[Count.Served].ShouldBe(callers.Count(caller => caller.AnsweredAt is not null));
                counts[Count.Abandoned].ShouldBe(callers.Count(caller => caller.LeftAt is not null));
                counts[Count.Balked].ShouldBe(callers.Count(caller => caller.Balked));
                counts[Count.AnsweredInTime].ShouldBe(callers.Count(caller => caller.AnsweredAt is not null && caller.Wait <= model.ServiceLevelSeconds));
                counts[Count.AbandonedInTime].ShouldBe(callers.Count(caller => caller.LeftAt is not null && caller.Wait <= model.ServiceLevelSeconds));
                counts[Count.WaitOfServed].ShouldBe(callers.Where(caller => caller.AnsweredAt is not null).Sum(caller => caller.Wait), Close * (1 + counts[Count.WaitOfServed]));
                counts[Count.WaitOfAbandoned].ShouldBe(callers.Where(caller => caller.LeftAt is not null).Sum(caller => caller.Wait), Close * (1 + counts[Count.WaitOfAbandoned]));
                // Arrivals = served + abandoned, those who balked among the latter.
                counts[Count.Arrivals].ShouldBe(counts[Count.Served] + counts[Count.Abandoned]);
                counts[Count.Balked].ShouldBeLessThanOrEqualTo(counts[Count.AbandonedInTime]);
                waits += counts[Count.WaitOfServed] + counts[Count.WaitOfAbandoned];
            }
        // Little's law over a day that begins and ends empty: the integral of the line is the sum of the waits.
        waits.ShouldBe(plain.LineIntegral, Close * (1 + waits));
        for (var group = 0; group < model.AgentGroups.Count; group++) ShouldAgree(model, tally, plain, group);
    }

    private static void ShouldAgree(ContactCenterModel model, Tally tally, PlainSimulator plain, int group)
    {
        var served = plain.Callers.Where(caller => caller.Group == group).ToList();
        double start = 0, busy = 0;
        for (var period = 0; period <= model.Periods.Count; period++)
        {
            var end = period < plain.Ends.Length ? plain.Ends[period] : double.PositiveInfinity;
            var (from, worked, staffed) = (start, tally.Loads(group, period)[Load.Busy], tally.Loads(group, period)[Load.Staffed]);
            worked.ShouldBe(served.Sum(caller => Overlap(caller, from, end)), Close * (1 + worked));
            staffed.ShouldBeGreaterThanOrEqualTo(worked - Close);
            if (period < plain.Ends.Length) staffed.ShouldBeGreaterThanOrEqualTo(model.AgentGroups[group].Agents[period] * (end - from) - Close * (1 + staffed));
            busy += worked;
            start = end;
        }
        // Work is neither lost nor made: the agents were busy for as long as their calls took.
        busy.ShouldBe(served.Sum(caller => caller.Call.Service), Close * (1 + busy));
    }

    private static double Overlap(PlainSimulator.Caller caller, double from, double to) =>
        Math.Max(0, Math.Min(to, caller.AnsweredAt!.Value + caller.Call.Service) - Math.Max(from, caller.AnsweredAt.Value));

    /// <summary>Up to 3 periods, types and groups; lists that need not match; ranks shared or not; every kind of border.</summary>
    private static Arbitrary<ContactCenterModel> RandomModels()
    {
        var models =
            from periods in Sizes(3)
            from types in Sizes(3)
            from groups in Sizes(3)
            from seconds in List(Gen.Choose(200, 2000), periods)
            from callTypes in Each(types, i => RandomType(i, periods, groups))
            from agentGroups in Each(groups, i => RandomGroup(i, periods, types))
            from within in Gen.Choose(0, 60)
            from busyness in Gen.Elements(null, (double?)0.5, 4)
            select Mended(new ContactCenterModel("random", within, busyness, [.. seconds.Select(s => (double)s)], callTypes, agentGroups));
        return models.ToArbitrary();
    }

    private static Gen<CallType> RandomType(int index, int periods, int groups) =>
        from perHour in List(Gen.Elements(0, 30, 120, 400), periods)
        from service in List(Gen.Elements(5, 60, 300), periods)
        from patience in List(Gen.Elements(3, 60, 600, double.PositiveInfinity), periods)
        from balking in List(Gen.Elements(0, 0.3, 1), periods)
        from order in Gen.Shuffle(Enumerable.Range(0, groups).ToArray())
        from offered in Gen.Choose(1, groups)
        select new CallType($"type {index}", [.. perHour.Select(x => (double)x)], [.. service.Select(x => (double)x)], patience, balking, [.. order.Take(offered)]);

    private static Gen<AgentGroup> RandomGroup(int index, int periods, int types) =>
        from agents in List(Gen.Choose(0, 6), periods)
        from order in Gen.Shuffle(Enumerable.Range(0, types).ToArray())
        from taken in Gen.Choose(0, types)
        from together in Gen.Elements(true, false)
        let ranks = order.Take(taken)
        select new AgentGroup($"group {index}", agents, together && taken > 0 ? [ranks.ToArray()] : [.. ranks.Select(type => (IReadOnlyList<int>)[type])]);

    /// <summary>Whom nobody would ever take gets a patience, as the file's check would ask.</summary>
    private static ContactCenterModel Mended(ContactCenterModel model) => model with
    {
        CallTypes = [.. model.CallTypes.Select((type, i) => type.Groups.Any(group =>
            model.AgentGroups[group].Agents[^1] > 0 && model.AgentGroups[group].Takes.Any(rank => rank.Contains(i)))
            ? type
            : type with { MeanPatienceSeconds = [.. type.MeanPatienceSeconds.Select(patience => double.IsInfinity(patience) ? 100 : patience)] })],
    };

    private static Gen<int> Sizes(int most) => Gen.Choose(1, most);

    private static Gen<T[]> List<T>(Gen<T> of, int length) => Gen.ArrayOf(of, length);

    private static Gen<T[]> Each<T>(int count, Func<int, Gen<T>> of) =>
        Enumerable.Range(0, count).Aggregate(Gen.Constant(Array.Empty<T>()), (sofar, i) => from all in sofar from one in of(i) select (T[])[.. all, one]);
}
