using CampusCare.Contracts.Tickets;

namespace CampusCare.Simulation.Tests;

public sealed class RushTests
{
    private static readonly WorldOptions Calm = new() { Faults = false };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_a_calm_rush_every_invariant_holds_and_everybody_has_an_end(int seed)
    {
        var report = Run(seed, Calm);
        report.Acknowledged.ShouldBe(Calm.Contacts);
        (report.Solved + report.GaveUp).ShouldBe(Calm.Contacts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Whatever_breaks_every_invariant_holds_and_everybody_has_an_end(int seed)
    {
        var report = Run(seed, new WorldOptions());
        report.Acknowledged.ShouldBe(300);
        (report.Solved + report.GaveUp).ShouldBe(300);
        report.Faults.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void With_a_bot_every_invariant_holds_and_everybody_has_an_end(int seed, bool faults)
    {
        var report = Run(seed, new WorldOptions { Bot = true, Faults = faults });
        (report.Solved + report.GaveUp).ShouldBe(300);
        foreach (var type in new[] { TicketEventTypes.Answered, TicketEventTypes.AnswerJudged, TicketEventTypes.HandedOver, TicketEventTypes.Misunderstood })
            report.Happened.ShouldContain($"{type} ");
    }

    [Fact]
    public void Rushes_hold_all_that_happens_in_a_contact_center()
    {
        var happened = Enumerable.Range(1, 4).Select(static seed => Run(seed, new WorldOptions()).Happened).ToList();
        foreach (var type in new[]
        {
            TicketEventTypes.Transferred, TicketEventTypes.Returned, TicketEventTypes.ConsultAnswered, TicketEventTypes.PlaceKept, TicketEventTypes.Promised,
            TicketEventTypes.ClockMissed, TicketEventTypes.Escalated, TicketEventTypes.ProductTold, TicketEventTypes.ProductDelayed, TicketEventTypes.Reopened,
            TicketEventTypes.ReplySent, TicketEventTypes.ReplyDelayed, TicketEventTypes.ReplyFailed,
        })
            happened.ShouldContain(words => words.Contains($"{type} ", StringComparison.Ordinal), type);
    }

    [Fact]
    public void A_seed_replays_exactly_and_another_one_differs()
    {
        var options = new WorldOptions { Contacts = 100 };
        Run(7, options).ShouldBe(Run(7, options));
        Run(8, options).Digest.ShouldNotBe(Run(7, options).Digest);
    }

    internal static WorldReport Run(int seed, WorldOptions options)
    {
        using var world = new CampusWorld(seed, options);
        return world.Run();
    }
}
