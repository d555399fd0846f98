using System.Text.Json.Serialization;

namespace CampusCare.Gateway.Identity;

/// <summary>The discovery document of OpenID Connect, as far as it applies.</summary>
/// <param name="Issuer">The provider's name: the address above this document.</param>
/// <param name="AuthorizationEndpoint">Where a page sends somebody to sign in.</param>
/// <param name="TokenEndpoint">Where it exchanges the code for a token.</param>
/// <param name="JwksUri">The public keys.</param>
public sealed record OpenIdDocument(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("jwks_uri")] string JwksUri)
{
    [JsonPropertyName("response_types_supported")] public string[] ResponseTypes { get; } = ["code"];
    [JsonPropertyName("grant_types_supported")] public string[] GrantTypes { get; } = ["authorization_code"];
    [JsonPropertyName("subject_types_supported")] public string[] SubjectTypes { get; } = ["public"];
    [JsonPropertyName("id_token_signing_alg_values_supported")] public string[] Algorithms { get; } = ["ES256"];
    [JsonPropertyName("code_challenge_methods_supported")] public string[] ChallengeMethods { get; } = ["S256"];
    [JsonPropertyName("token_endpoint_auth_methods_supported")] public string[] ClientAuthentication { get; } = ["none"];
}

/// <summary>A set of public keys.</summary>
public sealed record OpenIdKeys([property: JsonPropertyName("keys")] OpenIdKey[] Keys);

/// <summary>A public key on a curve.</summary>
public sealed record OpenIdKey(
    [property: JsonPropertyName("kty")] string Type,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y,
    [property: JsonPropertyName("kid")] string Id)
{
    [JsonPropertyName("use")] public string Use { get; } = "sig";
    [JsonPropertyName("alg")] public string Algorithm { get; } = "ES256";
}

/// <summary>What a token endpoint answers (RFC 6749): tokens, or an error's name.</summary>
public sealed record OpenIdTokens(
    [property: JsonPropertyName("access_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AccessToken = null,
    [property: JsonPropertyName("id_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IdToken = null,
    [property: JsonPropertyName("token_type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenType = null,
    [property: JsonPropertyName("expires_in"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ExpiresIn = null,
    [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);
