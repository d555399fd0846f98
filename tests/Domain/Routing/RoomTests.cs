using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Tests.Routing;

public sealed class RoomTests
{
    private static readonly Room Desk = new(Chats: 5, Calls: 1, Forms: 10);

    [Fact]
    public void Chats_and_forms_are_side_by_side_each_to_its_own_capacity() =>
        Room.Free(Desk, new Room(5, 0, 3)).ShouldBe(new Room(0, 0, 7));

    [Fact]
    public void A_call_interrupts_forms_but_not_chats()
    {
        Room.Free(Desk, new Room(0, 0, 10)).ShouldBe(new Room(5, 1, 0));
        Room.Free(Desk, new Room(1, 0, 0)).ShouldBe(new Room(4, 0, 10));
    }

    [Fact]
    public void Whoever_is_on_a_call_gets_nothing_new() => Room.Free(Desk, new Room(0, 1, 2)).Any.ShouldBeFalse();

    [Fact]
    public void Whoever_holds_more_than_the_capacity_has_nothing_free_rather_than_less() =>
        Room.Free(Desk, new Room(7, 0, 12)).ShouldBe(Room.None);

    [Fact]
    public void Taking_one_more_leaves_what_the_rule_says_of_one_more_held()
    {
        foreach (var (capacity, held) in from capacity in Rooms(3) from held in Rooms(3) select (capacity, held))
            foreach (var medium in Enum.GetValues<Medium>().Where(m => Room.Free(capacity, held).Of(m) > 0))
            {
                Room.Free(capacity, held).After(medium).ShouldBe(Room.Free(capacity, held.Plus(medium)));
                held.Plus(medium).Minus(medium).ShouldBe(held);
            }
    }

    [Fact]
    public void The_load_grows_with_each_chat_and_form_and_a_call_fills_the_desk()
    {
        foreach (var (capacity, held) in from capacity in Rooms(4) from held in Rooms(3) where held.Calls == 0 select (capacity, held))
            foreach (var medium in Enum.GetValues<Medium>().Where(m => Room.Free(capacity, held).Of(m) > 0))
            {
                var (before, after) = (Load(capacity, held), Load(capacity, held.Plus(medium)));
                before.ShouldBeInRange(0, 1);
                after.ShouldBeInRange(0, 1);
                if (medium == Medium.Call) after.ShouldBe(1);
                else after.ShouldBeGreaterThan(before);
            }
        Load(Desk, Room.None).ShouldBe(0);
        Load(Desk, new Room(5, 0, 10)).ShouldBe(1);
    }

    [Theory]
    [InlineData(Channel.Web, Medium.Chat)]
    [InlineData(Channel.MiniProgram, Medium.Chat)]
    [InlineData(Channel.Phone, Medium.Call)]
    [InlineData(Channel.Rest, Medium.Form)]
    [InlineData(Channel.Email, Medium.Form)]
    [InlineData(Channel.Sms, Medium.Form)]
    public void Each_channel_is_one_medium(Channel channel, Medium medium) => Media.Of(channel).ShouldBe(medium);

    [Fact]
    public void No_channel_was_forgotten()
    {
        foreach (var channel in Enum.GetValues<Channel>()) Enum.IsDefined(Media.Of(channel)).ShouldBeTrue();
    }

    private static double Load(Room capacity, Room held) => Room.Load(capacity, Room.Free(capacity, held));

    private static IEnumerable<Room> Rooms(int upTo) =>
        from chats in Enumerable.Range(0, upTo) from calls in Enumerable.Range(0, 2) from forms in Enumerable.Range(0, upTo) select new Room(chats, calls, forms);
}
