using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Tickets;

/// <summary>Replies to channels outside of the pages: where they go, in which order, and when they are given up.</summary>
public sealed class ReplyRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 30, 0, TimeSpan.Zero);
    private static readonly TriageResult Late = new(Category.LateDelivery, 0.9, [Category.LateDelivery], [], Urgency.High, Sentiment.Negative, -0.7, []);

    [Fact]
    public void A_reply_goes_where_the_customer_was_heard_last_and_in_order()
    {
        var ticket = Say(Say(Assigned(Channel.WeChat), "a1"), "a2");
        ticket.Correspondence!.Outbox.Select(reply => reply.MessageId).ShouldBe(["a1", "a2"]);
        ticket.Clocks.Running(ClockKind.Reply)!.DueAt.ShouldBe(Start);
        var first = ticket.Correspondence.Next!.Value;
        TicketRules.ReplyTried(ticket, first.Seq + 1, Channel.WeChat, ReplyEnd.Sent, null, null, Start).Events.ShouldBeEmpty("the second waits for the first");

        ticket = Must(ticket, Tried(ticket, ReplyEnd.Sent));
        ticket.Correspondence!.Next!.Value.MessageId.ShouldBe("a2");
        ticket = Must(ticket, TicketRules.Post(ticket, "c2", Author.Customer, "s1", "用邮箱说", Promises.None, Start, Channel.Email, new ReplyAddress("s1@example.org", "<1@example.org>")));
        (ticket.Correspondence!.Route!.Channel, ticket.Correspondence.Route.To.Thread).ShouldBe((Channel.Email, "<1@example.org>"));
        ticket.Correspondence.Outbox.Length.ShouldBe(1, "what was on its way goes to the new channel");
    }

    [Fact]
    public void Pauses_double_up_to_ten_minutes_and_end()
    {
        var ticket = Say(Assigned(Channel.Sms), "a1");
        var pauses = new List<double>();
        var now = Start;
        while (ticket.Correspondence!.Next is not null)
        {
            var decision = TicketRules.ReplyTried(ticket, ticket.Correspondence.Next.Value.Seq, Channel.Sms, ReplyEnd.Later, ReplyFault.Unreachable, null, now);
            if (decision.Events[0] is ReplyDelayed later)
            {
                pauses.Add((later.NextAt - now).TotalSeconds);
                now = later.NextAt;
            }
            ticket = Must(ticket, decision);
        }
        pauses.Take(4).ShouldBe([2, 4, 8, 16]);
        pauses.Max().ShouldBe(600);
        (pauses.Count + 1).ShouldBe(TicketRules.MaximumReplyAttempts);
        (now - Start).TotalHours.ShouldBeInRange(1.5, 3);
        ticket.Clocks.Running(ClockKind.Reply).ShouldBeNull();
    }

    [Fact]
    public void WeChat_takes_five_replies_within_48_hours_of_the_customers_last_word()
    {
        var ticket = Assigned(Channel.WeChat);
        for (var i = 0; i < TicketRules.WeChatReplies; i++)
        {
            ticket = Say(ticket, $"a{i}");
            TicketRules.BeforeReply(ticket, Start).Events.ShouldBeEmpty();
            ticket = Must(ticket, Tried(ticket, ReplyEnd.Sent));
        }
        ticket = Say(ticket, "a-more");
        TicketRules.BeforeReply(ticket, Start).Events.ShouldHaveSingleItem().ShouldBeOfType<ReplyFailed>().Fault.ShouldBe(ReplyFault.NoReplyLeft);
        var again = Must(ticket, TicketRules.Post(ticket, "c9", Author.Customer, "s1", "在", Promises.None, Start, Channel.WeChat, new ReplyAddress("openid")));
        TicketRules.BeforeReply(again, Start).Events.ShouldBeEmpty("the customer wrote again");
        TicketRules.BeforeReply(again, Start + TicketRules.WeChatWindow).Events.ShouldHaveSingleItem().ShouldBeOfType<ReplyFailed>().Fault.ShouldBe(ReplyFault.OutsideWindow);
        TicketRules.BeforeReply(Say(Assigned(Channel.Email), "a1"), Start.AddDays(30)).Events.ShouldBeEmpty("letters keep");
    }

    [Fact]
    public void The_last_words_go_out_though_the_ticket_closes()
    {
        var ticket = Say(Assigned(Channel.Email), "bye");
        ticket = Must(ticket, TicketRules.Resolve(ticket, "a1", "solved", null));
        ticket = Must(ticket, TicketRules.Close(ticket, "s1"));
        ticket.Clocks.Running(ClockKind.Reply).ShouldNotBeNull();
        Must(ticket, Tried(ticket, ReplyEnd.Sent)).Clocks.NextDue().ShouldBeNull();
    }

    [Fact]
    public void In_the_pages_nothing_goes_out_and_going_there_ends_what_was_under_way()
    {
        Say(Assigned(null), "a1").Correspondence.ShouldBeNull();
        var ticket = Say(Assigned(Channel.Sms), "a1");
        ticket = Must(ticket, TicketRules.Post(ticket, "c2", Author.Customer, "s1", "在网页上", Promises.None, Start));
        (ticket.Correspondence!.Route, ticket.Correspondence.Outbox.Length, ticket.Clocks.Running(ClockKind.Reply)).ShouldBe((null, 0, null));
        Say(ticket, "a2").Correspondence!.Outbox.ShouldBeEmpty();
    }

    [Fact]
    public void What_came_back_is_told_once_and_only_of_replies_that_went()
    {
        var ticket = Say(Assigned(Channel.Sms), "a1");
        var seq = ticket.Correspondence!.Next!.Value.Seq;
        TicketRules.ReplyReturned(ticket, seq).Events.ShouldBeEmpty();
        ticket = Must(ticket, Tried(ticket, ReplyEnd.Sent));
        var returned = TicketRules.ReplyReturned(ticket, seq);
        returned.Events.ShouldHaveSingleItem().ShouldBe(new ReplyFailed(seq, "a1", Channel.Sms, 1, ReplyFault.NotDelivered));
        TicketRules.ReplyReturned(Must(ticket, returned), seq).Events.ShouldBeEmpty();
    }

    private static Decision Tried(Ticket ticket, ReplyEnd end) =>
        TicketRules.ReplyTried(ticket, ticket.Correspondence!.Next!.Value.Seq, ticket.Correspondence.Route!.Channel, end, null, null, Start);

    private static Ticket Say(Ticket ticket, string messageId) =>
        Must(ticket, TicketRules.Post(ticket, messageId, Author.Agent, "a1", "好的", Promises.None, Start));

    private static Ticket Assigned(Channel? channel)
    {
        var contact = new Contact("c1", "s1", "小林", CustomerRole.Student, null, channel ?? Channel.Web, "外卖还没到", null, ReplyTo: channel is null ? null : new ReplyAddress("openid"));
        var ticket = Must(Ticket.None, TicketRules.Open(Ticket.None, contact, Late, new Route("delivery", [new SkillLevel("delivery", 1)]), Start));
        ticket = Must(ticket, TicketRules.Offer(ticket, new Offer("r1", "a1", "a1", Start.AddSeconds(20), "")));
        return Must(ticket, TicketRules.Accept(ticket, "a1", "r1"));
    }

    private static Ticket Must(Ticket ticket, Decision decision)
    {
        decision.No.ShouldBeNull(decision.Detail);
        decision.Events.ShouldNotBeEmpty();
        return decision.Events.Aggregate(ticket, static (state, happened) => state.Apply(happened, Start));
    }
}
