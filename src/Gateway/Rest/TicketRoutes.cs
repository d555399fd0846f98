using System.Globalization;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/tickets</c>: what customers do, and staff read, over plain HTTP.</summary>
internal static class TicketRoutes
{
    public static void MapTickets(this IEndpointRouteBuilder routes)
    {
        var tickets = routes.MapGroup("/api/v1/campuses/{campus}/tickets").WithTags("Tickets");
        tickets.MapPost("", Open).RequireAuthorization(Access.Contacts).WithName("openTicket")
            .WithSummary("Ask for help. The same Idempotency-Key (or contactId) opens the same ticket.")
            .Produces<ContactReceipt>(201).Produces<ContactReceipt>(200).Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        tickets.MapGet("", Own).IsWorth(Worth.Overview).RequireAuthorization(Access.OwnTickets).WithName("listTickets")
            .WithSummary("The caller's tickets, newest first, page by page.")
            .Produces<TicketSummary[]>().Refuses(400, 401, 403, 404, 429, 503);
        tickets.MapGet("/{id}", Get).RequireAuthorization(Access.Anyone).WithName("getTicket")
            .WithSummary("A ticket as it stands.")
            .Produces<TicketView>().Refuses(401, 404, 429, 503);
        tickets.MapGet("/{id}/events", Events).RequireAuthorization(Access.Anyone).WithName("getTicketEvents")
            .WithSummary("A ticket and its events after a seq, oldest first; the header Link says where they go on.")
            .Produces<TicketHistory>().Refuses(400, 401, 404, 429, 503);
        tickets.MapGet("/{id}/decisions", Decisions).IsWorth(Worth.Overview).RequireAuthorization(Access.Staff).WithName("getDecisions")
            .WithSummary("Why this wait, why this agent: each stretch of waiting and each routing decision, for staff.")
            .Produces<RoutingStory>().Refuses(401, 403, 404, 429, 503);
        tickets.MapGet("/{id}/position", Position).RequireAuthorization(Access.Anyone).WithName("getPosition")
            .WithSummary("Where a waiting ticket stands in its line.")
            .Produces<QueuePlace>().Refuses(401, 404, 409, 429, 503);
        tickets.MapPost("/{id}/messages", Post).RequireAuthorization(Access.Talkers).WithName("postMessage")
            .WithSummary("Write to the other side. The same Idempotency-Key (or messageId) is stored once.")
            .Produces<TicketView>(201).Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        tickets.MapPost("/{id}/rating", Rate).RequireAuthorization(Access.Contacts).WithName("rateTicket")
            .WithSummary("Rate a resolved ticket, which closes it.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        tickets.MapPost("/{id}/hold", Hold).RequireAuthorization(Access.Contacts).WithName("keepPlace")
            .WithSummary("Go, keep the place in the line, and be called back.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        tickets.MapPost("/{id}/close", Close).RequireAuthorization(Access.Contacts).WithName("closeTicket")
            .WithSummary("It is solved, or no longer wanted.")
            .Produces<TicketView>().Refuses(401, 403, 404, 429, 503);
    }

    private static async Task Open(
        string campus, ContactRequest contact, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpContext http, OpenContact contacts)
    {
        if (Check.OptionalId(idempotencyKey, "Idempotency-Key") is { } no)
        {
            await http.Answer(no);
            return;
        }
        var reply = await contacts.Open(Caller.Of(http.User), idempotencyKey is null ? contact : contact with { ContactId = idempotencyKey }, Channel.Rest);
        if (reply.Value is { IsNew: true } opened) http.Response.Headers.Location = $"/api/v1/campuses/{campus}/tickets/{opened.Ticket.TicketId}";
        await http.Answer(reply, reply.Value is { IsNew: true } ? 201 : 200);
    }

    private static async Task Own(string campus, string? cursor, string? limit, HttpContext http, ReadTickets tickets)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, await tickets.Own(Caller.Of(http.User), page.After, page.Limit), static ticket => ticket.TicketId);
    }

    private static async Task Get(string campus, string id, HttpContext http, ReadTickets tickets) =>
        await http.Answer(await tickets.Get(Caller.Of(http.User), id));

    // The numbers are taken as text, so that a wrong one gets a problem that names it.
    private static async Task Events(string campus, string id, string? after, string? limit, HttpContext http, ReadTickets tickets)
    {
        var no = long.TryParse(after ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? null : Check.Seq(-1, "after");
        no = Page.LimitOf(limit, Page.MaxLimit, out var items) ?? no;
        if (no is not null) await http.Answer(no);
        else await AnswerEvents(http, await tickets.History(Caller.Of(http.User), id, seq), items);
    }

    private static Task AnswerEvents(HttpContext http, Reply<TicketHistory> reply, int limit)
    {
        if (reply.Value is not { } history || history.Events.Length < limit) return http.Answer(reply);
        history = history with { Events = [.. history.Events.Take(limit)] };
        http.ShowNext(string.Create(CultureInfo.InvariantCulture, $"after={history.Events[^1].Seq}"), limit);
        return http.Answer<TicketHistory>(history);
    }

    private static async Task Decisions(string campus, string id, HttpContext http, ReadTickets tickets) =>
        await http.Answer(await tickets.Story(Caller.Of(http.User), id));

    private static async Task Position(string campus, string id, HttpContext http, ReadTickets tickets) =>
        await http.Answer(await tickets.Place(Caller.Of(http.User), id));

    private static async Task Post(
        string campus, string id, MessageRequest message, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpContext http, WriteMessage messages) =>
        await http.Answer(await messages.Post(Caller.Of(http.User), id, message with { MessageId = idempotencyKey ?? message.MessageId }), 201);

    private static async Task Rate(string campus, string id, RatingRequest rating, HttpContext http, EndTicket endings) =>
        await http.Answer(await endings.Rate(Caller.Of(http.User), id, rating));

    private static async Task Hold(string campus, string id, HoldRequest hold, HttpContext http, EndTicket endings) =>
        await http.Answer(await endings.KeepPlace(Caller.Of(http.User), id, hold));

    private static async Task Close(string campus, string id, HttpContext http, EndTicket endings) =>
        await http.Answer(await endings.Close(Caller.Of(http.User), id));

    /// <summary>Documents the problems that a route answers with.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses) route.Produces<Problem>(status, Problem.ContentType);
        return route;
    }
}
