using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;

namespace CampusCare.Gateway.Identity;

/// <summary>
/// Tokens and keys that were checked a moment ago: checking costs more than the rest of a small request. Two
/// generations bound it: when the young one is full it becomes the old one, and what was not used since is forgotten.
/// </summary>
internal sealed class TokenCache(TimeProvider time)
{
    /// <summary>Tokens in one generation.</summary>
    public const int Generation = 10_000;

    private ConcurrentDictionary<string, AuthenticateResult> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, AuthenticateResult> _old = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>What a token stood for; null when it is not known, or its time is over.</summary>
    public AuthenticateResult? Find(string token)
    {
        if (_young.TryGetValue(token, out var known)) return Holds(known) ? known : null;
        if (!_old.TryGetValue(token, out known) || !Holds(known)) return null;
        Add(token, known);
        return known;
    }

    /// <summary>Keeps what a good token stands for until its <c>ExpiresUtc</c>.</summary>
    public void Add(string token, AuthenticateResult known)
    {
        var young = _young;
        if (!young.TryAdd(token, known))
        {
            young[token] = known;
            return;
        }
        if (Interlocked.Increment(ref _count) < Generation) return;
        // Two threads that meet here forget a generation too early: that costs a check of a signature, no more.
        Volatile.Write(ref _count, 0);
        _old = young;
        _young = new(StringComparer.Ordinal);
    }

    private bool Holds(AuthenticateResult known) => known.Properties?.ExpiresUtc > time.GetUtcNow();
}
