using CampusCare.Contracts.Channels;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Channels;

namespace CampusCare.Simulation;

/// <summary>A provider of channels that is slow, often down, and sometimes refuses for good.</summary>
internal sealed class SimulatedProvider(Random random, TimeProvider time, Invariants invariants, Mutation mutation) : IReplySender
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    public async Task<ReplyTried> Send(string campus, string ticketId, string key, OutgoingMessage message)
    {
        await Task.Delay(Slow * random.NextDouble(), time);
        switch (random.Next(20))
        {
            case < 5:
                return new ReplyTried(message.Seq, message.Channel, ReplyEnd.Later, ReplyFault.Unreachable);
            case 5:
                return new ReplyTried(message.Seq, message.Channel, ReplyEnd.Never, ReplyFault.ContentRefused);
            default:
                if (mutation != Mutation.ProviderLies) invariants.Taken(ticketId, message.Seq);
                return new ReplyTried(message.Seq, message.Channel, ReplyEnd.Sent);
        }
    }
}
