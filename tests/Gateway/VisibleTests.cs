using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Tests;

public sealed class VisibleTests
{
    private static readonly TicketEventView Full = new(7, DateTimeOffset.UnixEpoch, "", Author.Agent, "li", "李", "说了什么", "m1", "为什么");

    public static TheoryData<string> AllTypes => [.. typeof(TicketEventTypes).GetFields().Select(constant => (string)constant.GetValue(null)!)];

    [Theory, MemberData(nameof(AllTypes))]
    public void Customers_see_every_seq_but_no_staff_id_and_nothing_of_what_happens_inside(string type)
    {
        var seen = Visible.ToCustomer(new TicketNews(LiveParts.Ticket(7), [Full with { Type = type }])).Events.Single();
        string[] amongColleagues = ["note", "consultAsked", "consultAnswered", "clockMissed", "escalated", "productTold", "productDelayed", "phoneShown", "replySent", "replyDelayed", "replyFailed", "listened", "whispered", "summarized", "recategorized",
            "remedyProposed", "doubtsCleared", "remedyAsked", "remedyDelayed", "remedyTakenBack"];
        if (amongColleagues.Contains(type)) type = "internal";
        (seen.Seq, seen.At, seen.Type).ShouldBe((7L, Full.At, type));
        seen.AuthorId.ShouldBeNull();
        string[] inside = ["queued", "offered", "offerRejected", "offerTimedOut", "offerRescinded", "wrappedUp", "transferred", "returned", "handedOver", "internal"];
        if (inside.Contains(type)) seen.ShouldBe(new TicketEventView(7, Full.At, type));
        else seen.AuthorName.ShouldBe("李");
        (seen.Text is null).ShouldBe(inside.Concat(["resolved", "takenOver"]).Contains(type));
    }

    [Fact]
    public void Staff_see_events_as_they_are() =>
        Visible.ToStaff(new TicketNews(LiveParts.Ticket(7), [Full with { Type = "offered" }])).Events.Single().ShouldBe(Full with { Type = "offered" });

    [Theory]
    [InlineData(TicketPhase.Offered, null)]
    [InlineData(TicketPhase.Waiting, null)]
    [InlineData(TicketPhase.Assigned, "李")]
    [InlineData(TicketPhase.Closed, "李")]
    public void Customers_see_the_name_of_who_took_the_ticket_not_of_who_was_asked(TicketPhase phase, string? name)
    {
        var seen = Visible.ToCustomer(new TicketNews(LiveParts.Ticket(7, phase) with { AgentId = "li", AgentName = "李" }, [])).Ticket;
        seen.AgentId.ShouldBeNull();
        seen.AgentName.ShouldBe(name);
    }

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("+8613812345678", "+86*******5678")]
    [InlineData("1234567", "*******")]
    [InlineData("12345678", "123*5678")]
    public void A_phone_number_keeps_its_ends(string phone, string masked) => Visible.Phone(phone).ShouldBe(masked);

    [Fact]
    public void Every_refusal_has_a_problem_of_its_own()
    {
        var problems = Enum.GetValues<RefusalCode>().Select(code => ProblemOf.Refusal(code, "what happened", "text")).ToList();
        problems.Select(problem => problem.Type).ShouldBeUnique();
        problems.ShouldAllBe(problem => problem.Status >= 400 && problem.Field == "text" && problem.Detail == "what happened");
        problems.Where(problem => problem.Status == 503).ShouldAllBe(problem => problem.RetryAfterSeconds > 0);
    }
}
