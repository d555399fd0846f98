using CampusCare.Channels;
using CampusCare.Contracts.Channels;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Channels;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo;

/// <summary>Brings replies to the channels that the configuration sets up. What failed stands in the log without addresses and words.</summary>
internal sealed partial class ReplySender(ChannelSet channels, ILogger<ReplySender> log) : IReplySender
{
    public async Task<ReplyTried> Send(string campus, string ticketId, string key, OutgoingMessage message)
    {
        var delivery = channels.Out(campus, message.Channel) is { } channel
            ? await channel.Send(new OutboundReply(key, ticketId, message.To.Address, message.To.Thread, message.Text, message.Subject))
            : Delivery.Never(ReplyFault.NotConfigured);
        if (delivery.End != ReplyEnd.Sent) NotSent(campus, key, message.Channel, message.Attempt, delivery.End, delivery.Fault);
        return new ReplyTried(message.Seq, message.Channel, delivery.End, delivery.Fault, delivery.Pause);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reply {Campus}/{Key} did not go out by {Channel} at attempt {Attempt}: {End}, {Fault}.")]
    private partial void NotSent(string campus, string key, Channel channel, int attempt, ReplyEnd end, ReplyFault? fault);
}
