using CampusCare.Contracts.Channels;

namespace CampusCare.Grains.Channels;

/// <summary>The way to the providers of a campus's channels.</summary>
public interface IReplySender
{
    /// <summary>
    /// Tries a reply. Never throws, and answers in seconds. <paramref name="key"/> is the same for every attempt of the
    /// same reply: a provider that knows keys delivers it once.
    /// </summary>
    Task<ReplyTried> Send(string campus, string ticketId, string key, OutgoingMessage message);
}
