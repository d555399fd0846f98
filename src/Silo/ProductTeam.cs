using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Grains;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo;

/// <summary>The configuration section <c>ProductTeam</c>.</summary>
public sealed class ProductTeamOptions
{
    public const string Section = "ProductTeam";

    /// <summary>Where escalations are posted; empty: nowhere.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Signs each body: the header <c>CampusCare-Signature</c> is its HMAC-SHA-256 with this key, in hex.</summary>
    public string? Key { get; set; }
}

/// <summary>Tells the product team over HTTP. A ticket that can't be told tries again by its own clock.</summary>
internal sealed partial class ProductTeam(HttpClient http, Uri endpoint, byte[] key, ILogger<ProductTeam> log) : IProductTeam
{
    /// <summary>How long the endpoint may take; the ticket waits for it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public const string SignatureHeader = "CampusCare-Signature";

    public bool IsThere => true;

    public async Task<bool> Tell(ProductEscalation escalation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(escalation, ProductTeamJson.Default.ProductEscalation);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SignatureHeader, Convert.ToHexStringLower(HMACSHA256.HashData(key, body)));
        try
        {
            using var answer = await http.SendAsync(request);
            if (answer.IsSuccessStatusCode) return true;
            Refused((int)answer.StatusCode, escalation.Campus, escalation.TicketId);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            Unreachable(error, escalation.Campus, escalation.TicketId);
        }
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The product team's endpoint answered {Status} to the escalation of {Campus}/{Ticket}; it is told again later.")]
    private partial void Refused(int status, string campus, string ticket);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The product team's endpoint could not be reached for {Campus}/{Ticket}; it is told again later.")]
    private partial void Unreachable(Exception error, string campus, string ticket);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProductEscalation))]
internal sealed partial class ProductTeamJson : JsonSerializerContext;

/// <summary>Registration.</summary>
internal static class ProductTeamServices
{
    public static void AddProductTeam(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(ProductTeamOptions.Section).Get<ProductTeamOptions>() ?? new ProductTeamOptions();
        if (options.Endpoint is not { } endpoint)
        {
            services.TryAddSingleton<IProductTeam, NoProductTeam>();
            return;
        }
        if (options.Key is not { Length: > 0 } key)
            throw new InvalidOperationException("ProductTeam:Endpoint is set, so ProductTeam:Key is needed too: the endpoint tells by the signature that it was us.");
        services.TryAddSingleton<IProductTeam>(provider => new ProductTeam(
            new HttpClient { Timeout = ProductTeam.Timeout }, endpoint, Encoding.UTF8.GetBytes(key), provider.GetRequiredService<ILogger<ProductTeam>>()));
    }
}
