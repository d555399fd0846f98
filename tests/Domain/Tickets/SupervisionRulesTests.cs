using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using static CampusCare.Domain.Tests.Tickets.TicketSteps;

namespace CampusCare.Domain.Tests.Tickets;

/// <summary>Supervisors in a conversation: what they may do when, and what nobody outside hears of.</summary>
public sealed class SupervisionRulesTests
{
    private static readonly Supervisor Boss = new("boss", "王主管");
    private static readonly TriageResult Late = new(Category.LateDelivery, 0.9, [Category.LateDelivery], [], Urgency.High, Sentiment.Negative, -0.7, []);

    [Fact]
    public void A_whisper_is_kept_once_and_never_goes_to_the_customer_s_channel()
    {
        var ticket = Assigned(Channel.WeChat);
        ticket = Must(ticket, TicketRules.Whisper(ticket, "w1", Boss, "先道歉，再查骑手位置"));
        ticket.Correspondence!.Outbox.ShouldBeEmpty();
        ticket.Clocks.Running(ClockKind.Reply).ShouldBeNull();
        ticket.UnansweredSince.ShouldBe(Start, "the customer has no answer yet");
        TicketRules.Whisper(ticket, "w1", Boss, "先道歉，再查骑手位置").ShouldBe(Decision.Nothing);
        TicketRules.Whisper(ticket, "w1", Boss, "别的话").No.ShouldBe(RefusalCode.MessageIdReused);
    }

    [Fact]
    public void Nobody_whispers_joins_or_takes_over_where_nobody_talks()
    {
        var waiting = Waiting(null);
        var resolved = Must(Assigned(null), TicketRules.Resolve(Assigned(null), "a1", "solved", null));
        foreach (var ticket in new[] { waiting, resolved })
        {
            TicketRules.Whisper(ticket, "w1", Boss, "嗨").No.ShouldBe(RefusalCode.NotLive);
            TicketRules.Join(ticket, Boss).No.ShouldBe(RefusalCode.NotLive);
            TicketRules.TakeOver(ticket, Boss, "r9", null).No.ShouldBe(RefusalCode.NotLive);
            TicketRules.Reassign(ticket, Boss, new Route("general", []), null, Start).No.ShouldBe(RefusalCode.NotLive);
            TicketRules.Leave(ticket, Boss).ShouldBe(Decision.Nothing);
        }
        TicketRules.Listen(waiting, "boss").Events.ShouldHaveSingleItem();
        TicketRules.Listen(resolved, "boss").ShouldBe(Decision.Nothing, "what is over is not touched, or it would be kept for longer");
    }

    [Fact]
    public void Who_joined_may_write_and_counts_as_an_answer_until_leaving()
    {
        var ticket = Assigned(null);
        Post(ticket, "m0").No.ShouldBe(RefusalCode.NotJoined);
        ticket = Must(ticket, TicketRules.Join(ticket, Boss));
        TicketRules.Join(ticket, Boss).ShouldBe(Decision.Nothing);
        var said = Post(ticket, "m1").Events.ShouldHaveSingleItem().ShouldBeOfType<MessagePosted>();
        (said.Author, said.AuthorId, said.Personal!.Name).ShouldBe((Author.Supervisor, "boss", "王主管"));
        ticket = Must(ticket, Post(ticket, "m1"));
        ticket.UnansweredSince.ShouldBeNull();
        ticket.AgentId.ShouldBe("a1");
        ticket = Must(ticket, TicketRules.Leave(ticket, Boss));
        Post(ticket, "m2").No.ShouldBe(RefusalCode.NotJoined);
    }

    [Fact]
    public void Joining_ends_with_the_conversation_and_more_than_a_few_do_not_fit()
    {
        var ticket = Assigned(null);
        for (var i = 0; i < TicketRules.MaximumJoined; i++) ticket = Must(ticket, TicketRules.Join(ticket, new Supervisor($"boss{i}", "主管")));
        TicketRules.Join(ticket, Boss).No.ShouldBe(RefusalCode.NoRoom);
        Must(ticket, TicketRules.Resolve(ticket, "a1", "solved", null)).Joined.ShouldBeEmpty();
        Must(ticket, TicketRules.Return(ticket, "a1", "r1", Start)).Joined.ShouldBeEmpty();
        Must(ticket, TicketRules.Close(ticket, "s1")).Joined.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("外卖还没到", "主管王主管已加入")]
    [InlineData("my order never came and nobody answers", "a supervisor, has joined")]
    public void Who_can_t_see_the_pages_is_told_in_words_that_a_supervisor_joined(string text, string words)
    {
        var ticket = Must(Assigned(Channel.Sms, text), TicketRules.Join(Assigned(Channel.Sms, text), Boss));
        ticket.Correspondence!.Outbox.ShouldHaveSingleItem();
        TicketRules.Join(Assigned(Channel.Sms, text), Boss).Events[^1].ShouldBeOfType<MessagePosted>().Personal!.Text!.ShouldContain(words);
        TicketRules.Join(Assigned(null, text), Boss).Events.ShouldHaveSingleItem("the pages show it");
    }

