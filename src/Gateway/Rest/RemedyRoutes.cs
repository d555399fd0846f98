using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary>What customers are given, over plain HTTP.</summary>
internal static class RemedyRoutes
{
    public static void MapRemedies(this IEndpointRouteBuilder routes)
    {
        var campus = routes.MapGroup("/api/v1/campuses/{campus}").WithTags("Remedies");
        campus.MapPut("/remedies", Change).RequireAuthorization(Access.Operators).WithName("changeRemedies")
            .WithSummary("Changes what is given when something went wrong, and how much of it without a person. With If-Match, only when nobody changed the settings meanwhile.")
            .Produces<CampusSettings>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
        campus.MapPost("/orders/{order}/delay", Foresee).RequireAuthorization(Access.OrderTellers).WithName("tellOfOrder")
            .WithSummary("An order went wrong: what the policy gives without a person is given, and the customer is written to, before anybody asks. Once for an order, however often it is told; the ticket.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        campus.MapPost("/tickets/{id}/remedies", Grant).RequireAuthorization(Access.Granters).WithName("grantRemedy")
            .WithSummary("Grant what the ticket's proposedRemedies say, by its rule; what needs a second person waits for one. Repeatable, on record.")
            .Produces<TicketView>(201).Refuses(400, 401, 403, 404, 409, 412, 413, 415, 429, 503);
        campus.MapGet("/remedies/doubts", Doubts).RequireAuthorization(Access.Supervisors).WithName("listDoubts")
            .WithSummary("The tickets on which a person looks before something is given, with the reasons: those that nobody has looked at first. The last 500, for 90 days.")
            .Produces<DoubtCase[]>().Refuses(401, 403, 404, 429, 503);
        campus.MapPost("/tickets/{id}/remedies/doubts/clear", ClearDoubts).RequireAuthorization(Access.Supervisors).WithName("clearDoubts")
            .WithSummary("Looked at, and fine: policy is asked again, and for 90 days the same counts little for this customer. Repeatable, on record.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 429, 503);
        campus.MapPost("/tickets/{id}/remedies/{remedyId}/approve", Approve).RequireAuthorization(Access.Supervisors).WithName("approveRemedy")
            .WithSummary("Approve, as second person, what somebody else granted. Repeatable, on record.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 409, 429, 503);
        campus.MapPost("/tickets/{id}/remedies/{remedyId}/take-back", TakeBack).RequireAuthorization(Access.Granters).WithName("takeRemedyBack")
            .WithSummary("Take back what waits for approval: whoever granted it, whoever has the ticket, or a supervisor. Repeatable, on record.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 409, 429, 503);
    }

    private static async Task Change(string campus, RemedySettings remedies, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, UseRemedies use)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no)
        {
            await http.Answer(no);
            return;
        }
        var reply = await use.ChangePolicy(Caller.Of(http.User), remedies, version);
        if (reply.Value is { } settings) http.ShowVersion(settings.Version);
        await http.Answer(reply);
    }

    private static async Task Foresee(string campus, string order, OrderTroubleRequest trouble, HttpContext http, UseRemedies use) =>
        await http.Answer(await use.Foresee(Caller.Of(http.User), order, trouble));

    private static async Task Grant(string campus, string id, RemedyRequest remedy, HttpContext http, UseRemedies use) =>
        await http.Answer(await use.Grant(Caller.Of(http.User), id, remedy), 201);

    private static async Task Approve(string campus, string id, string remedyId, HttpContext http, UseRemedies use) =>
        await http.Answer(await use.Approve(Caller.Of(http.User), id, remedyId));

    private static async Task Doubts(string campus, HttpContext http, UseRemedies use) =>
        await http.Answer(await use.Doubts(Caller.Of(http.User)));

    private static async Task ClearDoubts(string campus, string id, HttpContext http, UseRemedies use) =>
        await http.Answer(await use.ClearDoubts(Caller.Of(http.User), id));

    private static async Task TakeBack(string campus, string id, string remedyId, HttpContext http, UseRemedies use) =>
        await http.Answer(await use.TakeBack(Caller.Of(http.User), id, remedyId));
}
