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
    public void A_reply_under_way_ends_with_an_erasure_and_nothing_of_it_stays_due()
    {
        var ticket = Say(Assigned(Channel.Sms), "a1");
        ticket.Clocks.Running(ClockKind.Reply).ShouldNotBeNull();
        foreach (var happened in TicketRules.EndToErase(ticket, closeOpen: true, null).Events) ticket = ticket.Apply(happened, Start);
        ticket = Must(ticket, TicketRules.Erase(ticket, ErasureReason.Request));
        (ticket.Correspondence, ticket.Clocks.Running(ClockKind.Reply)).ShouldBe((null, null));
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
        for (var left = 2; left > 0; left--) ticket = Must(ticket, Tried(ticket, ReplyEnd.Sent)); // the agent's, and that it is solved
        ticket.Clocks.NextDue().ShouldBeNull();
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

    [Theory]
    [InlineData("外卖还没到", "您的问题已标记为解决", "1–5")]
    [InlineData("my order never came and nobody answers", "marked as solved", "1 to 5")]
    public void Who_can_t_see_the_pages_hears_that_it_is_solved_and_is_asked_to_rate_in_the_own_language(string text, string words, string scale)
    {
        var ticket = Must(Assigned(Channel.Sms, text), TicketRules.Resolve(Assigned(Channel.Sms, text), "a1", "solved", null));
        ticket.Phase.ShouldBe(TicketPhase.Resolved);
        var said = TicketRules.Resolve(Assigned(Channel.Sms, text), "a1", "solved", null).Events[^1].ShouldBeOfType<MessagePosted>();
        said.Author.ShouldBe(Author.System);
        said.Personal!.Text!.ShouldContain(words);
        said.Personal.Text!.ShouldContain(scale);
        ticket.Correspondence!.Next!.Value.MessageId.ShouldBe(said.MessageId);
        ticket.Clocks.Running(ClockKind.Reply).ShouldNotBeNull();
        TicketRules.Resolve(Assigned(null, text), "a1", "solved", null).Events.ShouldHaveSingleItem("the pages ask themselves");
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData(" 1 ", 1)]
    [InlineData("4分", 4)]
    [InlineData("3.", 3)]
    [InlineData("５", 5)]
    [InlineData("0", null)]
    [InlineData("6", null)]
    [InlineData("55", null)]
    [InlineData("5个都没到", null)]
    [InlineData("", null)]
    [InlineData("五", null)]
    public void Only_a_number_alone_is_a_rating(string text, int? stars) => SystemWords.StarsIn(text).ShouldBe(stars);

    [Fact]
    public void A_number_in_answer_is_the_rating_and_said_again_it_changes_nothing()
    {
        var resolved = Must(Assigned(Channel.Sms), TicketRules.Resolve(Assigned(Channel.Sms), "a1", null, null));
        var rated = Must(resolved, Answer(resolved, "c2", "4"));
        (rated.Phase, rated.Stars, rated.WrapUpOpen).ShouldBe((TicketPhase.Closed, 4, false));
        Answer(rated, "c2", "4").ShouldBe(Decision.Nothing);

        var reopened = Must(resolved, Answer(resolved, "c2", "4 号楼还是没收到"));
        (reopened.Phase, reopened.Stars).ShouldBe((TicketPhase.Waiting, null));
        var open = Assigned(Channel.Sms);
        Must(open, Answer(open, "c2", "4")).Phase.ShouldBe(TicketPhase.Assigned, "nobody asked for a rating: perhaps it is the answer to a question");
        var inPages = Must(resolved, TicketRules.Post(resolved, "c2", Author.Customer, "s1", "4", Promises.None, Start));
        inPages.Phase.ShouldBe(TicketPhase.Waiting, "in the pages there are stars to press");
    }

    [Theory]
    [InlineData(10, "10 分钟")]
    [InlineData(90.5, "2 小时")]
    [InlineData(60 * 30, "30 小时")]
    [InlineData(60 * 24 * 3, "3 天")]
    public void A_promise_and_a_kept_place_are_told_too(double minutes, string within)
    {
        var promised = TicketRules.Promise(Assigned(Channel.WeChat), "a1", Start.AddMinutes(minutes), "查到就告诉您", Start);
        promised.Events[^1].ShouldBeOfType<MessagePosted>().Personal!.Text.ShouldBe($"我们会在 {within}内回复您。\n查到就告诉您");
        var waiting = Waiting(Channel.WeChat, "where is my order please");
        TicketRules.KeepPlace(waiting, "s1", Channel.WeChat, null).Events[^1].ShouldBeOfType<MessagePosted>().Personal!.Text!.ShouldContain("Your place is kept");
    }

    private static Decision Answer(Ticket ticket, string messageId, string text) =>
        TicketRules.Post(ticket, messageId, Author.Customer, "s1", text, Promises.None, Start, Channel.Sms, new ReplyAddress("openid"));

    private static Decision Tried(Ticket ticket, ReplyEnd end) =>
        TicketRules.ReplyTried(ticket, ticket.Correspondence!.Next!.Value.Seq, ticket.Correspondence.Route!.Channel, end, null, null, Start);

    private static Ticket Say(Ticket ticket, string messageId) =>
        Must(ticket, TicketRules.Post(ticket, messageId, Author.Agent, "a1", "好的", Promises.None, Start));

    private static Ticket Waiting(Channel? channel, string text = "外卖还没到")
    {
        var contact = new Contact("c1", "s1", "小林", CustomerRole.Student, null, channel ?? Channel.Web, text, null, ReplyTo: channel is null ? null : new ReplyAddress("openid"));
        return Must(Ticket.None, TicketRules.Open(Ticket.None, contact, Late, new Route("delivery", [new SkillLevel("delivery", 1)]), Start));
    }

    private static Ticket Assigned(Channel? channel, string text = "外卖还没到")
    {
        var ticket = Waiting(channel, text);
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
