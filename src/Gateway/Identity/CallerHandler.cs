using System.Text.Encodings.Web;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>Finds out who calls: by what was found out a moment ago, else by the scheme that fits the look of the token. Says no in our words.</summary>
internal sealed class CallerHandler(TokenCache cache, AuditTrail trail, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme that all rules use.</summary>
    public const string Name = "Caller";

    private const string Prefix = "Bearer ";

    /// <summary>Browsers can't set headers on a WebSocket, so hubs take the token from the query too.</summary>
    private const string HubParameter = "access_token";

    /// <summary>The token that came with a request, if any.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return header[Prefix.Length..].Trim();
        return request.Path.StartsWithSegments("/hubs") && request.Query[HubParameter] is [{ Length: > 0 } token] ? token : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token) return AuthenticateResult.NoResult();
        if (cache.Find(token) is { } known) return known;
        var scheme = SchemeOf(token);
        var result = await Context.AuthenticateAsync(scheme);
        if (!result.Succeeded) return result;
        cache.Add(token, result);
        if (scheme == TokenSchemes.Staff) await trail.SignedIn(Caller.Of(result.Principal));
        return result;
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        if (failure is InvalidOperationException)
        {
            await Context.Answer(ProblemOf.SignInUnavailable());
            return;
        }
        Response.Headers.WWWAuthenticate = failure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        await Context.Answer(failure is null ? ProblemOf.Status(401) : ProblemOf.Unauthorized(Explain(failure)));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var foreign = CampusRule.IsForeign(Context, Caller.Of(Context.User));
        return Context.Answer(foreign ? ProblemOf.NotFound("There is no such campus, or your token is for another one.") : ProblemOf.Status(403));
    }

    // Campus apps share a secret with us, so theirs are the tokens with HMAC; a provider of staff never does.
    private static string SchemeOf(string token) =>
        ApiKeys.IsKey(token) ? ApiKeyHandler.Name
        : Algorithm(token) == SecurityAlgorithms.HmacSha256 ? TokenSchemes.Customers
        : TokenSchemes.Staff;

    private static string? Algorithm(string token)
    {
        try
        {
            return new JsonWebToken(token).Alg;
        }
        catch (ArgumentException)
        {
            return null; // No JSON Web Token; whoever reads it next says so.
        }
    }

    private static string Explain(Exception failure) => failure switch
    {
        UnfitTokenException unfit => unfit.Message,
        SecurityTokenExpiredException expired => $"The token expired at {expired.Expires:yyyy-MM-dd'T'HH:mm:ss'Z'}. Sign in again.",
        SecurityTokenNoExpirationException => "The token has no end (exp). Sign in again.",
        SecurityTokenNotYetValidException => "The token isn't valid yet (nbf).",
        SecurityTokenInvalidIssuerException => "The token is of another issuer (iss) than the one that CampusCare trusts.",
        SecurityTokenInvalidAudienceException => "The token is for another audience (aud).",
        SecurityTokenInvalidAlgorithmException => "The token is signed in a way that isn't taken here (alg). Sign in again.",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException => "The token's signature doesn't fit its role and campus. Sign in again.",
        SecurityTokenMalformedException => "This is not a JSON Web Token.",
        _ => "The token can't be used. Sign in again.",
    };
}
