using System.Collections.Immutable;
using System.Security.Claims;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.UseCases;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CampusCare.Gateway.Identity;

/// <summary>In which role a token speaks; a Backend is a campus's server with an API key.</summary>
public enum Role { Customer, Agent, Expert, QualityInspector, Supervisor, CampusAdmin, PlatformAdmin, Backend }

/// <summary>Who calls, as the token says; ids and campus are never taken from a request.</summary>
/// <param name="Campus">The only campus that the caller can reach.</param>
/// <param name="Id">Of the customer, the agent, or the API key.</param>
/// <param name="Name">Shown to the other side.</param>
/// <param name="Role">What the caller may do; of several roles the one that may most.</param>
/// <param name="Kind">Which kind of customer; Student for staff.</param>
/// <param name="Phone">The customer's, when the campus app passed it on.</param>
/// <param name="Tier">What the campus promised this customer.</param>
public sealed record Caller(string Campus, string Id, string Name, Role Role, CustomerRole Kind, string? Phone, CustomerTier Tier = CustomerTier.Standard)
{
    /// <summary>What else the caller may do: somebody who leads a shift and answers too.</summary>
    public ImmutableArray<Role> OtherRoles { get; init; } = [];

    /// <summary>What a server's API key may do.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>The API key with which a campus's server acts for this customer; null when the customers speak for themselves.</summary>
    public string? Via { get; init; }

    /// <summary>Whether the caller may do what one of these roles may.</summary>
    public bool Is(ReadOnlySpan<Role> roles)
    {
        if (roles.Contains(Role)) return true;
        foreach (var other in OtherRoles)
            if (roles.Contains(other)) return true;
        return false;
    }

    /// <summary>Whether a customer, not staff or a server, calls.</summary>
    public bool IsCustomer => Role == Role.Customer;

    /// <summary>The ticket that the caller names: one of the own campus, or, for an agent who is lent, <c>campus/id</c>.</summary>
    internal GrainName Ticket(string name)
    {
        var slash = IsCustomer ? -1 : name.IndexOf('/');
        return slash < 0 ? new GrainName(Campus, name) : new GrainName(name[..slash], name[(slash + 1)..]);
    }

    /// <summary>The caller's name on a campus: a guest's has the own campus before it.</summary>
    internal string NameOn(string campus) => campus == Campus ? Id : $"{Campus}/{Id}";

    /// <summary>The caller of an authenticated request or connection.</summary>
    internal static Caller Of(ClaimsPrincipal? user) =>
        (user?.Identity as CallerIdentity)?.Caller ?? throw new InvalidOperationException("An endpoint without an access rule asked who calls.");

    /// <summary>The claims of a customer's token whose signature was checked; a token that lacks one or has one twice gives the reason instead.</summary>
    internal static (Caller? Caller, string? Fault) From(JsonWebToken token)
    {
        if (!TryEnum(Text(token, Claims.Kind) ?? nameof(CustomerRole.Student), out CustomerRole kind)) return (null, "The token's kind is unknown.");
        if (!TryEnum(Text(token, Claims.Tier) ?? nameof(CustomerTier.Standard), out CustomerTier tier)) return (null, "The token's tier is unknown.");
        var phone = Text(token, Claims.Phone);
        if (phone is not null && !Check.IsId(phone)) return (null, "The token's phone is malformed.");
        return Of(Text(token, Claims.Campus), Text(token, Claims.Subject), Text(token, Claims.Name), Role.Customer, kind, phone, tier);
    }

    /// <summary>A caller with these claims, or what is wrong with them.</summary>
    internal static (Caller? Caller, string? Fault) Of(string? campus, string? id, string? name, Role role, CustomerRole kind, string? phone, CustomerTier tier)
    {
        if (campus is null || !Check.IsSlug(campus)) return (null, "The token's campus is missing or malformed.");
        if (id is null || !Check.IsId(id) || IsReserved(id)) return (null, "The token's sub is missing or malformed.");
        if (name is not { Length: > 0 }) name = id;
        if (!Check.IsName(name)) return (null, "The token's name is too long or malformed.");
        return (new Caller(campus, id, name, role, kind, phone, tier), null);
    }

    // Names that mean somebody else: an agent of another campus, and an agent who asks a colleague.
    internal static bool IsReserved(string id) => id.Contains('/') || id.StartsWith(TicketRules.AskerId(""), StringComparison.Ordinal);

    /// <summary>The one role of a token, signed or not.</summary>
    internal static Role? RoleOf(JsonWebToken token) => TryEnum(Text(token, Claims.Role), out Role role) ? role : null;

    /// <summary>A claim of a token, signed or not.</summary>
    internal static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    internal static bool TryEnum<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);
    }
}

/// <summary>The claims that tokens carry.</summary>
internal static class Claims
{
    public const string Subject = "sub";
    public const string Campus = "campus";
    public const string Role = "role";
    public const string Name = "name";
    public const string Kind = "kind";
    public const string Phone = "phone";
    public const string Tier = "tier";
}

/// <summary>The caller inside a principal.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity([], "Bearer")
{
    public Caller Caller { get; } = caller;
}
