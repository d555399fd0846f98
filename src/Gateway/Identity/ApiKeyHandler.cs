using System.Security.Claims;
using System.Text.Encodings.Web;
using CampusCare.Contracts;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Domain;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Identity;

/// <summary>Asks the campus whether a key holds. The answer is believed for a short while: so long after it was taken back a key may still open.</summary>
internal sealed class ApiKeyHandler(Cluster cluster, TimeProvider time, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "ApiKey";

    /// <summary>How long after its revocation a key may still be believed.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(15);

    private static readonly UnfitTokenException Unknown = new("This API key is unknown, was taken back, or is over.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = CallerHandler.TokenOf(Request)!;
        if (ApiKeys.Read(key) is not var (campus, id)) return AuthenticateResult.Fail(Unknown);
        var answer = await cluster.Read(cluster.Grains.ApiKeys(campus).Check(id, ApiKeys.Hash(key)), static found => (Reply<Found>)new Found(found));
        if (answer.Value is not { } known) return AuthenticateResult.Fail(new InvalidOperationException(answer.Problem!.Detail));
        return known.Key is { } good ? Success(campus, good) : AuthenticateResult.Fail(Unknown);
    }

    private AuthenticateResult Success(string campus, ApiKey key)
    {
        var until = time.GetUtcNow() + BelievedFor;
        var caller = new Caller(campus, key.KeyId, key.Name, Role.Backend, CustomerRole.Student, null) { Scopes = key.Scopes };
        return AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new CallerIdentity(caller)),
            new AuthenticationProperties { ExpiresUtc = key.ExpiresAt < until ? key.ExpiresAt : until },
            Name));
    }

    private sealed record Found(ApiKey? Key);
}
