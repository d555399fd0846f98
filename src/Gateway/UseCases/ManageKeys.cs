using System.Runtime.InteropServices;
using CampusCare.Contracts;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Contracts.Audits;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A key that shall be made.</summary>
/// <param name="Name">What it is for, at most 64 characters.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">When it is over; never, unless said.</param>
public sealed record KeyRequest(string? Name, string[]? Scopes, DateTimeOffset? ExpiresAt = null);

/// <summary>A new key. It is shown this once.</summary>
/// <param name="Key">The key itself, to be sent as a bearer token.</param>
/// <param name="About">What is kept of it.</param>
public sealed record IssuedKey(string Key, ApiKey About);

/// <summary>Those who run a campus give keys to its servers, and take them back.</summary>
internal sealed class ManageKeys(Cluster cluster, AuditTrail trail, TimeProvider time)
{
    /// <summary>Makes one. The same request id (an Idempotency-Key) makes one alone: repeated, it shows another in place of the one that was never used.</summary>
    public async Task<Reply<IssuedKey>> Create(Caller caller, string? requestId, KeyRequest request)
    {
        if ((Check.OptionalId(requestId, "Idempotency-Key") ?? CheckRequest(request)) is { } no) return no;
        var (id, key) = Identity.ApiKeys.Make(caller.Campus);
        var command = new NewApiKey(id, request.Name!, Identity.ApiKeys.Hash(key), [.. request.Scopes!.Distinct()], request.ExpiresAt, caller.Id, requestId);
        var reply = await cluster.Command(cluster.Grains.ApiKeys(caller.Campus).Create(command));
        return (await trail.Keep(caller, AuditActions.KeyCreated, id, string.Join(' ', command.Scopes), reply)).Map(about => new IssuedKey(key, about));
    }

    public async Task<Reply<ApiKey>> Revoke(Caller caller, string keyId)
    {
        if (Check.Id(keyId, "key") is not null) return ProblemOf.NotFound("There is no such key.");
        var reply = await cluster.Command(cluster.Grains.ApiKeys(caller.Campus).Revoke(keyId, caller.Id));
        return await trail.Keep(caller, AuditActions.KeyRevoked, keyId, "", reply);
    }

    public Task<Reply<ApiKey[]>> List(Caller caller) =>
        cluster.Read(cluster.Grains.ApiKeys(caller.Campus).List(), static keys => (Reply<ApiKey[]>)ImmutableCollectionsMarshal.AsArray(keys)!);

    private Problem? CheckRequest(KeyRequest request)
    {
        if (request.Name is null || !Check.IsName(request.Name)) return ProblemOf.Invalid("name", $"`name` must be 1 to {Check.NameLength} characters, without control characters.");
        if (request.Scopes is not { Length: > 0 } scopes || !scopes.All(Scopes.All.Contains)) return ProblemOf.Invalid("scopes", $"`scopes` must name at least one of {string.Join(", ", Scopes.All)}.");
        return request.ExpiresAt <= time.GetUtcNow() ? ProblemOf.Invalid("expiresAt", "`expiresAt` must lie ahead.") : null;
    }
}
