using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

public sealed class SqliteWebhookDeliveryTests : WebhookDeliveryTests<Sqlite>;

public sealed class PostgresWebhookDeliveryTests : WebhookDeliveryTests<PostgreSql>;

/// <summary>What subscribers have to be told is stored with the events themselves, or not at all.</summary>
public abstract class WebhookDeliveryTests<TKind>
    where TKind : IBedKind
{
    private static readonly DateTimeOffset Later = Noon.AddDays(1);

    [SkippableFact]
    public async Task Events_and_what_has_to_be_told_of_them_are_stored_together_or_not_at_all()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var deliveries = new SqlWebhookDeliveries(bed.Database);
        var head = await bed.Journal.Append(Open(Row("t1"), Told("a", "b"), Event(), Told("a")));
        (await bed.Journal.Append(Open(Row("t1"), Told("a")))).ShouldBeOfType<AppendResult.SeqTaken>();
        await bed.Journal.Append(Open(Row("t2")));

        (await deliveries.GivenUp("north", "a", 10)).ShouldBeEmpty();
        (await Told(deliveries, "a")).ShouldBe(["t1-1", "t1-3"]);
        (await Told(deliveries, "b")).ShouldBe(["t1-1"]);
        (await deliveries.Due("south", "a", Later, 10)).ShouldBeEmpty();
        (await bed.Journal.Append(After(head, Row("t1"), Told("b")))).ShouldBeOfType<AppendResult.Committed>();
        (await Told(deliveries, "b")).ShouldBe(["t1-4"], "the rest was told");
    }

    [SkippableFact]
    public async Task A_ticket_s_events_wait_for_the_one_before_and_what_is_given_up_holds_nothing_up()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var deliveries = new SqlWebhookDeliveries(bed.Database);
        await bed.Journal.Append(Open(Row("t1"), Told("a"), Told("a")));
        await bed.Journal.Append(Open(Row("t2"), Told("a")));

        var first = (await deliveries.Due("north", "a", Later, 10)).Single(one => one.TicketId == "t1");
        await deliveries.Failed("north", "a", first with { Attempts = 1, DueAt = Later.AddHours(1), Fault = "500" }, givenUp: false);
        (await deliveries.Due("north", "a", Later, 10)).Select(one => one.TicketId).ShouldBe(["t2"]);
        (await deliveries.NextDue("north", "a")).ShouldNotBeNull();
        (await deliveries.Due("north", "a", Later.AddHours(1), 10)).Select(one => (one.TicketId, one.Seq)).ShouldBe([("t2", 1), ("t1", 1)], ignoreOrder: true);

        await deliveries.Failed("north", "a", first with { Attempts = 2, DueAt = Later, Fault = "500" }, givenUp: true);
        (await deliveries.Due("north", "a", Later, 10)).Select(one => (one.TicketId, one.Seq)).ShouldBe([("t1", 2), ("t2", 1)], ignoreOrder: true);
        (await deliveries.GivenUp("north", "a", 10)).Single().ShouldBe(new WebhookDelivery("t1", 1, 2, Later.ToUniversalTime(), "500"));
        (await deliveries.GivenUp("north", "a", 10, ("t1", 1))).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_was_given_up_is_sent_again_and_what_ended_is_forgotten()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var deliveries = new SqlWebhookDeliveries(bed.Database);
        foreach (var id in new[] { "t1", "t2", "t3" })
        {
            await bed.Journal.Append(Open(Row(id), Told("a")));
            await deliveries.Failed("north", "a", new WebhookDelivery(id, 1, 20, Later, "500"), givenUp: true);
        }
        (await deliveries.Waiting()).ShouldBeEmpty();

        (await deliveries.SendAgain("north", "a", ("t2", 1), Noon)).ShouldBe(1);
        (await deliveries.SendAgain("north", "a", ("t2", 1), Noon)).ShouldBe(0);
        (await deliveries.Waiting()).ShouldBe([("north", "a")]);
        (await deliveries.SendAgain("north", "a", null, Noon)).ShouldBe(2);
        (await Told(deliveries, "a")).ShouldBe(["t1-1", "t2-1", "t3-1"], ignoreOrder: true);

        await bed.Journal.Append(Open(Row("t4"), Told("a")));
        await deliveries.Drop("north", "a");
        (await deliveries.NextDue("north", "a")).ShouldBeNull();
    }

    /// <summary>Tells all, in the order in which it comes.</summary>
    private static async Task<List<string>> Told(SqlWebhookDeliveries deliveries, string subscription)
    {
        var told = new List<string>();
        while (await deliveries.Due("north", subscription, Later, 10) is { Count: > 0 } due)
        {
            foreach (var one in due)
            {
                told.Add($"{one.TicketId}-{one.Seq}");
                await deliveries.Delivered("north", subscription, one.TicketId, one.Seq);
            }
        }
        return told;
    }

    private static NewEvent Told(params string[] subscribers) => Event() with { Subscribers = subscribers };
}
