using CampusCare.Contracts;
using CampusCare.Contracts.Channels;
using CampusCare.Domain.Tickets;
using Orleans.Placement;

namespace CampusCare.Grains.Channels;

/// <inheritdoc cref="ICourierGrain"/>
[PreferLocalPlacement]
public sealed class CourierGrain(IReplySender sender) : Grain, ICourierGrain
{
    private ReplyTried? _last;

    public async Task Bring(OutgoingMessage message)
    {
        var (campus, ticketId) = GrainKeys.Split(this.GetPrimaryKeyString());
        // Only the word that it was sent got lost: say it again.
        if (_last is not { End: ReplyEnd.Sent } || _last.Seq != message.Seq || _last.Channel != message.Channel)
            _last = await sender.Send(campus, ticketId, ReplyKeys.Of(ticketId, message.Seq), message);
        _ = GrainFactory.Ticket(campus, ticketId).ReplyTried(_last);
    }
}
