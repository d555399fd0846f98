using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using static CampusCare.Domain.Tests.Tickets.TicketSteps;

namespace CampusCare.Domain.Tests.Tickets;

/// <summary>The sound of a call: who is in it, what is kept of it, and how long it lasted.</summary>
public sealed class CallRulesTests
{
    private static readonly TriageResult Late = new(Category.LateDelivery, 0.9, [Category.LateDelivery], [], Urgency.High, Sentiment.Negative, -0.7, []);

    [Fact]
    public void Only_the_customer_and_the_agent_of_now_are_in_a_call()
    {
        var waiting = Waiting(Channel.Voice);
        TicketRules.NotInCall(waiting, Author.Customer, "s1")!.Value.No.ShouldBe(RefusalCode.NotLive);
        var call = Assigned(waiting);
        TicketRules.NotInCall(call, Author.Customer, "s1").ShouldBeNull();
        TicketRules.NotInCall(call, Author.Agent, "a1").ShouldBeNull();
        TicketRules.NotInCall(call, Author.Customer, "s2")!.Value.No.ShouldBe(RefusalCode.NotFound);
        TicketRules.NotInCall(call, Author.Customer, "a1")!.Value.No.ShouldBe(RefusalCode.NotFound);
        TicketRules.NotInCall(call, Author.Agent, "a2")!.Value.No.ShouldBe(RefusalCode.NotYourTicket);
        TicketRules.NotInCall(call, Author.Supervisor, "boss")!.Value.No.ShouldBe(RefusalCode.NotJoined, "listening is on record first");
        TicketRules.NotInCall(Must(call, TicketRules.Listen(call, "boss")), Author.Supervisor, "boss").ShouldBeNull();
        var taken = Must(call, TicketRules.TakeOver(call, new Supervisor("boss", "王主管"), "r9", null));
        Must(taken, TicketRules.MoveCall(taken, Author.Supervisor, "boss", CallStep.Connected)).Call!.IsOn.ShouldBeTrue("who took over is the agent");
        TicketRules.NotInCall(Assigned(Waiting(Channel.Web)), Author.Agent, "a1")!.Value.No.ShouldBe(RefusalCode.NotLive, "a chat is no call");
        var handed = Must(call, TicketRules.Transfer(call, "a1", new Route("general", []), null, Start));
        TicketRules.NotInCall(handed, Author.Agent, "a1")!.Value.No.ShouldBe(RefusalCode.NotYourTicket);
    }

    [Fact]
    public void What_is_so_already_is_kept_once_and_only_the_agent_connects_and_holds()
    {
        var call = Assigned(Waiting(Channel.Voice));
        TicketRules.MoveCall(call, Author.Agent, "a1", CallStep.Held).ShouldBe(Decision.Nothing, "nothing is connected yet");
        TicketRules.MoveCall(call, Author.Agent, "a1", CallStep.Dropped).ShouldBe(Decision.Nothing);
        foreach (var step in new[] { CallStep.Connected, CallStep.Held, CallStep.Resumed })
            TicketRules.MoveCall(call, Author.Customer, "s1", step).No.ShouldBe(RefusalCode.Forbidden);
        foreach (var step in new[] { CallStep.Connected, CallStep.Held, CallStep.Resumed, CallStep.Held, CallStep.Dropped, CallStep.Connected })
        {
            call = Must(call, TicketRules.MoveCall(call, Author.Agent, "a1", step));
            TicketRules.MoveCall(call, Author.Agent, "a1", step).ShouldBe(Decision.Nothing);
        }
        call.Call!.Steps.ShouldBe(6);
        for (var i = 0; i < CallSound.MaximumSteps; i++)
            call = Apply(call, TicketRules.MoveCall(call, Author.Agent, "a1", i % 2 == 0 ? CallStep.Held : CallStep.Resumed), Start);
        call.Call!.Steps.ShouldBe(CallSound.MaximumSteps, "a page gone wild fills no journal");
        Must(call, TicketRules.MoveCall(call, Author.Customer, "s1", CallStep.Ended)).Phase.ShouldBe(TicketPhase.Resolved);
    }

    [Fact]
    public void Whoever_hangs_up_leaves_the_agent_the_after_contact_work()
    {
        foreach (var (side, id) in new[] { (Author.Customer, "s1"), (Author.Agent, "a1") })
        {
            var call = Assigned(Waiting(Channel.Voice));
            call = Must(call, TicketRules.MoveCall(call, Author.Agent, "a1", CallStep.Connected));
            var over = TicketRules.MoveCall(call, side, id, CallStep.Ended);
            over.Events[0].ShouldBe(new CallMoved(CallStep.Ended, side, id));
            call = Must(call, over, Start.AddSeconds(40));
            (call.Phase, call.WrapUpOpen, call.Call!.State, call.Call.Before).ShouldBe((TicketPhase.Resolved, true, CallState.Ended, TimeSpan.FromSeconds(40)));
            TicketRules.MoveCall(call, side, id, CallStep.Ended).No.ShouldBe(RefusalCode.NotLive);
        }
    }

    [Fact]
    public void The_time_counts_while_both_are_connected_over_drops_and_hand_overs()
    {
        var call = Assigned(Waiting(Channel.Voice));
        call.UnansweredSince.ShouldNotBeNull();
        call = Move(call, "a1", CallStep.Connected, 0);
        call.UnansweredSince.ShouldBeNull("who is spoken with waits no longer");
        call = Move(call, "a1", CallStep.Held, 10);
        call = Move(call, "a1", CallStep.Resumed, 20);
        call = Move(call, "a1", CallStep.Dropped, 30);
        call = Move(call, "a1", CallStep.Connected, 100);
        call = Must(call, TicketRules.Transfer(call, "a1", new Route("general", [], "a2"), null, Start.AddSeconds(105)), Start.AddSeconds(105));
        (call.Call!.State, call.Call.Since).ShouldBe((CallState.Dropped, null));
        call = Assigned(call, "a2");
        call = Move(call, "a2", CallStep.Connected, 200);
        call = Must(call, TicketRules.Resolve(call, "a2", "solved", null), Start.AddSeconds(260));
        (call.Call!.State, call.Call.Before).ShouldBe((CallState.Ended, TimeSpan.FromSeconds(30 + 5 + 60)));
    }

    [Fact]
    public void A_full_line_keeps_the_place_of_a_call_from_the_pages_without_a_number()
    {
        TicketRules.KeepPlace(Waiting(Channel.Voice), "s1", Channel.Voice, null).Events.OfType<PlaceKept>().ShouldHaveSingleItem();
        TicketRules.KeepPlace(Waiting(Channel.Voice), "s1", Channel.Phone, null).No.ShouldBe(RefusalCode.Invalid);
    }

    private static Ticket Move(Ticket ticket, string agent, CallStep step, int second) =>
        Must(ticket, TicketRules.MoveCall(ticket, Author.Agent, agent, step), Start.AddSeconds(second));

    private static Ticket Waiting(Channel channel) => Must(
        Ticket.None, TicketRules.Open(Ticket.None, new Contact("c1", "s1", "小林", CustomerRole.Student, null, channel, "外卖没到", null), Late, new Route("delivery", []), Start));

    private static Ticket Assigned(Ticket waiting, string agent = "a1")
    {
        var reservation = $"r-{agent}";
        var offered = Must(waiting, TicketRules.Offer(waiting, new Offer(reservation, agent, "阿哲", Start.AddSeconds(20), "free"), false, Media.Of(waiting.Channel)));
        return Must(offered, TicketRules.Accept(offered, agent, reservation));
    }
}
