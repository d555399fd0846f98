using Microsoft.AspNetCore.Authorization;

namespace CampusCare.Gateway.Identity;

/// <summary>Who may use what: each route and each hub names one of these rules.</summary>
internal static class Access
{
    /// <summary>Students, riders, merchants.</summary>
    public const string Customers = nameof(Customers);

    /// <summary>Those who answer.</summary>
    public const string Agents = nameof(Agents);

    /// <summary>Both sides of a conversation.</summary>
    public const string Talkers = nameof(Talkers);

    /// <summary>Everybody who works here.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Those who watch the whole campus.</summary>
    public const string Supervisors = nameof(Supervisors);

    /// <summary>Those who answer for the campus's data.</summary>
    public const string Admins = nameof(Admins);

    /// <summary>Any customer or staff of the campus; the use case checks whose ticket it is.</summary>
    public const string Anyone = nameof(Anyone);

    /// <summary>The roles of each rule.</summary>
    public static readonly IReadOnlyDictionary<string, Role[]> Roles = new Dictionary<string, Role[]>
    {
        [Customers] = [Role.Customer],
        [Agents] = [Role.Agent, Role.Expert],
        [Talkers] = [Role.Customer, Role.Agent, Role.Expert],
        [Staff] = [Role.Agent, Role.Expert, Role.QualityInspector, Role.Supervisor, Role.CampusAdmin],
        [Supervisors] = [Role.Supervisor, Role.CampusAdmin],
        [Admins] = [Role.CampusAdmin],
        [Anyone] = [Role.Customer, .. StaffClaims.StaffRoles],
    };

    public static void Configure(AuthorizationOptions options)
    {
        foreach (var (name, roles) in Roles)
        {
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().AddRequirements(new RoleRule(roles), new CampusRule()));
        }
    }
}

/// <summary>The caller has one of the roles.</summary>
internal sealed class RoleRule(Role[] roles) : AuthorizationHandler<RoleRule>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRule requirement)
    {
        if (context.User.Identity is CallerIdentity identity && identity.Caller.Is(roles)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>The campus in the address, if any, is the token's.</summary>
internal sealed class CampusRule : AuthorizationHandler<CampusRule>, IAuthorizationRequirement
{
    public static bool IsForeign(HttpContext http, Caller caller) =>
        http.Request.RouteValues.TryGetValue("campus", out var campus) && !string.Equals(campus as string, caller.Campus, StringComparison.Ordinal);

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CampusRule requirement)
    {
        if (context.User.Identity is CallerIdentity identity && context.Resource is HttpContext http && !IsForeign(http, identity.Caller)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
