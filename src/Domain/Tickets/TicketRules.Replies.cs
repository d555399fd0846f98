using System.Collections.Immutable;
using System.Globalization;

namespace CampusCare.Domain.Tickets;

/// <summary>Replies to channels outside of our pages.</summary>
public static partial class TicketRules
{
    /// <summary>How often a reply is tried: over about two hours, as pauses grow to <see cref="LongestReplyPause"/>.</summary>
    public const int MaximumReplyAttempts = 20;

    /// <summary>The longest pause between two attempts, unless the provider asks for a longer one.</summary>
    public static readonly TimeSpan LongestReplyPause = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstReplyPause = TimeSpan.FromSeconds(2);

    /// <summary>How long WeChat takes replies to a customer's message.</summary>
    public static readonly TimeSpan WeChatWindow = TimeSpan.FromHours(48);

    /// <summary>How many replies WeChat takes to a customer's message.</summary>
    public const int WeChatReplies = 5;

    /// <summary>The next reply is refused before it is tried when its channel would not take it.</summary>
    public static Decision BeforeReply(Ticket ticket, DateTimeOffset now) =>
        ticket.Correspondence is { Next: { } next, Route: { } route } && Closed(route, now) is { } fault
            ? Decision.That(new ReplyFailed(next.Seq, next.MessageId, route.Channel, next.Attempts, fault))
            : Decision.Nothing;

    /// <summary>How an attempt ended. Attempts wait twice as long each time, then end.</summary>
    public static Decision ReplyTried(Ticket ticket, long replySeq, Channel channel, ReplyEnd end, ReplyFault? fault, TimeSpan? pause, DateTimeOffset now)
    {
        if (ticket.Correspondence?.Next is not { } next || next.Seq != replySeq) return Decision.Nothing;
        var attempts = next.Attempts + 1;
        if (end == ReplyEnd.Sent) return Decision.That(new ReplySent(replySeq, next.MessageId, channel, attempts));
        var why = fault ?? ReplyFault.ProviderFailed;
        return end == ReplyEnd.Never || attempts >= MaximumReplyAttempts
            ? Decision.That(new ReplyFailed(replySeq, next.MessageId, channel, attempts, why))
            : Decision.That(new ReplyDelayed(replySeq, next.MessageId, channel, attempts, why, now + (pause ?? PauseAfter(attempts))));
    }

    /// <summary>The provider took a reply, and tells later that it did not arrive.</summary>
    public static Decision ReplyReturned(Ticket ticket, long replySeq) =>
        ticket.Correspondence is { Route: { } route } letters && letters.Delivered.TryGetValue(replySeq, out var messageId)
            ? Decision.That(new ReplyFailed(replySeq, messageId, route.Channel, 1, ReplyFault.NotDelivered))
            : Decision.Nothing;

    // Nobody else's message can have its id: clients' ids have no spaces. Nothing for who reads it in our pages.
    private static ImmutableArray<TicketEvent> SayOutside(Ticket ticket, Func<string, string> words) => ticket.Correspondence is { Route: not null } ? [SayOfSystem(ticket, words)] : [];

    private static MessagePosted SayOfSystem(Ticket ticket, Func<string, string> words) =>
        new(string.Create(CultureInfo.InvariantCulture, $"system {ticket.Seq}"), Author.System, SystemWords.AuthorId) { Personal = new PersonalData(words(Routing.Language.Of(ticket.Text))) };

    // A number on the channel on which it was asked for is the rating that was asked for.
    private static int? RatingIn(Ticket ticket, Channel? channel, string text) =>
        ticket is { Phase: TicketPhase.Resolved, Stars: null, Correspondence.Route: not null } && channel is not null ? SystemWords.StarsIn(text) : null;

    private static ReplyFault? Closed(ReplyRoute route, DateTimeOffset now) => route switch
    {
        { Channel: not (Channel.WeChat or Channel.MiniProgram) } => null,
        _ when now - route.HeardAt >= WeChatWindow => ReplyFault.OutsideWindow,
        { Replies: >= WeChatReplies } => ReplyFault.NoReplyLeft,
        _ => null,
    };

    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = FirstReplyPause * Math.Pow(2, attempts - 1);
        return pause < LongestReplyPause ? pause : LongestReplyPause;
    }

    // What the journal keeps about where the customer writes: the channel outside of our pages, or the way back from it.
    private static Channel? ChangeOf(Ticket ticket, Channel? channel) =>
        channel ?? (ticket.Correspondence?.Route is null ? null : Channel.Web);
}
