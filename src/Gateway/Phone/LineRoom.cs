using System.Collections.Immutable;
using System.Threading.Channels;
using CampusCare.Channels.Phone;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Live;

namespace CampusCare.Gateway.Phone;

/// <summary>What all calls share.</summary>
internal sealed record LineParts(PhoneSettings Settings, AriClient Server, AriLink Link, LineDesk Desk, LineTickets Tickets)
{
    /// <summary>Ends a channel. Nobody may be left without an end: one that is still there is found when the link is new.</summary>
    public async Task HangUp(string channel)
    {
        if (await Server.HangUp(channel) == AriOutcome.Failed) Link.Renew();
    }
}

/// <summary>One call: hears one thing after the other, decides, and does what was decided.</summary>
internal sealed class LineRoom(LineParts parts, string campus, LineCall call, CancellationToken stop)
{
    /// <summary>What may wait to be heard; with more the link begins anew and all is compared.</summary>
    public const int MaximumPending = 256;

    private readonly Channel<LineInput> _pending = System.Threading.Channels.Channel.CreateBounded<LineInput>(MaximumPending);
    private LineCall _call = call;
    private LineContact? _contact;

    /// <summary>Something happened.</summary>
    public void Tell(LineInput input)
    {
        if (!_pending.Writer.TryWrite(input)) parts.Link.Renew();
    }

    /// <summary>The call from its beginning to its end.</summary>
    public async Task Run()
    {
        try
        {
            await Work(LineRules.Begin(_call));
            while (_call.State != LineState.Ended) await Hear(await _pending.Reader.ReadAsync(stop));
        }
        finally
        {
            if (_contact is { } contact) parts.Tickets.Leave(NameOf(contact), Saw);
        }
    }

    private async Task Hear(LineInput input)
    {
        if (input is LineInput.Resumed && await Compare() is { } missed) input = missed;
        await Work(LineRules.Next(_call, input));
    }

    // What a command comes to is heard before what waits; a channel that is gone makes the rest of its commands pointless.
    private async Task Work((LineCall Call, ImmutableArray<LineCommand> Commands) decided)
    {
        _call = decided.Call;
        foreach (var command in decided.Commands)
        {
            if (await Do(command) is not { } input) continue;
            await Work(LineRules.Next(_call, input));
            if (input is LineInput.Gone) return;
        }
    }

    // What ended or was picked up while no event could come.
    private async Task<LineInput?> Compare()
    {
        if ((await parts.Server.Channel(_call.ChannelId)).Outcome == AriOutcome.Gone) return new LineInput.Gone(_call.ChannelId);
        if (_call.State is not (LineState.RingingAgent or LineState.Talking)) return null;
        var (outcome, leg) = await parts.Server.Channel(_call.Leg);
        if (outcome == AriOutcome.Gone) return new LineInput.Gone(_call.Leg);
        return _call.State == LineState.RingingAgent && leg is { State: "Up" } ? new LineInput.LegEntered(_call.Leg) : null;
    }

    private Task<LineInput?> Do(LineCommand command) => command switch
    {
        LineCommand.Answer answer => Must(parts.Server.Answer(answer.ChannelId), answer.ChannelId),
        LineCommand.Hold hold => Hold(hold),
        LineCommand.Join join => Join(join),
        LineCommand.Ring ring => Ring(ring),
        LineCommand.Say say => Nothing(parts.Settings.SoundOf(say.Word) is { } sound ? parts.Server.Play(say.ChannelId, sound) : Task.CompletedTask),
        LineCommand.HangUp hangUp => Nothing(parts.HangUp(hangUp.ChannelId)),
        LineCommand.Drop drop => Nothing(parts.Server.Drop(drop.BridgeId)),
        _ => OfTicket(command),
    };

    private async Task<LineInput?> OfTicket(LineCommand command)
    {
        if (command is LineCommand.OpenContact) return await Open();
        if (_contact is not { } contact) return null;
        var reply = command switch
        {
            LineCommand.KeepPlace => await parts.Desk.KeepPlace(contact, stop),
            LineCommand.GiveUp or LineCommand.CallEnded { AgentId: null } => await parts.Desk.Leave(contact, stop),
            LineCommand.Connected connected => await parts.Desk.Move(contact, connected.AgentId, CallStep.Connected, stop),
            LineCommand.CallEnded { AgentId: { } agent } => await parts.Desk.Move(contact, agent, CallStep.Ended, stop),
            LineCommand.GiveBack back => await parts.Desk.GiveBack(contact, back.AgentId, stop),
            _ => throw new InvalidOperationException($"Nobody does {command}."),
        };
        return reply.Value is { } ticket ? SeenOf(ticket) : null;
    }

    private async Task<LineInput?> Open()
    {
        if (_contact is not null) return null;
        if (await parts.Desk.Open(campus, _call, parts.Settings.Options.Topic, stop) is not { } contact) return new LineInput.ContactRefused();
        _contact = contact;
        // What the ticket tells from now on waits behind this.
        await parts.Tickets.Hear(NameOf(contact), Saw);
        return new LineInput.ContactStored(contact.TicketId);
    }

    private async Task<LineInput?> Hold(LineCommand.Hold hold)
    {
        if (await parts.Server.Bridge(hold.BridgeId, mixing: false) == AriOutcome.Done) await parts.Server.Music(hold.BridgeId);
        return await Must(parts.Server.AddChannel(hold.BridgeId, hold.ChannelId), hold.ChannelId);
    }

    private async Task<LineInput?> Join(LineCommand.Join join)
    {
        await parts.Server.Bridge(join.BridgeId, mixing: true);
        return await Must(parts.Server.AddChannel(join.BridgeId, join.CallerId), join.CallerId) ?? await Must(parts.Server.AddChannel(join.BridgeId, join.LegId), join.LegId);
    }

    // A telephone that can't be called is one that nobody picks up.
    private async Task<LineInput?> Ring(LineCommand.Ring ring) =>
        parts.Settings.EndpointOf(ring.AgentId) is { } endpoint && await parts.Server.Originate(ring.ChannelId, endpoint, _call.ChannelId) == AriOutcome.Done
            ? null
            : new LineInput.Gone(ring.ChannelId);

    private async Task<LineInput?> Must(Task<AriOutcome> command, string channelId)
    {
        switch (await command)
        {
            case AriOutcome.Gone:
                return new LineInput.Gone(channelId);
            case AriOutcome.Failed:
                // What was not done is done again when the link is new.
                parts.Link.Renew();
                return null;
            default:
                return null;
        }
    }

    private static async Task<LineInput?> Nothing(Task command)
    {
        await command;
        return null;
    }

    private void Saw(TicketView ticket) => Tell(SeenOf(ticket));

    private static LineInput.TicketSeen SeenOf(TicketView ticket) => new(
        ticket.Seq, ticket.Phase == TicketPhase.Assigned ? ticket.AgentId : null, ticket.Phase is TicketPhase.Resolved or TicketPhase.Closed, ticket.PlaceIsKept);

    private static GrainName NameOf(LineContact contact) => new(contact.Campus, contact.TicketId);
}
