using System.Globalization;

namespace CampusCare.Contracts.Channels;

/// <summary>The key of a reply: ticket and seq. The same for every attempt, and back from a provider's receipt.</summary>
public static class ReplyKeys
{
    /// <summary>The key.</summary>
    public static string Of(string ticketId, long seq) => string.Create(CultureInfo.InvariantCulture, $"{ticketId}-{seq}");

    /// <summary>What a key was made of; null for anything else.</summary>
    public static (string TicketId, long Seq)? Parse(string? key)
    {
        var dash = key?.LastIndexOf('-') ?? -1;
        return dash > 0 && long.TryParse(key.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? (key![..dash], seq) : null;
    }
}
