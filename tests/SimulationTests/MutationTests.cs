using CampusCare.Simulation;

namespace CampusCare.Simulation.Tests;

/// <summary>A check that can't fail is worth nothing: each invariant is broken on purpose, and must be seen to break.</summary>
public sealed class MutationTests
{
    private static readonly WorldOptions Busy = new() { Faults = false, Agents = 4, Contacts = 120, ContactsPerMinute = 60 };

    [Theory]
    [InlineData(Mutation.AgentOverbooks, Invariants.Capacity)]
    [InlineData(Mutation.JournalForgets, Invariants.Nowhere)]
    [InlineData(Mutation.HintsGetLost, Invariants.IdleAgent)]
    [InlineData(Mutation.OrderIsUpsideDown, Invariants.Order)]
    [InlineData(Mutation.HistoryIsRewritten, Invariants.Chain)]
    public void What_is_broken_on_purpose_is_found_by_the_invariant_that_watches_it(Mutation mutation, string invariant) =>
        Should.Throw<InvariantBrokenException>(() => RushTests.Run(1, Busy with { Mutation = mutation })).Invariant.ShouldBe(invariant);

    [Fact]
    public void A_journal_that_takes_two_appends_at_one_seq_gives_a_ticket_two_agents() =>
        Should.Throw<InvariantBrokenException>(() =>
        {
            for (var seed = 1; seed <= 20; seed++)
                RushTests.Run(seed, new WorldOptions { Mutation = Mutation.JournalTakesTwice, FaultEvery = TimeSpan.FromSeconds(10) });
        }).Invariant.ShouldBe(Invariants.OneAgent);

    [Fact]
    public void Nothing_broken_nothing_found() => RushTests.Run(1, Busy).Acknowledged.ShouldBe(Busy.Contacts);
}
