using CampusCare.Channels.Phone;

namespace CampusCare.Channels.Tests;

/// <summary>One call of a hotline, decided without a telephone.</summary>
public sealed class LineRulesTests
{
    private const string Caller = "1767225600.1", Leg = "1767225600.1-agent-1", Holding = "1767225600.1-hold", Mixing = "1767225600.1-talk";
    private static readonly LineCall Ringing = new(Caller, "13800000000");
    private static readonly LineCall Waiting = Ringing with { State = LineState.Waiting, TicketId = "t1", Seq = 2 };
    private static readonly LineCall RingingAgent = Waiting with { State = LineState.RingingAgent, AgentId = "li", Round = 1, Seq = 4 };
    private static readonly LineCall Talking = RingingAgent with { State = LineState.Talking };
    private static readonly LineCall Ended = Talking with { State = LineState.Ended };

    private static readonly LineInput[] Inputs =
    [
        new LineInput.Entered(), new LineInput.ContactStored("t1"), new LineInput.ContactRefused(), new LineInput.TicketSeen(9, null, false, false), new LineInput.TicketSeen(9, "li", false, false),
        new LineInput.TicketSeen(9, "wang", false, false), new LineInput.TicketSeen(9, null, true, false), new LineInput.TicketSeen(9, null, false, true), new LineInput.TicketSeen(1, "wang", true, true),
        new LineInput.LegEntered(Leg), new LineInput.LegEntered("1767225600.1-agent-7"), new LineInput.Gone(Caller), new LineInput.Gone(Leg), new LineInput.Gone("other"),
        new LineInput.Key(Caller, "1"), new LineInput.Key(Caller, "2"), new LineInput.Key(Leg, "1"), new LineInput.Resumed(),
    ];

    [Fact]
    public void A_call_is_answered_waits_is_rung_through_and_ends()
    {
        var (call, done) = LineRules.Begin(Ringing);
        done.ShouldBe([new LineCommand.Answer(Caller), new LineCommand.Hold(Holding, Caller), new LineCommand.OpenContact()]);
        (call, done) = LineRules.Next(call, new LineInput.ContactStored("t1"));
        (call.State, call.TicketId).ShouldBe((LineState.Waiting, "t1"));
        (call, done) = LineRules.Next(call, new LineInput.TicketSeen(3, null, false, false));
        (call.State, done.Length).ShouldBe((LineState.Waiting, 0));
        (call, done) = LineRules.Next(call, new LineInput.TicketSeen(4, "li", false, false));
        done.ShouldBe([new LineCommand.Ring(Leg, "li")]);
        (call, done) = LineRules.Next(call, new LineInput.LegEntered(Leg));
        done.ShouldBe([new LineCommand.Join(Mixing, Caller, Leg), new LineCommand.Connected("li")]);
        (call, done) = LineRules.Next(call, new LineInput.Gone(Leg));
        done.ShouldBe([new LineCommand.CallEnded("li"), new LineCommand.HangUp(Caller), new LineCommand.Drop(Holding), new LineCommand.Drop(Mixing)]);
        call.State.ShouldBe(LineState.Ended);
    }

    [Fact]
    public void Who_hangs_up_early_gives_up_unless_the_place_is_kept_or_an_agent_has_the_ticket()
    {
        LineRules.Next(Ringing, new LineInput.Gone(Caller)).Commands.ShouldBe([new LineCommand.Drop(Holding)]);
        LineRules.Next(Waiting, new LineInput.Gone(Caller)).Commands.ShouldBe([new LineCommand.GiveUp(), new LineCommand.Drop(Holding)]);
        LineRules.Next(Waiting with { PlaceIsKept = true }, new LineInput.Gone(Caller)).Commands.ShouldBe([new LineCommand.Drop(Holding)]);
        LineRules.Next(RingingAgent, new LineInput.Gone(Caller)).Commands.ShouldBe([new LineCommand.HangUp(Leg), new LineCommand.CallEnded(null), new LineCommand.Drop(Holding), new LineCommand.Drop(Mixing)]);
        var (gone, _) = LineRules.Next(Ringing, new LineInput.Gone(Caller));
        LineRules.Next(gone, new LineInput.ContactStored("t1")).Commands.ShouldBe([new LineCommand.GiveUp()], "it was stored after the caller had gone");
    }

