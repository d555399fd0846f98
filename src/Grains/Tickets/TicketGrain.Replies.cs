using CampusCare.Contracts;
using CampusCare.Contracts.Channels;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;

namespace CampusCare.Grains.Tickets;

/// <summary>
/// Replies to channels outside of our pages. The journal knows what is on its way; a courier tries it outside of the
/// ticket's turn. What a lost courier forgot is tried again: the queue's sweep wakes the ticket while a reply is due.
/// </summary>
public sealed partial class TicketGrain
{
    /// <summary>How long a courier may take before another attempt is made.</summary>
    public static readonly TimeSpan CourierTime = TimeSpan.FromSeconds(30);

    private (OutgoingReply? Reply, DateTimeOffset At) _handedOver;

    public Task ReplyTried(ReplyTried attempt)
    {
        _handedOver = default;
        return Hear(ticket => TicketRules.ReplyTried(ticket, attempt.Seq, attempt.Channel, attempt.End, attempt.Fault, attempt.Pause, time.GetUtcNow()));
    }

    public Task ReplyReturned(long replySeq) => Hear(ticket => TicketRules.ReplyReturned(ticket, replySeq));

    private async Task BringReply()
    {
        if (_ticket.State.Correspondence is not { Next: { } next, Route: { } route }) return;
        var now = time.GetUtcNow();
        if (_ticket.State.Clocks.Running(ClockKind.Reply) is not { } clock || clock.DueAt > now) return;
        if (_handedOver.Reply == next && now - _handedOver.At < CourierTime) return;
        var seq = _ticket.State.Seq;
        if (await Do(ticket => TicketRules.BeforeReply(ticket, now)) is not null || _ticket.State.Seq != seq) return;
        _handedOver = (next, now);
        var text = _ticket.After(next.Seq - 1)[0].Text ?? "";
        _ = GrainFactory.Courier(_campus, _id).Bring(new OutgoingMessage(
            next.Seq, next.Attempts + 1, route.Channel, new ReplyTo(route.To.Address, route.To.Thread), text, TicketViews.Subject(_ticket.State.Text)));
    }

    private static ReplyAddress? AddressOf(ReplyTo? replyTo) => replyTo is null ? null : new ReplyAddress(replyTo.Address, replyTo.Thread);
}
