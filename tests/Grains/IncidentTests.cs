using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;

namespace CampusCare.Grains.Tests;

/// <summary>What is broken, told by real tickets to who comes because of it.</summary>
public sealed class IncidentTests
{
    private static readonly IncidentText Text = new("暴雨，配送都慢了", "Heavy rain slows all deliveries", "请耐心等待。");

    [Fact]
    public async Task Who_came_before_and_who_comes_after_is_told_once_and_once_more_when_it_is_over()
    {
        await using var campus = await CampusHost.Start();
        var before = (await campus.Ask("c1", customer: "s1")).Value!.Ticket.TicketId;
        var other = (await campus.Ask("c2", "骑手态度恶劣，还骂人", "s2")).Value!.Ticket.TicketId;
        var gone = (await campus.Ask("c3", customer: "s3")).Value!.Ticket.TicketId;
        await campus.Ticket(gone).Close(new CloseTicket("s3"));
        foreach (var id in new[] { before, other, gone }) await campus.Ticket(id).Follow(RecordingGateway.Id, campus.Gateway.Reference);

        await Declare(campus, "i1", DateTimeOffset.UtcNow.AddMinutes(-10));
        (await Heard(campus, before)).Text.ShouldBe("我们已经知道：暴雨，配送都慢了。请耐心等待。正在处理，恢复后第一时间在这里告诉您。");
        var after = (await campus.Ask("c4", "My order is one hour late and still not here", "s4")).Value!.Ticket;
        (after.Incident, after.Phase).ShouldBe(("i1", TicketPhase.Waiting), "without a bot a person still comes");
        (await Words(campus, after.TicketId)).ShouldBe(["We know: Heavy rain slows all deliveries. 请耐心等待。 We are working on it. We tell you here as soon as it is over."]);
        await campus.Ticket(after.TicketId).Follow(RecordingGateway.Id, campus.Gateway.Reference);

        (await campus.Grains.Incidents(CampusHost.Campus).End("i1", "boss")).Refusal.ShouldBeNull();
        (await campus.Grains.Incidents(CampusHost.Campus).End("i1", "boss")).Refusal.ShouldBeNull();
        foreach (var id in new[] { before, after.TicketId })
        {
            await campus.Gateway.First<TicketNews>(news => news.Ticket.TicketId == id && news.Events.Any(static e => e.MessageId == "incident i1 over"));
            (await Words(campus, id)).Count.ShouldBe(2, "each word once");
        }
        (await Words(campus, other)).ShouldBeEmpty();
        (await Words(campus, gone)).ShouldBeEmpty();
        (await campus.Ask("c5", customer: "s5")).Value!.Ticket.Incident.ShouldBeNull("it is over");
    }

    [Fact]
    public async Task With_a_bot_nobody_waits_for_a_person_who_can_only_say_the_same()
    {
        await using var campus = await CampusHost.Start();
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureBot(new BotSettings(On: true, Confidence: 0.5))).Refusal.ShouldBeNull();
        await Declare(campus, "i1");
        var told = (await campus.Ask("c1", "我的外卖超时一个小时了还没到", "s1")).Value!.Ticket;
        (told.Phase, told.Bot?.ArticleId).ShouldBe((TicketPhase.Resolved, "incident"));
        var person = (await campus.Ask("c2", "我的外卖超时一个小时了还没到，转人工", "s2")).Value!.Ticket;
        (person.Phase, person.Incident).ShouldBe((TicketPhase.Waiting, "i1"));
        (await campus.Ticket(told.TicketId).Post(new PostMessage("m1", Author.Customer, "s1", "转人工"))).Value!.Phase.ShouldBe(TicketPhase.Waiting, "who asks for a person gets one");
    }

    [Fact]
    public async Task A_change_that_was_not_passed_on_is_found_by_the_next_look()
    {
        await using var campus = await CampusHost.Start();
        await Declare(campus, "i1");
        // Answered after the round of tickets that is under way, which passes it on, too.
        await campus.Grains.Incidents(CampusHost.Campus).All();
        await campus.Grains.Campus(CampusHost.Campus).Suffer([]);
        (await campus.Ask("c1", customer: "s1")).Value!.Ticket.Incident.ShouldBeNull();
        await campus.Grains.Incidents(CampusHost.Campus).Look();
        (await campus.Ask("c2", customer: "s2")).Value!.Ticket.Incident.ShouldBe("i1");
    }

    [Fact]
    public async Task A_restart_loses_no_incident_and_repeats_no_word()
    {
        await using var campus = await CampusHost.Start();
        await Declare(campus, "i1");
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        await campus.Restart();
        (await campus.Grains.Incidents(CampusHost.Campus).Now()).Open.ShouldHaveSingleItem().IncidentId.ShouldBe("i1");
        (await campus.Ask("c2", customer: "s2")).Value!.Ticket.Incident.ShouldBe("i1");
        await campus.Grains.Incidents(CampusHost.Campus).TellTickets();
        await campus.Ticket(id).HearIncident(new IncidentWord((await campus.Grains.Incidents(CampusHost.Campus).Now()).Open[0], IsOver: false));
        (await Words(campus, id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Incidents_are_bounded_and_one_category_has_one()
    {
        await using var campus = await CampusHost.Start();
        var incidents = campus.Grains.Incidents(CampusHost.Campus);
        var categories = Enum.GetValues<Category>();
        for (var i = 0; i < 8; i++) (await incidents.Declare(new DeclareIncident($"i{i}", categories[i], Text, "boss"))).Refusal.ShouldBeNull();
        (await incidents.Declare(new DeclareIncident("i8", categories[8], Text, "boss"))).Refusal!.Code.ShouldBe(RefusalCode.Invalid);
        (await incidents.End("i0", "boss")).Value!.EndedBy.ShouldBe("boss");
        (await incidents.Declare(new DeclareIncident("i9", categories[1], Text, "boss"))).Refusal!.Field.ShouldBe("category");
        (await incidents.Declare(new DeclareIncident("i8", categories[8], Text, "boss"))).Refusal.ShouldBeNull();
        (await incidents.All()).Select(static incident => incident.IncidentId).ShouldBe(["i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8", "i0"]);
    }

    private static async Task Declare(CampusHost campus, string id, DateTimeOffset? since = null) =>
        (await campus.Grains.Incidents(CampusHost.Campus).Declare(new DeclareIncident(id, Category.LateDelivery, Text, "boss", since))).Refusal.ShouldBeNull();

    private static async Task<TicketEventView> Heard(CampusHost campus, string id) =>
        (await campus.Gateway.First<TicketNews>(news => news.Ticket.TicketId == id && news.Ticket.Incident is not null)).Events.First(static e => e.Author == Author.System);

    private static async Task<List<string?>> Words(CampusHost campus, string id) =>
        [.. (await campus.Ticket(id).History(0)).Value!.Events.Where(static e => e.Author == Author.System).Select(static e => e.Text)];
}
