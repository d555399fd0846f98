using System.Globalization;
using System.Net.Mime;
using CampusCare.Contracts.Customers;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Http.Features;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/customers/{customer}</c>: one customer's history, and all data, to be handed out or erased.</summary>
internal static class CustomerRoutes
{
    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        var customers = routes.MapGroup("/api/v1/campuses/{campus}/customers/{customer}").WithTags("Customers");
        customers.MapGet("/tickets", Tickets).IsWorth(Worth.Overview).RequireAuthorization(Access.Staff).WithName("listCustomerTickets")
            .WithSummary("A customer's tickets on all channels, newest first, page by page.")
            .Produces<TicketSummary[]>().Refuses(400, 401, 403, 404, 429, 503);
        customers.MapPost("/export", Export).RequireAuthorization(Access.Admins).WithName("exportCustomer")
            .WithSummary("All that is kept of a customer, as a zip: customer.json, and the evidence files. On record.")
            .Produces(200, contentType: MediaTypeNames.Application.Zip).Refuses(401, 403, 404, 429, 503);
        customers.MapPost("/erasure", Erase).RequireAuthorization(Access.Admins).WithName("eraseCustomer")
            .WithSummary("Erases words, names, numbers and evidence files of all tickets of a customer. Open tickets are refused unless closeOpen is true. Repeatable, on record.")
            .Produces<ErasureReceipt>().Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
    }

    private static async Task Tickets(string campus, string customer, string? cursor, string? limit, HttpContext http, ReadTickets tickets)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, await tickets.OfSomebody(Caller.Of(http.User), customer, page.After, page.Limit), static ticket => ticket.TicketId);
    }

    private static async Task Export(string campus, string customer, HttpContext http, CustomerData data)
    {
        var first = await data.Begin(Caller.Of(http.User), customer);
        if (first.Value is not { } page)
        {
            await http.Answer(first.Problem!);
            return;
        }
        http.Response.ContentType = MediaTypeNames.Application.Zip;
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"campuscare-{campus}-customer.zip\"");
        http.Response.Headers.CacheControl = "no-store";
        // A zip's last words about each file are written synchronously.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        // What was begun can't become a problem any more: a cut connection tells that the file isn't whole.
        if (!await data.Write(Caller.Of(http.User), customer, page, http.Response.Body, http.RequestAborted)) http.Abort();
    }

    private static async Task Erase(string campus, string customer, ErasureRequest? request, HttpContext http, CustomerData data) =>
        await http.Answer(await data.Erase(Caller.Of(http.User), customer, request?.CloseOpen ?? false));
}
