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

    // It takes a partition at the wrong moment, so several seeds are tried; what such a journal breaks in the others is
    // another matter.
    [Fact]
    public void A_journal_that_takes_two_appends_at_one_seq_gives_a_ticket_two_agents() =>
        Enumerable.Range(1, 40).Select(BrokenByTwoAppends).ShouldContain(Invariants.OneAgent);

    private static string? BrokenByTwoAppends(int seed)
    {
        try
        {
            RushTests.Run(seed, new WorldOptions { Mutation = Mutation.JournalTakesTwice, FaultEvery = TimeSpan.FromSeconds(10), Contacts = 150 });
            return null;
        }
        catch (InvariantBrokenException broken)
        {
            return broken.Invariant;
        }
        catch (InvalidOperationException stuck)
        {
            return stuck.Message;
        }
    }

    [Fact]
    public void Nothing_broken_nothing_found() => RushTests.Run(1, Busy).Acknowledged.ShouldBe(Busy.Contacts);
}
