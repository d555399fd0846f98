using System.Security.Claims;
using CampusCare.Gateway.Problems;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>Sets up the framework's bearer authentication: our keys, our clock, our problem details.</summary>
internal sealed class BearerTokens(SigningKeys keys, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>How far two machines' clocks may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeyResolver = (_, token, _, _) => keys.For((JsonWebToken)token) is { } key ? [key] : [],
            LifetimeValidator = CheckLifetime,
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = TakeToken,
            OnTokenValidated = Recognize,
            OnChallenge = Challenge,
            OnForbidden = Forbid,
        };
    }

    private bool CheckLifetime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (expires is null) throw new SecurityTokenNoExpirationException();
        if (expires < now - ClockSkew) throw new SecurityTokenExpiredException { Expires = expires.Value };
        if (notBefore > now + ClockSkew) throw new SecurityTokenNotYetValidException();
        return true;
    }

    private static Task TakeToken(MessageReceivedContext context)
    {
        context.Token = BearerHandler.TokenOf(context.Request);
        return Task.CompletedTask;
    }

    private static Task Recognize(TokenValidatedContext context)
    {
        var (caller, fault) = Caller.From((JsonWebToken)context.SecurityToken);
        if (caller is null) context.Fail(new SecurityTokenException(fault));
        else context.Principal = new ClaimsPrincipal(new CallerIdentity(caller));
        return Task.CompletedTask;
    }

    private static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = context.AuthenticateFailure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        return context.HttpContext.Answer(context.AuthenticateFailure is { } failure ? ProblemOf.Unauthorized(Explain(failure)) : ProblemOf.Status(401));
    }

    private static string Explain(Exception failure) => failure switch
    {
        SecurityTokenExpiredException expired => $"The token expired at {expired.Expires:yyyy-MM-dd'T'HH:mm:ss'Z'}. Sign in again.",
        SecurityTokenNoExpirationException => "The token has no end (exp). Sign in again.",
        SecurityTokenNotYetValidException => "The token isn't valid yet (nbf).",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException => "The token's signature doesn't fit its role and campus. Sign in again.",
        SecurityTokenMalformedException => "This is not a JSON Web Token.",
        SecurityTokenException { InnerException: null } ours when ours.GetType() == typeof(SecurityTokenException) => ours.Message,
        _ => "The token can't be used. Sign in again.",
    };

    private static Task Forbid(ForbiddenContext context)
    {
        var foreign = CampusRule.IsForeign(context.HttpContext, Caller.Of(context.HttpContext.User));
        return context.HttpContext.Answer(foreign ? ProblemOf.NotFound("There is no such campus, or your token is for another one.") : ProblemOf.Status(403));
    }
}
