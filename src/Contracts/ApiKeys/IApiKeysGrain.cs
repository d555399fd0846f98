using System.Collections.Immutable;

namespace CampusCare.Contracts.ApiKeys;

/// <summary>The keys with which a campus's servers call us. Only a key's hash is known here.</summary>
[Alias("ApiKeys")]
public interface IApiKeysGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds a key. Repeating it is harmless. Asked for once more by the same request, a key that nobody used yet is
    /// replaced: whoever asks again never saw it.
    /// </summary>
    Task<Outcome<ApiKey>> Create(NewApiKey key);

    /// <summary>Takes a key back, for good. Repeating it is harmless.</summary>
    Task<Outcome<ApiKey>> Revoke(string keyId, string by);

    /// <summary>All keys, newest first, those that were taken back or are over among them.</summary>
    Task<ImmutableArray<ApiKey>> List();

    /// <summary>The key, when this is its hash and it holds now; null otherwise. Remembers that it was used.</summary>
    Task<ApiKey?> Check(string keyId, string hash);
}

/// <summary>A key to be added.</summary>
/// <param name="KeyId">Made by the gateway; part of the key itself, so that it can be found.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Hash">SHA-256 of the whole key, in hex.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">When it is over; null: never.</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="RequestId">Names the request; null when it is never repeated.</param>
[GenerateSerializer, Immutable, Alias("NewApiKey")]
public sealed record NewApiKey(
    [property: Id(0)] string KeyId,
    [property: Id(1)] string Name,
    [property: Id(2)] string Hash,
    [property: Id(3)] ImmutableArray<string> Scopes,
    [property: Id(4)] DateTimeOffset? ExpiresAt,
    [property: Id(5)] string CreatedBy,
    [property: Id(6)] string? RequestId = null);

/// <summary>What is known of a key.</summary>
/// <param name="KeyId">Its id, which the key itself begins with.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="ExpiresAt">When it is over; null: never.</param>
/// <param name="RevokedAt">When it was taken back.</param>
/// <param name="RevokedBy">Who took it back.</param>
/// <param name="LastUsedAt">When it was used last, to within some minutes.</param>
[GenerateSerializer, Immutable, Alias("ApiKey")]
public sealed record ApiKey(
    [property: Id(0)] string KeyId,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<string> Scopes,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] string CreatedBy,
    [property: Id(5)] DateTimeOffset? ExpiresAt = null,
    [property: Id(6)] DateTimeOffset? RevokedAt = null,
    [property: Id(7)] string? RevokedBy = null,
    [property: Id(8)] DateTimeOffset? LastUsedAt = null);
