using Microsoft.AspNetCore.Authorization;

namespace CampusCare.Gateway.Identity;

/// <summary>Who may use something.</summary>
/// <param name="Roles">People in one of these roles.</param>
/// <param name="Scope">Servers whose API key has this scope; null: none.</param>
/// <param name="ForCustomer">Whether a server must say for which customer it acts.</param>
internal sealed record AccessRule(Role[] Roles, string? Scope = null, bool ForCustomer = false)
{
    /// <summary>Whether this caller is one of them.</summary>
    public bool Allows(Caller caller) =>
        caller.Role == Role.Backend ? Scope is not null && caller.Scopes.Contains(Scope) : caller.Is(Roles);
}

/// <summary>What an API key may do.</summary>
internal static class Scopes
{
    /// <summary>Open contacts and go on with them, for customers that the server names.</summary>
    public const string WriteContacts = "contacts:write";

    /// <summary>Read the campus's tickets, as their customers see them.</summary>
    public const string ReadTickets = "tickets:read";

    /// <summary>Read who answers.</summary>
    public const string ReadAgents = "agents:read";

    /// <summary>Read the audit log.</summary>
    public const string ReadAudit = "audit:read";

    /// <summary>Manage webhooks.</summary>
    public const string ManageWebhooks = "webhooks:manage";

    /// <summary>Declare incidents, say how they go on, and end them.</summary>
    public const string DeclareIncidents = "incidents:write";

    /// <summary>Tell of orders that went wrong.</summary>
    public const string TellOrders = "orders:write";

    /// <summary>All of them.</summary>
    public static readonly string[] All = [WriteContacts, ReadTickets, ReadAgents, ReadAudit, ManageWebhooks, DeclareIncidents, TellOrders];
}

/// <summary>Who may use what: each route and each hub names one of these rules.</summary>
internal static class Access
{
    /// <summary>Students, riders, merchants, on their own pages.</summary>
    public const string Customers = nameof(Customers);

    /// <summary>Customers, and servers that act for one.</summary>
    public const string Contacts = nameof(Contacts);

    /// <summary>Customers who look at their own tickets, and servers that do so for one.</summary>
    public const string OwnTickets = nameof(OwnTickets);

    /// <summary>Those who answer.</summary>
    public const string Agents = nameof(Agents);

    /// <summary>Those who may give a customer something, on the ticket that they have.</summary>
    public const string Granters = nameof(Granters);

    /// <summary>Both sides of a conversation.</summary>
    public const string Talkers = nameof(Talkers);

    /// <summary>Everybody who works here.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Who may know who answers.</summary>
    public const string Colleagues = nameof(Colleagues);

    /// <summary>Those who watch the whole campus.</summary>
    public const string Supervisors = nameof(Supervisors);

    /// <summary>Those who say what is broken.</summary>
    public const string Heralds = nameof(Heralds);

    /// <summary>Those who say that an order went wrong.</summary>
    public const string OrderTellers = nameof(OrderTellers);

    /// <summary>Those who see and change how contacts are routed.</summary>
    public const string Planners = nameof(Planners);

    /// <summary>Those who set a campus up: its own admins, and the platform's. What concerns people's data is not for the latter.</summary>
    public const string Operators = nameof(Operators);

    /// <summary>Those who run the campus.</summary>
    public const string Admins = nameof(Admins);

    /// <summary>Those who find an article right.</summary>
    public const string Reviewers = nameof(Reviewers);

    /// <summary>Those who look at what is decided without a person.</summary>
    public const string Inspectors = nameof(Inspectors);

    /// <summary>Those who say which of the campus's programs are told what happens to tickets.</summary>
    public const string Integrators = nameof(Integrators);

    /// <summary>Those who may see who did what.</summary>
    public const string Auditors = nameof(Auditors);

    /// <summary>Any customer or staff of the campus; the use case checks whose ticket it is.</summary>
    public const string Anyone = nameof(Anyone);

    /// <summary>Who may be heard in a call.</summary>
    public const string Speakers = nameof(Speakers);

    private static readonly Role[] People = [Role.Customer, .. StaffClaims.StaffRoles];
    private static readonly Role[] Workers = [Role.Agent, Role.Expert, Role.QualityInspector, Role.Supervisor, Role.CampusAdmin];

    /// <summary>The rules by name.</summary>
    public static readonly IReadOnlyDictionary<string, AccessRule> Rules = new Dictionary<string, AccessRule>
    {
        [Customers] = new([Role.Customer]),
        [Contacts] = new([Role.Customer], Scopes.WriteContacts, ForCustomer: true),
        [OwnTickets] = new([Role.Customer], Scopes.ReadTickets, ForCustomer: true),
        [Agents] = new([Role.Agent, Role.Expert]),
        [Granters] = new([Role.Agent, Role.Expert, Role.Supervisor, Role.CampusAdmin]),
        [Talkers] = new([Role.Customer, Role.Agent, Role.Expert], Scopes.WriteContacts, ForCustomer: true),
        [Staff] = new(Workers),
        [Colleagues] = new(Workers, Scopes.ReadAgents),
        [Supervisors] = new([Role.Supervisor, Role.CampusAdmin]),
        [Heralds] = new([Role.Supervisor, Role.CampusAdmin], Scopes.DeclareIncidents),
        [OrderTellers] = new([Role.CampusAdmin], Scopes.TellOrders),
        [Planners] = new([Role.Supervisor, Role.CampusAdmin, Role.PlatformAdmin]),
        [Operators] = new([Role.CampusAdmin, Role.PlatformAdmin]),
        [Admins] = new([Role.CampusAdmin]),
        [Reviewers] = new([Role.Expert, Role.QualityInspector]),
        [Inspectors] = new([Role.QualityInspector, Role.Supervisor, Role.CampusAdmin]),
        [Integrators] = new([Role.CampusAdmin, Role.PlatformAdmin], Scopes.ManageWebhooks),
        [Auditors] = new([Role.CampusAdmin, Role.PlatformAdmin], Scopes.ReadAudit),
        [Speakers] = new([Role.Customer, Role.Agent, Role.Expert, Role.Supervisor, Role.CampusAdmin]),
        [Anyone] = new(People, Scopes.ReadTickets),
    };

    public static void Configure(AuthorizationOptions options)
    {
        foreach (var (name, rule) in Rules)
        {
            options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().AddRequirements(new RoleRule(rule), new CampusRule()));
        }
    }

    /// <summary>The rule that an endpoint names; null for one that is open.</summary>
    public static AccessRule? RuleOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAuthorizeData>()?.Policy is { } policy ? Rules[policy] : null;
}

/// <summary>The caller is one of those whom a rule allows.</summary>
internal sealed class RoleRule(AccessRule rule) : AuthorizationHandler<RoleRule>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRule requirement)
    {
        if (context.User.Identity is CallerIdentity identity && rule.Allows(identity.Caller)) context.Succeed(requirement);
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
