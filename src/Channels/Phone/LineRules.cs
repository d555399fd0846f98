using System.Collections.Immutable;

namespace CampusCare.Channels.Phone;

/// <summary>
/// Decides one call: from how it stands and what it hears, how it stands then and what is to be done. News of the ticket
/// count by what the ticket is, not by what happened to it, so that lost and repeated ones do no harm.
/// </summary>
public static class LineRules
{
    /// <summary>The key that a waiting caller presses to be called back.</summary>
    public const string CallBackKey = "1";

    /// <summary>A call begins.</summary>
    public static (LineCall Call, ImmutableArray<LineCommand> Commands) Begin(LineCall call) =>
        (call, [new LineCommand.Answer(call.ChannelId), new LineCommand.Hold(call.Holding, call.ChannelId), new LineCommand.OpenContact()]);

    /// <summary>A call goes on.</summary>
    public static (LineCall Call, ImmutableArray<LineCommand> Commands) Next(LineCall call, LineInput input) => input switch
    {
        LineInput.ContactStored stored => Stored(call, stored.TicketId),
        LineInput.ContactRefused when call.State == LineState.Ringing =>
            (Ended(call), [new LineCommand.Say(call.ChannelId, LineWord.Refused), new LineCommand.HangUp(call.ChannelId), new LineCommand.Drop(call.Holding)]),
        LineInput.TicketSeen seen => Seen(call, seen),
        LineInput.LegEntered leg => PickedUp(call, leg.ChannelId),
        LineInput.Gone gone when gone.ChannelId == call.ChannelId => CallerGone(call),
        LineInput.Gone gone when gone.ChannelId == call.Leg => LegGone(call),
        LineInput.Key { Digit: CallBackKey } key when key.ChannelId == call.ChannelId => AskedForCall(call),
        LineInput.Resumed => Resume(call),
        _ => (call, []),
    };

    private static (LineCall, ImmutableArray<LineCommand>) Stored(LineCall call, string ticketId) => call.State switch
    {
        LineState.Ringing => (call with { State = LineState.Waiting, TicketId = ticketId }, [new LineCommand.Say(call.ChannelId, LineWord.Welcome)]),
        // The caller went while it was being stored.
        LineState.Ended when call.TicketId is null => (call with { TicketId = ticketId }, [new LineCommand.GiveUp()]),
        _ => (call, []),
    };

    private static (LineCall, ImmutableArray<LineCommand>) Seen(LineCall call, LineInput.TicketSeen seen)
    {
        if (call.State is LineState.Ringing or LineState.Ended || seen.Seq <= call.Seq) return (call, []);
        var told = call.PlaceIsKept || !seen.PlaceIsKept;
        call = call with { Seq = seen.Seq, PlaceIsKept = seen.PlaceIsKept };
        if (seen.IsOver) return (Ended(call), [.. LegLeft(call), new LineCommand.HangUp(call.ChannelId), .. Bridges(call)]);
        // Who did not pick up has the ticket until it is given back.
        if (seen.AgentId is { } agent) return agent == call.AgentId ? (call, []) : Ring(call, agent);
        ImmutableArray<LineCommand> word = told || call.State != LineState.Waiting ? [] : [new LineCommand.Say(call.ChannelId, LineWord.PlaceKept)];
        return (call with { State = LineState.Waiting, AgentId = null }, [.. LegLeft(call), .. BackToMusic(call), .. word]);
    }

    private static (LineCall, ImmutableArray<LineCommand>) Ring(LineCall call, string agent)
    {
        var ringing = call with { State = LineState.RingingAgent, AgentId = agent, Round = call.Round + 1 };
        return (ringing, [.. LegLeft(call), .. BackToMusic(call), new LineCommand.Ring(ringing.Leg, agent)]);
    }

    private static (LineCall, ImmutableArray<LineCommand>) PickedUp(LineCall call, string channelId)
    {
        var isOurs = channelId == call.Leg;
        if (isOurs && call.State == LineState.Talking) return (call, []);
        // Whoever picks up a call that went elsewhere meanwhile hears it end.
        if (!isOurs || call.State != LineState.RingingAgent) return (call, [new LineCommand.HangUp(channelId)]);
        return (call with { State = LineState.Talking }, [new LineCommand.Join(call.Mixing, call.ChannelId, call.Leg), new LineCommand.Connected(call.AgentId!)]);
    }

    private static (LineCall, ImmutableArray<LineCommand>) CallerGone(LineCall call) => call.State switch
    {
        LineState.Ended => (call, []),
        LineState.Ringing => (Ended(call), [new LineCommand.Drop(call.Holding)]),
        // An agent has the ticket: it is a call that ended, and no one gave up.
        LineState.RingingAgent or LineState.Talking => (Ended(call), [.. LegLeft(call), new LineCommand.CallEnded(null), .. Bridges(call)]),
        _ when call.AgentId is not null => (Ended(call), [new LineCommand.CallEnded(null), .. Bridges(call)]),
        _ when call.PlaceIsKept => (Ended(call), Bridges(call)),
        _ => (Ended(call), [new LineCommand.GiveUp(), .. Bridges(call)]),
    };

    private static (LineCall, ImmutableArray<LineCommand>) LegGone(LineCall call) => call.State switch
    {
        LineState.RingingAgent => (call with { State = LineState.Waiting }, [new LineCommand.GiveBack(call.AgentId!)]),
        LineState.Talking => (Ended(call), [new LineCommand.CallEnded(call.AgentId), new LineCommand.HangUp(call.ChannelId), .. Bridges(call)]),
        _ => (call, []),
    };

    // A call back needs a number.
    private static (LineCall, ImmutableArray<LineCommand>) AskedForCall(LineCall call) =>
        call is { State: LineState.Waiting, PlaceIsKept: false, AgentId: null, Number.Length: > 0 } ? (call, [new LineCommand.KeepPlace()]) : (call, []);

    private static (LineCall, ImmutableArray<LineCommand>) Resume(LineCall call) => call.State switch
    {
        LineState.Ringing => Begin(call),
        LineState.Waiting or LineState.RingingAgent => (call, [new LineCommand.Answer(call.ChannelId), new LineCommand.Hold(call.Holding, call.ChannelId)]),
        LineState.Talking => (call, [new LineCommand.Join(call.Mixing, call.ChannelId, call.Leg)]),
        _ => (call, []),
    };

    private static LineCall Ended(LineCall call) => call with { State = LineState.Ended };

    private static ImmutableArray<LineCommand> LegLeft(LineCall call) =>
        call.State is LineState.RingingAgent or LineState.Talking ? [new LineCommand.HangUp(call.Leg)] : [];

    private static ImmutableArray<LineCommand> BackToMusic(LineCall call) =>
        call.State == LineState.Talking ? [new LineCommand.Hold(call.Holding, call.ChannelId)] : [];

    private static ImmutableArray<LineCommand> Bridges(LineCall call) =>
        call.Round > 0 ? [new LineCommand.Drop(call.Holding), new LineCommand.Drop(call.Mixing)] : [new LineCommand.Drop(call.Holding)];
}
