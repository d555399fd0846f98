using System.Collections.Immutable;

namespace CampusCare.Domain.Tickets;

/// <summary>Where the customer was heard last outside of our pages: replies go there.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="To">Who that is there.</param>
/// <param name="HeardAt">When: some channels take replies for a while only.</param>
/// <param name="Replies">How many replies went there since: some channels take a few only.</param>
public sealed record ReplyRoute(Channel Channel, ReplyAddress To, DateTimeOffset HeardAt, int Replies = 0);

/// <summary>A reply on its way.</summary>
/// <param name="Seq">The message's seq: with the ticket's id the key by which a provider knows a repeated one.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="Attempts">How often it was tried.</param>
public readonly record struct OutgoingReply(long Seq, string MessageId, int Attempts);

/// <summary>
/// What goes to the customer outside of our pages. The first reply of the outbox is tried, the others wait for it, so
/// that they arrive in order. Replies follow the customer: to another channel, or into our pages, where they stand already.
/// </summary>
/// <param name="Route">Where to; null while the customer writes in our pages.</param>
public sealed record Correspondence(ReplyRoute? Route)
{
    /// <summary>On their way, oldest first.</summary>
    public ImmutableArray<OutgoingReply> Outbox { get; init; } = [];

    /// <summary>Replies that a provider took and that may still come back: seq and message id.</summary>
    public ImmutableDictionary<long, string> Delivered { get; init; } = ImmutableDictionary<long, string>.Empty;

    /// <summary>The reply to try; null when none is on its way.</summary>
    public OutgoingReply? Next => Outbox.IsEmpty ? null : Outbox[0];

    /// <summary>With one more reply.</summary>
    public Correspondence With(long seq, string messageId) => this with { Outbox = Outbox.Add(new OutgoingReply(seq, messageId, 0)) };

    /// <summary>After a provider took a reply.</summary>
    public Correspondence Sent(long seq, string messageId) => Off(seq) with
    {
        Delivered = Delivered.SetItem(seq, messageId),
        Route = Route is null ? null : Route with { Replies = Route.Replies + 1 },
    };

    /// <summary>After an attempt that failed.</summary>
    public Correspondence Delayed(long seq, int attempts) =>
        this with { Outbox = [.. Outbox.Select(reply => reply.Seq == seq ? reply with { Attempts = attempts } : reply)] };

    /// <summary>After a reply was given up, or came back.</summary>
    public Correspondence Failed(long seq) => Off(seq) with { Delivered = Delivered.Remove(seq) };

    private Correspondence Off(long seq) => this with { Outbox = Outbox.RemoveAll(reply => reply.Seq == seq) };
}

/// <summary>Correspondence begins when a customer is heard outside of our pages.</summary>
public static class Correspondences
{
    extension(Correspondence? before)
    {
        /// <summary>After the customer wrote on a channel; without an address it is one of our pages.</summary>
        public Correspondence? Heard(Channel channel, ReplyAddress? from, DateTimeOffset at) => from is null
            ? before is null ? null : before with { Route = null, Outbox = [] }
            : (before ?? new Correspondence((ReplyRoute?)null)) with { Route = new ReplyRoute(channel, from, at) };
    }
}
