using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Tests;

public sealed class TicketEventCodecTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 17, 30, 0, 123, TimeSpan.Zero);

    private static readonly TicketEvent[] One =
    [
        new Opened("c1", "s1", CustomerRole.Rider, Channel.MiniProgram, "A1", Category.FoodSafety, 0.87, Urgency.Critical, Sentiment.Negative)
        {
            Personal = new PersonalData("饭里有\"虫子\"🐛", "小林", "13800000000"),
        },
        new Queued("safety", Now, -17, [new SkillLevel("safety", 4), new SkillLevel("english", 2)]),
        new Offered("r1", "a1", Now, "best of 2") { Personal = new PersonalData(Name: "阿哲") },
        new OfferEnded("r1", "a1", ReservationState.TimedOut, null),
        new Accepted("r1", "a1") { Personal = new PersonalData(Name: "阿哲") },
        new MessagePosted("m1", Author.Agent, "a1") { Personal = new PersonalData("您好", "阿哲") },
        new Resolved("a1", null),
        new WrappedUp("a1", "refunded") { Personal = new PersonalData("全额退款") },
        new Reopened(Now, 5),
        new Rated(4) { Personal = new PersonalData("还行") },
        new Closed(ClosingReason.Rated),
    ];

    [Fact]
    public void Every_kind_of_event_is_among_the_examples() =>
        One.Select(e => e.GetType()).ShouldBe(typeof(TicketEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(TicketEvent))), ignoreOrder: true);

    [Fact]
    public void What_is_encoded_comes_back_the_same()
    {
        foreach (var happened in One)
            Decode(TicketEventCodec.Encode(happened, Now)).ToString().ShouldBe(happened.ToString());
        var queued = (Queued)Decode(TicketEventCodec.Encode(One[1], Now));
        queued.Requirements.ShouldBe(((Queued)One[1]).Requirements);
    }

    [Fact]
    public void Words_and_names_stand_only_in_the_part_that_can_be_erased()
    {
        foreach (var happened in One)
        {
            var stored = TicketEventCodec.Encode(happened, Now);
            foreach (var personal in new[] { happened.Personal?.Text, happened.Personal?.Name, happened.Personal?.Phone }.OfType<string>())
                stored.Payload.ShouldNotContain(personal);
            (stored.Personal is null).ShouldBe(happened.Personal is null);
        }
    }

    [Fact]
    public void An_erased_event_can_still_be_read() =>
        Decode(TicketEventCodec.Encode(One[0], Now) with { Personal = null }).Personal.ShouldBeNull();

    // Stored for ever: a renamed event or member would make old journals unreadable.
    [Fact]
    public void The_stored_form_never_changes() => TicketEventCodec.Encode(One[0], Now).Payload.ShouldBe(
        """{"contactId":"c1","customerId":"s1","role":"Rider","channel":"MiniProgram","orderNumber":"A1","category":"FoodSafety","confidence":0.87,"urgency":"Critical","sentiment":"Negative"}""");

    [Fact]
    public void An_event_of_a_newer_version_is_refused_by_name() =>
        Should.Throw<InvalidDataException>(() => Decode(new NewEvent("teleported", Now, "{}"))).Message.ShouldContain("teleported");

    private static TicketEvent Decode(NewEvent stored) => TicketEventCodec.Decode(
        new JournalEvent("t1", 1, "north", stored.At, stored.Type, stored.Payload, stored.Personal, EventHash.None));
}