    [Fact]
    public void Who_takes_over_answers_for_it_holds_no_slot_of_a_queue_and_may_do_what_an_agent_may()
    {
        var ticket = Must(Assigned(null), TicketRules.Join(Assigned(null), Boss));
        ticket = Must(ticket, TicketRules.TakeOver(ticket, Boss, "t-taken-5", "用户点名要主管"), Start.AddMinutes(3));
        (ticket.AgentId, ticket.AgentName, ticket.ResponsibleAgent, ticket.Slot, ticket.Phase).ShouldBe(("boss", "王主管", "boss", null, TicketPhase.Assigned));
        (ticket.AgentSince, ticket.Joined.Length).ShouldBe((Start.AddMinutes(3), 0));
        TicketRules.TakeOver(ticket, Boss, "t-taken-9", null).ShouldBe(Decision.Nothing);
        TicketRules.Post(ticket, "m9", Author.Agent, "a1", "我来", Promises.None, Start).No.ShouldBe(RefusalCode.NotYourTicket);
        Post(ticket, "m1").Events.ShouldHaveSingleItem().ShouldBeOfType<MessagePosted>().Author.ShouldBe(Author.Agent);
        TicketRules.Whisper(ticket, "w1", Boss, "自言自语").No.ShouldBe(RefusalCode.Invalid);
        TicketRules.Resolve(ticket, "boss", "solved", null).Events.ShouldHaveSingleItem();
        Must(ticket, TicketRules.Return(ticket, "boss", "t-taken-5", Start)).Phase.ShouldBe(TicketPhase.Waiting, "a supervisor may be gone, too");
    }

    [Fact]
    public void A_supervisor_gives_a_conversation_to_somebody_else_and_the_record_says_who_did()
    {
        var ticket = Assigned(null);
        TicketRules.Reassign(ticket, Boss, new Route("delivery", [], "a1"), null, Start).No.ShouldBe(RefusalCode.Invalid);
        var given = TicketRules.Reassign(ticket, Boss, new Route("safety", [new SkillLevel("safety", 3)], "a2") { PatienceSeconds = 60 }, "她懂", Start);
        var handed = given.Events.ShouldHaveSingleItem().ShouldBeOfType<Transferred>();
        (handed.AgentId, handed.ToAgent, handed.BySupervisor).ShouldBe(("a1", "a2", "boss"));
        ticket = Must(ticket, given);
        (ticket.Phase, ticket.Queue, ticket.LastAgent).ShouldBe((TicketPhase.Waiting, "safety", "a2"));
        TicketRules.Reassign(ticket, Boss, new Route("safety", [], "a2"), "她懂", Start).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void It_is_on_record_once_who_read_along()
    {
        var ticket = Must(Assigned(null), TicketRules.Listen(Assigned(null), "boss"));
        TicketRules.Listen(ticket, "boss").ShouldBe(Decision.Nothing);
        TicketRules.Listen(ticket, "boss2").Events.ShouldHaveSingleItem();
    }

    private static Decision Post(Ticket ticket, string messageId) =>
        TicketRules.Post(ticket, messageId, Author.Supervisor, "boss", "我是主管，马上处理", Promises.None, Start);

    private static Ticket Waiting(Channel? channel, string text = "外卖还没到")
    {
        var contact = new Contact("c1", "s1", "小林", CustomerRole.Student, null, channel ?? Channel.Web, text, null, ReplyTo: channel is null ? null : new ReplyAddress("openid"));
        return Must(Ticket.None, TicketRules.Open(Ticket.None, contact, Late, new Route("delivery", [new SkillLevel("delivery", 1)]), Start));
    }

    private static Ticket Assigned(Channel? channel, string text = "外卖还没到")
    {
        var ticket = Waiting(channel, text);
        ticket = Must(ticket, TicketRules.Offer(ticket, new Offer("r1", "a1", "a1", Start.AddSeconds(20), "", Slot: "chat-0")));
        return Must(ticket, TicketRules.Accept(ticket, "a1", "r1"));
    }
}
