using System.Collections.Immutable;

namespace CampusCare.Grains.Webhooks;

/// <summary>The way to subscribers' addresses.</summary>
public interface IWebhookSender
{
    /// <summary>Why nothing may be posted there; null when it may.</summary>
    string? Fault(string url);

    /// <summary>
    /// Posts a signed body. Never throws, and answers in seconds. The key is the same for every attempt of the same event.
    /// </summary>
    /// <returns>Why the address didn't take it; null when it did.</returns>
    Task<string?> Post(string url, ImmutableArray<string> secrets, string key, byte[] body);
}
