using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Rest;

/// <summary>Whom a demo token shall speak for.</summary>
/// <param name="Campus">A campus that has a key.</param>
/// <param name="Role">Customer or a staff role.</param>
/// <param name="Sub">The customer's or agent's id.</param>
/// <param name="Name">Shown to the other side; the id, unless said.</param>
/// <param name="Kind">Which kind of customer; student, unless said.</param>
/// <param name="Phone">The customer's phone number.</param>
public sealed record TokenRequest(string? Campus, string? Role, string? Sub, string? Name = null, string? Kind = null, string? Phone = null);

/// <summary>An agent for the demo: serves every queue of the campus, and knows them all best.</summary>
/// <param name="Campus">A campus that is set up.</param>
/// <param name="Role">Agent or Expert.</param>
/// <param name="Sub">The agent's id.</param>
/// <param name="Name">Shown to customers; the id, unless said.</param>
/// <param name="Capacity">How many tickets at once, 1–20; 3, unless said.</param>
public sealed record DemoAgent(string? Campus, string? Role, string? Sub, string? Name = null, int? Capacity = null);

/// <summary><c>/demo</c>: tokens and agents for anybody, so that a demo and its load need no sign-in service and no personnel office.</summary>
internal static class DemoRoutes
{
    private const int MaxCapacity = 20, UsualCapacity = 3, BestLevel = 5;

    public static void MapDemo(this IEndpointRouteBuilder routes)
    {
        var demo = routes.MapGroup("/demo").AllowAnonymous().WithTags("Demo");
        demo.MapPost("/tokens", Issue).WithName("issueDemoToken")
            .WithSummary("A token for anybody; only where the demo issuer is on, never in production.")
            .Produces<IssuedToken>().Refuses(400, 404, 413, 415);
        demo.MapPost("/agents", Enroll).WithName("enrollDemoAgent")
            .WithSummary("An agent who serves every queue; only where the demo issuer is on, never in production.")
            .Produces<DemoAgent>().Refuses(400, 404, 413, 415, 503);
    }

    private static Task Issue(TokenRequest request, HttpContext http, TokenIssuer issuer) =>
        http.Answer(TokenFor(request, issuer, OpenIdRoutes.HomeOf(http.Request)));

    private static async Task Enroll(DemoAgent agent, HttpContext http, Cluster cluster)
    {
        if (Person(agent.Campus, agent.Role, agent.Sub, agent.Name, out var role) is { } no) await http.Answer(no);
        else if (role is not (Role.Agent or Role.Expert)) await http.Answer(ProblemOf.Invalid("role", "`role` must be Agent or Expert."));
        else if (agent.Capacity is < 1 or > MaxCapacity) await http.Answer(ProblemOf.Invalid("capacity", $"`capacity` must be 1 to {MaxCapacity}."));
        else await http.Answer(await Hire(agent, cluster));
    }

    private static async Task<Reply<DemoAgent>> Hire(DemoAgent agent, Cluster cluster)
    {
        var campus = cluster.Grains.Campus(agent.Campus!);
        var found = await cluster.Read(campus.Settings(), static settings => settings is null ? ProblemOf.NotFound("There is no such campus.") : (Reply<CampusSettings>)settings);
        if (found.Value is not { } settings) return found.Problem!;
        var queues = settings.Queues.Select(static queue => queue.Queue).ToImmutableArray();
        var profile = new AgentProfile(
            agent.Sub!, agent.Name ?? agent.Sub!, queues, [.. queues.Select(static queue => new SkillNeed(queue, BestLevel))], agent.Capacity ?? UsualCapacity);
        return await cluster.Done(campus.Enroll(profile)) is { } problem ? problem : agent;
    }

    private static Problem? Person(string? campus, string? role, string? sub, string? name, out Role known)
    {
        known = default;
        if (campus is null || !Check.IsSlug(campus)) return ProblemOf.Invalid("campus", "`campus` must be 1 to 32 of a–z, 0–9 and dash.");
        if (!Caller.TryEnum(role, out known) || known == Role.Backend) return ProblemOf.Invalid("role", $"`role` must be Customer or one of {string.Join(", ", StaffClaims.StaffRoles)}.");
        if (Check.Id(sub, "sub") is { } no) return no;
        return Check.IsName(name ?? sub!) ? null : ProblemOf.Invalid("name", $"`name` must be 1 to {Check.NameLength} characters, without control characters.");
    }

    /// <summary>The person whom a request describes; only roles that people have.</summary>
    internal static Reply<Caller> CallerOf(TokenRequest request)
    {
        if (Person(request.Campus, request.Role, request.Sub, request.Name, out var role) is { } no) return no;
        if (!Caller.TryEnum(request.Kind ?? nameof(CustomerRole.Student), out CustomerRole kind)) return ProblemOf.Invalid("kind", $"`kind` must be one of {string.Join(", ", Enum.GetNames<CustomerRole>())}.");
        if (Check.OptionalId(request.Phone, "phone") is { } noPhone) return noPhone;
        return new Caller(request.Campus!, request.Sub!, request.Name ?? request.Sub!, role, kind, request.Phone);
    }

    private static Reply<IssuedToken> TokenFor(TokenRequest request, TokenIssuer issuer, string home)
    {
        var read = CallerOf(request);
        if (read.Value is not { } caller) return read.Problem!;
        return issuer.Issue(caller, home: home) is { } token ? token : ProblemOf.NotFound("There is no such campus: it has no key.");
    }
}
