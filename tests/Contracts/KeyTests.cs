namespace CampusCare.Contracts.Tests;

public sealed class KeyTests
{
    [Fact]
    public void The_same_contact_gives_the_same_ticket_and_any_other_another()
    {
        var id = TicketIds.For("north", "s1", "c1");
        id.ShouldBe(TicketIds.For("north", "s1", "c1"));
        id.Length.ShouldBe(16);
        id.ShouldAllBe(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));
        new[] { TicketIds.For("south", "s1", "c1"), TicketIds.For("north", "s2", "c1"), TicketIds.For("north", "s1", "c2"), TicketIds.For("north", "s1c", "1") }
            .ShouldNotContain(id);
    }

    [Fact]
    public void A_hundred_thousand_contacts_give_as_many_tickets() =>
        Enumerable.Range(0, 100_000).Select(n => TicketIds.For("north", "s1", $"c{n}")).Distinct().Count().ShouldBe(100_000);

    [Theory]
    [InlineData("north/a1", "north", "a1")]
    [InlineData("north/a/b", "north", "a/b")]
    [InlineData("north", "north", "")]
    public void A_key_splits_into_what_it_was_made_of(string key, string campus, string id) => GrainKeys.Split(key).ShouldBe((campus, id));
}
