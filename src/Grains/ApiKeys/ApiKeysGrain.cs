using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CampusCare.Contracts;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Domain;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.ApiKeys;

/// <summary>A campus's keys.</summary>
[GenerateSerializer, Immutable, Alias("ApiKeysState")]
public sealed record ApiKeysState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ImmutableArray<StoredApiKey> Keys { get; init; } = [];
}

/// <summary>A key and its hash.</summary>
[GenerateSerializer, Immutable, Alias("StoredApiKey")]
public sealed record StoredApiKey([property: Id(0)] ApiKey Key, [property: Id(1)] string Hash)
{
    /// <summary>The request that made it.</summary>
    [Id(2)] public string? RequestId { get; init; }
}

/// <inheritdoc cref="IApiKeysGrain"/>
public sealed class ApiKeysGrain(
    [PersistentState("apiKeys", StateStores.Main)] IPersistentState<ApiKeysState> state, TimeProvider time) : Grain, IApiKeysGrain
{
    /// <summary>Keys that are remembered; beyond, those that ended are forgotten, oldest first.</summary>
    public const int Maximum = 100;

    /// <summary>A use is stored when the last stored one is older than this.</summary>
    public static readonly TimeSpan UseIsStoredAfter = TimeSpan.FromMinutes(5);

    public async Task<Outcome<ApiKey>> Create(NewApiKey key)
    {
        if (Find(key.KeyId) is { } known)
            return known.Hash == key.Hash ? known.Key : new Refusal(RefusalCode.Invalid, "There is a key with this id.", "keyId");
        var now = time.GetUtcNow();
        var keys = state.State.Keys;
        if (key.RequestId is not null && keys.FirstOrDefault(stored => stored.RequestId == key.RequestId) is { } before)
        {
            if (NotAgain(before.Key, key) is { } no) return no;
            keys = keys.Remove(before);
        }
        if (keys.Length >= Maximum)
        {
            if (keys.FirstOrDefault(stored => !Holds(stored.Key, now)) is not { } ended)
                return new Refusal(RefusalCode.Invalid, $"A campus has at most {Maximum} keys. Take one back first.");
            keys = keys.Remove(ended);
        }
        var made = new ApiKey(key.KeyId, key.Name, key.Scopes, now, key.CreatedBy, key.ExpiresAt);
        await state.Save(state.State with { Keys = keys.Add(new StoredApiKey(made, key.Hash) { RequestId = key.RequestId }) });
        return made;
    }

    public async Task<Outcome<ApiKey>> Revoke(string keyId, string by)
    {
        if (Find(keyId) is not { } stored) return new Refusal(RefusalCode.NotFound, "There is no such key.");
        if (stored.Key.RevokedAt is not null) return stored.Key;
        return await Replace(stored, stored.Key with { RevokedAt = time.GetUtcNow(), RevokedBy = by });
    }

    public Task<ImmutableArray<ApiKey>> List() => Task.FromResult<ImmutableArray<ApiKey>>([.. state.State.Keys.Select(static stored => stored.Key).Reverse()]);

    public async Task<ApiKey?> Check(string keyId, string hash)
    {
        var now = time.GetUtcNow();
        if (Find(keyId) is not { } stored || !SameText(stored.Hash, hash) || !Holds(stored.Key, now)) return null;
        if (now - stored.Key.LastUsedAt < UseIsStoredAfter) return stored.Key;
        return await Replace(stored, stored.Key with { LastUsedAt = now });
    }

    private static Refusal? NotAgain(ApiKey before, NewApiKey key)
    {
        if (before.Name != key.Name || !before.Scopes.SequenceEqual(key.Scopes) || before.ExpiresAt != key.ExpiresAt)
            return new Refusal(RefusalCode.Invalid, "With this Idempotency-Key another key was asked for. Use a new one.", "Idempotency-Key");
        return before.LastUsedAt is null && before.RevokedAt is null
            ? null
            : new Refusal(RefusalCode.Invalid, $"With this Idempotency-Key the key {before.KeyId} was made, and it was used or taken back. For one more, use a new Idempotency-Key.", "Idempotency-Key");
    }

    private async Task<ApiKey> Replace(StoredApiKey stored, ApiKey key)
    {
        await state.Save(state.State with { Keys = state.State.Keys.Replace(stored, stored with { Key = key }) });
        return key;
    }

    private StoredApiKey? Find(string keyId) => state.State.Keys.FirstOrDefault(stored => stored.Key.KeyId == keyId);

    private static bool Holds(ApiKey key, DateTimeOffset now) => key.RevokedAt is null && !(key.ExpiresAt <= now);

    // As long for a wrong guess as for a right one.
    private static bool SameText(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
