using CampusCare.Domain.Tickets;

namespace CampusCare.Domain.Tests.Tickets;

public sealed class ErasingRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(TicketPhase.Waiting)]
    [InlineData(TicketPhase.Offered)]
    [InlineData(TicketPhase.Assigned)]
    public void What_is_not_over_is_erased_only_when_it_may_be_ended(TicketPhase phase)
    {
        var ticket = new Ticket { Phase = phase, UpdatedAt = Now };
        TicketRules.EndToErase(ticket, closeOpen: false, null).No.ShouldBe(RefusalCode.TicketOpen);
        TicketRules.Erase(ticket, ErasureReason.Request).No.ShouldBe(RefusalCode.TicketOpen);
        TicketRules.EndToErase(ticket, closeOpen: true, null).Events.ShouldBe([new Closed(ClosingReason.Erasure)]);
    }

    [Fact]
    public void A_resolved_ticket_is_over_and_gives_its_slot_back()
    {
        var ticket = new Ticket { Phase = TicketPhase.Resolved, WrapUpOpen = true, AgentId = "a1", UpdatedAt = Now };
        var ended = TicketRules.EndToErase(ticket, closeOpen: false, null).Events;
        ended.Select(happened => happened.GetType()).ShouldBe([typeof(WrappedUp), typeof(Closed)]);
    }

    [Fact]
    public void What_was_touched_meanwhile_is_not_due() =>
        TicketRules.EndToErase(new Ticket { Phase = TicketPhase.Closed, UpdatedAt = Now }, closeOpen: false, untouchedSince: Now).No.ShouldBe(RefusalCode.TicketOpen);

    [Fact]
    public void Erasing_twice_is_erasing_once_and_nothing_personal_stays()
    {
        var ticket = new Ticket { Phase = TicketPhase.Closed, Text = "词", CustomerName = "小林", CustomerPhone = "138", AgentName = "李", AgentId = "a1", CustomerId = "s1" };
        var erased = TicketRules.Erase(ticket, ErasureReason.Retention).Events.Aggregate(ticket, (state, happened) => state.Apply(happened, Now));

        (erased.Text, erased.CustomerName, erased.CustomerPhone, erased.AgentName, erased.ErasedAt).ShouldBe(("", "", null, "", Now));
        TicketRules.Erase(erased, ErasureReason.Request).ShouldBe(Decision.Nothing);
        TicketRules.EndToErase(erased, closeOpen: true, null).ShouldBe(Decision.Nothing);
        TicketRules.Rate(erased, "s1", 5, "词").No.ShouldBe(RefusalCode.TicketClosed);
    }
}
