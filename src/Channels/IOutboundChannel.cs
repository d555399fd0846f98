using CampusCare.Domain.Tickets;

namespace CampusCare.Channels;

/// <summary>One campus's way out on one channel.</summary>
public interface IOutboundChannel
{
    /// <summary>Tries a reply. Never throws, and answers in seconds.</summary>
    Task<Delivery> Send(OutboundReply reply);
}

/// <summary>A reply.</summary>
/// <param name="Key">The same for every attempt of the same reply.</param>
/// <param name="TicketId">The ticket that it belongs to.</param>
/// <param name="Address">Who gets it, on this channel.</param>
/// <param name="Thread">What it refers to; null where the channel has no such thing.</param>
/// <param name="Text">What it says, at most 4,000 characters.</param>
/// <param name="Subject">What the ticket is about.</param>
public sealed record OutboundReply(string Key, string TicketId, string Address, string? Thread, string Text, string Subject);

/// <summary>How an attempt ended.</summary>
/// <param name="End">Sent, later, or never.</param>
/// <param name="Fault">Why not; null when it was sent.</param>
/// <param name="Pause">When the provider wants to be asked again; null: as usual.</param>
public sealed record Delivery(ReplyEnd End, ReplyFault? Fault = null, TimeSpan? Pause = null)
{
    /// <summary>The provider has it.</summary>
    public static readonly Delivery Sent = new(ReplyEnd.Sent);

    /// <summary>Not now.</summary>
    public static Delivery Later(ReplyFault fault, TimeSpan? pause = null) => new(ReplyEnd.Later, fault, pause);

    /// <summary>Trying again would not help.</summary>
    public static Delivery Never(ReplyFault fault) => new(ReplyEnd.Never, fault);
}
