using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Identity;

/// <summary>The framework's bearer authentication, behind a cache.</summary>
internal sealed class BearerHandler(TokenCache cache, IOptionsMonitor<JwtBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : JwtBearerHandler(options, logger, encoder)
{
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
        var result = await base.HandleAuthenticateAsync();
        if (result.Succeeded) cache.Add(token, result);
        return result;
    }
}