    [Fact]
    public void An_agent_who_does_not_pick_up_loses_the_ticket_and_is_not_rung_for_it_again_meanwhile()
    {
        var (call, done) = LineRules.Next(RingingAgent, new LineInput.Gone(Leg));
        (call.State, done.Single()).ShouldBe((LineState.Waiting, new LineCommand.GiveBack("li")));
        LineRules.Next(call, new LineInput.Gone(Leg)).Commands.ShouldBeEmpty();
        LineRules.Next(call, new LineInput.TicketSeen(5, "li", false, false)).Commands.ShouldBeEmpty();
        LineRules.Next(call, new LineInput.LegEntered(Leg)).Commands.ShouldBe([new LineCommand.HangUp(Leg)], "too late");
        (call, _) = LineRules.Next(call, new LineInput.TicketSeen(6, null, false, false));
        LineRules.Next(call, new LineInput.TicketSeen(8, "li", false, false)).Commands.ShouldBe([new LineCommand.Ring("1767225600.1-agent-2", "li")]);
    }

    [Fact]
    public void A_transfer_lets_the_first_agent_go_and_rings_the_next_one()
    {
        var (call, done) = LineRules.Next(Talking, new LineInput.TicketSeen(5, null, false, false));
        (call.State, call.AgentId).ShouldBe((LineState.Waiting, null));
        done.ShouldBe([new LineCommand.HangUp(Leg), new LineCommand.Hold(Holding, Caller)]);
        LineRules.Next(call, new LineInput.Gone(Leg)).Commands.ShouldBeEmpty("the first agent's channel ended because we ended it");
        LineRules.Next(call, new LineInput.TicketSeen(7, "wang", false, false)).Commands.ShouldBe([new LineCommand.Ring("1767225600.1-agent-2", "wang")]);
        LineRules.Next(Talking, new LineInput.TicketSeen(7, "wang", false, false)).Commands
            .ShouldBe([new LineCommand.HangUp(Leg), new LineCommand.Hold(Holding, Caller), new LineCommand.Ring("1767225600.1-agent-2", "wang")], "news in between were lost");
    }

    [Fact]
    public void A_waiting_caller_with_a_number_is_called_back_on_1()
    {
        LineRules.Next(Waiting, new LineInput.Key(Caller, "1")).Commands.ShouldBe([new LineCommand.KeepPlace()]);
        LineRules.Next(Waiting with { Number = "" }, new LineInput.Key(Caller, "1")).Commands.ShouldBeEmpty();
        foreach (var call in new[] { Ringing, RingingAgent, Talking, Ended, Waiting with { PlaceIsKept = true } })
            LineRules.Next(call, new LineInput.Key(Caller, "1")).Commands.ShouldBeEmpty();
        var (kept, done) = LineRules.Next(Waiting, new LineInput.TicketSeen(3, null, false, true));
        (kept.PlaceIsKept, done.Single()).ShouldBe((true, new LineCommand.Say(Caller, LineWord.PlaceKept)));
    }

    [Fact]
    public void Whatever_comes_in_whatever_state_a_repeat_changes_nothing_and_an_end_is_an_end()
    {
        foreach (var call in new[] { Ringing, Waiting, RingingAgent, Talking, Ended })
        {
            foreach (var input in Inputs)
            {
                var (next, _) = LineRules.Next(call, input);
                var (again, repeated) = LineRules.Next(next, input);
                again.ShouldBe(next, $"{call.State}, {input}");
                // What is done twice must be harmless twice: only what is idempotent at the telephone server or the ticket may be.
                if (input is not (LineInput.Resumed or LineInput.Key)) repeated.ShouldAllBe(command => command is LineCommand.HangUp, $"{call.State}, {input}");
                if (call.State == LineState.Ended) next.State.ShouldBe(LineState.Ended);
                if (next.State is LineState.RingingAgent or LineState.Talking) next.AgentId.ShouldNotBeNull($"{call.State}, {input}");
            }
        }
    }

    [Fact]
    public void What_a_cut_may_have_swallowed_is_done_again()
    {
        LineRules.Next(Ringing, new LineInput.Resumed()).Commands.ShouldBe([new LineCommand.Answer(Caller), new LineCommand.Hold(Holding, Caller), new LineCommand.OpenContact()]);
        LineRules.Next(Waiting, new LineInput.Resumed()).Commands.ShouldBe([new LineCommand.Answer(Caller), new LineCommand.Hold(Holding, Caller)]);
        LineRules.Next(Talking, new LineInput.Resumed()).Commands.ShouldBe([new LineCommand.Join(Mixing, Caller, Leg)]);
        LineRules.Next(Ended, new LineInput.Resumed()).Commands.ShouldBeEmpty();
    }
}
