namespace CampusCare.Channels.Phone;

/// <summary>How far a call from the telephone network is: its contact isn't stored yet, it waits, an agent's telephone rings, both speak, it is over.</summary>
public enum LineState { Ringing, Waiting, RingingAgent, Talking, Ended }

/// <summary>One call from the telephone network, as far as anybody decides by it.</summary>
/// <param name="ChannelId">The caller's channel at the telephone server.</param>
/// <param name="Number">The caller's number; empty when it is withheld.</param>
public sealed record LineCall(string ChannelId, string Number)
{
    private const string LegMark = "-agent-";

    /// <summary>How far it is.</summary>
    public LineState State { get; init; }

    /// <summary>Its ticket; null before the contact is stored.</summary>
    public string? TicketId { get; init; }

    /// <summary>The newest event of the ticket that was decided by.</summary>
    public long Seq { get; init; }

    /// <summary>Whose telephone rings, or who speaks, or who did not pick up and has the ticket still; null: nobody.</summary>
    public string? AgentId { get; init; }

    /// <summary>Which attempt to reach an agent it is.</summary>
    public int Round { get; init; }

    /// <summary>The caller may hang up and is called back.</summary>
    public bool PlaceIsKept { get; init; }

    /// <summary>The bridge with the music.</summary>
    public string Holding => $"{ChannelId}-hold";

    /// <summary>The bridge in which both speak.</summary>
    public string Mixing => $"{ChannelId}-talk";

    /// <summary>The agent's channel; we choose its id, so that a repeated command makes no second one.</summary>
    public string Leg => $"{ChannelId}{LegMark}{Round}";

    /// <summary>The caller's channel of an agent's channel; null for any other channel.</summary>
    public static string? CallerOf(string channelId) => channelId.LastIndexOf(LegMark, StringComparison.Ordinal) is > 0 and var at ? channelId[..at] : null;
}

/// <summary>What a call hears of: from the telephone server, or of its ticket.</summary>
public abstract record LineInput
{
    private LineInput() { }

    /// <summary>The caller's channel was given to us.</summary>
    public sealed record Entered : LineInput;

    /// <summary>The contact is stored.</summary>
    public sealed record ContactStored(string TicketId) : LineInput;

    /// <summary>The contact can't be stored.</summary>
    public sealed record ContactRefused : LineInput;

    /// <summary>The ticket as it stands.</summary>
    /// <param name="Seq">Its last event.</param>
    /// <param name="AgentId">Who has it now; null: nobody, it waits or is offered.</param>
    /// <param name="IsOver">Whether it is solved or closed.</param>
    /// <param name="PlaceIsKept">Whether the customer is called back.</param>
    public sealed record TicketSeen(long Seq, string? AgentId, bool IsOver, bool PlaceIsKept) : LineInput;

    /// <summary>An agent picked up.</summary>
    public sealed record LegEntered(string ChannelId) : LineInput;

    /// <summary>A channel ended, or is ending.</summary>
    public sealed record Gone(string ChannelId) : LineInput;

    /// <summary>A key was pressed.</summary>
    public sealed record Key(string ChannelId, string Digit) : LineInput;

    /// <summary>What happened meanwhile was compared: whatever was lost on the way is done again.</summary>
    public sealed record Resumed : LineInput;
}

/// <summary>What the caller is told.</summary>
public enum LineWord { Welcome, PlaceKept, Refused }

/// <summary>What a call wants done: at the telephone server, or at its ticket. Each may be repeated.</summary>
public abstract record LineCommand
{
    private LineCommand() { }

    /// <summary>Picks up.</summary>
    public sealed record Answer(string ChannelId) : LineCommand;

    /// <summary>Puts a channel into a bridge with music.</summary>
    public sealed record Hold(string BridgeId, string ChannelId) : LineCommand;

    /// <summary>Plays a word, if the settings have one.</summary>
    public sealed record Say(string ChannelId, LineWord Word) : LineCommand;

    /// <summary>Calls an agent's telephone.</summary>
    public sealed record Ring(string ChannelId, string AgentId) : LineCommand;

    /// <summary>Brings both into one bridge.</summary>
    public sealed record Join(string BridgeId, string CallerId, string LegId) : LineCommand;

    /// <summary>Ends a channel.</summary>
    public sealed record HangUp(string ChannelId) : LineCommand;

    /// <summary>Ends a bridge.</summary>
    public sealed record Drop(string BridgeId) : LineCommand;

    /// <summary>Stores the contact; answered with <see cref="LineInput.ContactStored"/> or <see cref="LineInput.ContactRefused"/>.</summary>
    public sealed record OpenContact : LineCommand;

    /// <summary>The caller wants to be called back.</summary>
    public sealed record KeepPlace : LineCommand;

    /// <summary>The caller went before anybody was there.</summary>
    public sealed record GiveUp : LineCommand;

    /// <summary>Both hear each other.</summary>
    public sealed record Connected(string AgentId) : LineCommand;

    /// <summary>One side hung up; null: the caller.</summary>
    public sealed record CallEnded(string? AgentId) : LineCommand;

    /// <summary>The agent did not pick up: the ticket waits again.</summary>
    public sealed record GiveBack(string AgentId) : LineCommand;
}
