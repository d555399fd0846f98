namespace CampusCare.Simulation.Tests;

/// <summary>A check that can't fail is worth nothing: each invariant is broken on purpose, and must be seen to break.</summary>
public sealed class MutationTests
{
    private static readonly WorldOptions Busy = new() { Faults = false, Agents = 4, Contacts = 120, ContactsPerMinute = 60 };

    // What is broken need not show on a quiet day.
    [Theory]
    [InlineData(Mutation.AgentOverbooks, Invariants.Capacity)]
    [InlineData(Mutation.JournalForgets, Invariants.Nowhere)]
    [InlineData(Mutation.HintsGetLost, Invariants.IdleAgent)]
    [InlineData(Mutation.OrderIsUpsideDown, Invariants.Order)]
    [InlineData(Mutation.HistoryIsRewritten, Invariants.Chain)]
    [InlineData(Mutation.ClocksAreForgotten, Invariants.Clocks)]
    [InlineData(Mutation.ClocksFireTwice, Invariants.Clocks)]
    [InlineData(Mutation.CallsAreTakenForForms, Invariants.Capacity)]
    [InlineData(Mutation.ProviderLies, Invariants.Replies)]
    [InlineData(Mutation.NobodyIsKept, Invariants.Order)]
    [InlineData(Mutation.KeptForGood, Invariants.Kept)]
    public void What_is_broken_on_purpose_is_found_by_the_invariant_that_watches_it(Mutation mutation, string invariant) =>
        Enumerable.Range(1, 5).Select(seed => BrokenBy(seed, Busy with { Mutation = mutation })).Contains(invariant).ShouldBeTrue();

    [Fact]
    public void Who_is_gone_for_good_and_followed_for_ever_keeps_a_ticket() =>
        Enumerable.Range(1, 10).Select(BrokenByGhosts).Contains(Invariants.Deserted).ShouldBeTrue();

    private static string? BrokenByGhosts(int seed) =>
        BrokenBy(seed, new WorldOptions { Mutation = Mutation.GatewayKeepsTheGone, FaultEvery = TimeSpan.FromSeconds(60), Contacts = 400 });

    // It takes a partition at the wrong moment, so several seeds are tried; what such a journal breaks in the others is
    // another matter.
    [Fact]
    public void A_journal_that_takes_two_appends_at_one_seq_gives_a_ticket_two_agents() =>
        Enumerable.Range(1, 40).Select(BrokenByTwoAppends).Contains(Invariants.OneAgent).ShouldBeTrue();

    private static string? BrokenByTwoAppends(int seed) =>
        BrokenBy(seed, new WorldOptions { Mutation = Mutation.JournalTakesTwice, FaultEvery = TimeSpan.FromSeconds(10), Contacts = 150 });

    // Two activations of an agent, one of which grants a call and the other one chats: a partition at the wrong moment,
    // about one seed in a hundred. It stops at the first.
    [Fact]
    public void A_journal_that_takes_a_call_beside_a_chat_lets_an_agent_have_both() =>
        Enumerable.Range(140, 260).Select(BrokenByBoth).Contains(Invariants.Capacity).ShouldBeTrue();

    private static string? BrokenByBoth(int seed) =>
        BrokenBy(seed, new WorldOptions { Mutation = Mutation.DesksAreUnguarded, FaultEvery = TimeSpan.FromSeconds(10), Contacts = 150 });

    private static string? BrokenBy(int seed, WorldOptions options)
    {
        try
        {
            RushTests.Run(seed, options);
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
