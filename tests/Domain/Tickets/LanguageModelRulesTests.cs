using CampusCare.Domain.LanguageModels;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using static CampusCare.Domain.Tests.Tickets.TicketSteps;

namespace CampusCare.Domain.Tests.Tickets;

/// <summary>What a language model's word does to a ticket, and when it comes too late.</summary>
public sealed class LanguageModelRulesTests
{
    private static readonly Route General = new("general", [new SkillLevel("general", 1)]);
    private static readonly Route Delivery = new("delivery", [new SkillLevel("delivery", 2)], "a7") { PatienceSeconds = 15 };

    private static TriageResult Meaning(Category category, double confidence = 0.3, Urgency urgency = Urgency.Normal) => new(category, confidence, [category], [], urgency, Sentiment.Neutral, 0, []);

    private static Ticket Waiting(Category category = Category.Other) =>
        Must(Ticket.None, TicketRules.Open(Ticket.None, new Contact("c1", "s1", "小林", CustomerRole.Student, null, Channel.Web, "这都什么事啊", null), Meaning(category), General, Start));

    private static Ticket Accepted(Ticket ticket)
    {
        var offered = Must(ticket, TicketRules.Offer(ticket, new Offer("r1", "a1", "小梅", Start.AddSeconds(30), "best", null, "chat-0"), autoAccept: false, Medium.Chat));
        return Must(offered, TicketRules.Accept(offered, "a1", "r1"));
    }

    [Fact]
    public void A_doubtful_ticket_moves_once_and_keeps_its_time()
    {
        var ticket = Waiting();
        var moved = Must(ticket, TicketRules.Recategorize(ticket, Category.RiderConduct, Delivery), Start.AddMinutes(2));
        (moved.Category, moved.Queue, moved.Phase, moved.WaitingSince).ShouldBe((Category.RiderConduct, "delivery", TicketPhase.Waiting, Start));
        moved.PriorityKey.ShouldBeLessThanOrEqualTo(ticket.PriorityKey);
        moved.WaitingSeq.ShouldBeGreaterThan(ticket.WaitingSeq, "a reservation of the line before is none of this one");
        (moved.LastAgent, moved.PatienceSeconds, moved.Requirements.Single()).ShouldBe(("a7", 15, new SkillLevel("delivery", 2)));
        TicketRules.Recategorize(moved, Category.AppFault, General).ShouldBe(Decision.Nothing, "one word is enough");
        TicketRules.Recategorize(ticket, ticket.Category, General).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_word_that_comes_too_late_or_would_take_food_safety_away_changes_nothing()
    {
        foreach (var ticket in new[] { Ticket.None, Waiting(Category.FoodSafety), Accepted(Waiting()) })
            TicketRules.Recategorize(ticket, Category.Praise, General).ShouldBe(Decision.Nothing);
        var closed = Must(Waiting(), TicketRules.Close(Waiting(), "s1"));
        TicketRules.Recategorize(closed, Category.RiderConduct, Delivery).ShouldBe(Decision.Nothing);
        Must(Waiting(), TicketRules.Recategorize(Waiting(), Category.FoodSafety, General)).Category.ShouldBe(Category.FoodSafety, "it may be lifted there");
    }

    [Theory]
    [InlineData(Category.Other, 0.49, Urgency.Normal, true)]
    [InlineData(Category.Other, 0.5, Urgency.Normal, false)]
    [InlineData(Category.FoodSafety, 0.36, Urgency.High, false)]
    [InlineData(Category.Other, 0.2, Urgency.Critical, false)]
    public void Nobody_asks_where_health_is_at_stake_or_triage_is_sure(Category category, double confidence, Urgency urgency, bool asks) =>
        TicketRules.IsDoubtful(new Opened("c1", "s1", CustomerRole.Student, Channel.Web, null, category, confidence, urgency, Sentiment.Neutral)).ShouldBe(asks);

    [Fact]
    public void A_summary_is_kept_once_bounded_and_only_while_somebody_can_use_it()
    {
        var ticket = Accepted(Waiting());
        var handed = Must(ticket, TicketRules.Transfer(ticket, "a1", Delivery, null, Start));
        var summarized = TicketRules.Summarize(handed, handed.Seq, new string('长', 5_000));
        summarized.Events.ShouldHaveSingleItem().Personal!.Text!.Length.ShouldBe(ModelAnswers.MaximumText);
        var known = Must(handed, summarized);
        TicketRules.Summarize(known, handed.Seq, "再来一遍").ShouldBe(Decision.Nothing);
        TicketRules.Summarize(handed, handed.Seq + 1, "未来").ShouldBe(Decision.Nothing);
        TicketRules.Summarize(handed, handed.Seq, " \0 ").ShouldBe(Decision.Nothing);
        (known.Phase, known.WaitingSeq, known.PriorityKey).ShouldBe((handed.Phase, handed.WaitingSeq, handed.PriorityKey), "it changes nothing else");
        var closed = Must(handed, TicketRules.Close(handed, "s1"));
        TicketRules.Summarize(closed, handed.Seq, "太晚了").ShouldBe(Decision.Nothing);
    }
}
