using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>
/// Sets up the framework's bearer authentication, once for each kind of token. The kinds share no algorithm: what a
/// campus app can sign with its secret is never looked at as a token of staff.
/// </summary>
internal sealed class TokenSchemes(IOptions<IdentityOptions> identity, CampusKeys campuses, BuiltInIssuer builtIn, StaffClaims staff, TimeProvider time)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>Tokens of the staff's OpenID provider.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Tokens of campus apps.</summary>
    public const string Customers = nameof(Customers);

    /// <summary>How far two machines' clocks may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>A token that names an unknown key makes us ask the provider for its keys again, at most so often (a second): the next attempt finds a key that the provider just began to use.</summary>
    private static readonly TimeSpan AskAgain = ConfigurationManager<OpenIdConnectConfiguration>.MinimumRefreshInterval;

    /// <summary>How long the provider may take to answer.</summary>
    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(5);

    private static readonly string[] PublicKeyAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public void Configure(JwtBearerOptions options) => throw new NotSupportedException("Each scheme has its name.");

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.Events = new JwtBearerEvents { OnMessageReceived = TakeToken };
        if (name == Staff) ConfigureStaff(options);
        else ConfigureCustomers(options);
    }

    private void ConfigureStaff(JwtBearerOptions options)
    {
        var provider = Provider();
        options.ConfigurationManager = provider;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = PublicKeyAlgorithms,
            ValidAudience = identity.Value.Staff.Audience,
            LifetimeValidator = CheckLifetime,
        };
        // Its own issuer is named after whatever address the gateway was reached at; the signature says that it is its own.
        if (identity.Value.DemoIssuer)
            options.TokenValidationParameters.IssuerValidator = static (issuer, _, _) => BuiltInIssuer.IsOurs(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException { InvalidIssuer = issuer };
        options.Events.OnMessageReceived = context => TakeToken(context, provider);
        options.Events.OnTokenValidated = context => Recognize(context, staff.Read);
    }

    private void ConfigureCustomers(JwtBearerOptions options)
    {
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeyResolver = (_, token, _, _) => campuses.For((JsonWebToken)token).Select(static key => key.Key),
            LifetimeValidator = CheckLifetime,
        };
        options.Events.OnTokenValidated = context =>
        {
            EndWithKey(context);
            return Recognize(context, Caller.From);
        };
    }

    private ConfigurationManager<OpenIdConnectConfiguration> Provider()
    {
        var authority = identity.Value.DemoIssuer ? BuiltInIssuer.Home + BuiltInIssuer.Path : identity.Value.Staff.Authority!.TrimEnd('/');
        IDocumentRetriever documents = identity.Value.DemoIssuer ? builtIn : new HttpDocumentRetriever(new HttpClient { Timeout = ProviderTimeout }) { RequireHttps = !new Uri(authority).IsLoopback };
        return new(authority + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), documents)
        {
            RefreshInterval = AskAgain,
            // A key that the provider took back is not believed for another hour.
            UseLastKnownGoodConfiguration = false,
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
        context.Token = CallerHandler.TokenOf(context.Request);
        return Task.CompletedTask;
    }

    // Without the provider's documents nothing can be said of its tokens, which is not the same as "wrong".
    private static async Task TakeToken(MessageReceivedContext context, ConfigurationManager<OpenIdConnectConfiguration> provider)
    {
        try
        {
            await provider.GetConfigurationAsync(context.HttpContext.RequestAborted);
            await TakeToken(context);
        }
        catch (InvalidOperationException e)
        {
            context.Fail(e);
        }
    }

    private static Task Recognize(TokenValidatedContext context, Func<JsonWebToken, (Caller? Caller, string? Fault)> read)
    {
        var (caller, fault) = read((JsonWebToken)context.SecurityToken);
        if (caller is null) context.Fail(new UnfitTokenException(fault!));
        else context.Principal = new ClaimsPrincipal(new CallerIdentity(caller));
        return Task.CompletedTask;
    }

    // A token is believed no longer than the key that signed it.
    private void EndWithKey(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        foreach (var key in campuses.For(token))
            if (key.Key == token.SigningKey && context.Properties.ExpiresUtc > key.Until) context.Properties.ExpiresUtc = key.Until;
    }
}

/// <summary>A token that is genuine, and doesn't say what we need to know; the message says what.</summary>
internal sealed class UnfitTokenException(string message) : Exception(message);
