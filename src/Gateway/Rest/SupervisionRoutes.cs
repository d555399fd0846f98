using CampusCare.Contracts.Supervision;
using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Rest;

/// <summary>What supervisors see of conversations, and do in them, over plain HTTP.</summary>
internal static class SupervisionRoutes
{
    public static void MapSupervision(this IEndpointRouteBuilder routes)
    {
        var campus = routes.MapGroup("/api/v1/campuses/{campus}").WithTags("Supervision");
        campus.MapGet("/conversations", Live).IsWorth(Worth.Overview).RequireAuthorization(Access.Supervisors).WithName("listConversations")
            .WithSummary("The conversations that agents have in hand, the oldest first, at most 200.")
            .Produces<LiveRoom>().Refuses(401, 403, 404, 429, 503);
        campus.MapGet("/forecast", Forecast).IsWorth(Worth.Overview).RequireAuthorization(Access.Supervisors).WithName("readForecast")
            .WithSummary("Contacts that came today, what was told of today and of the 48 hours ahead, and the agents, silos and gateways wanted, by quarters of an hour.")
            .Produces<CampusForecast>().Refuses(401, 403, 404, 429, 503);
        campus.MapPost("/tickets/{id}/whispers", Whisper).RequireAuthorization(Access.Supervisors).WithName("whisper")
            .WithSummary("Write to the agent; the customer never sees it. The same whisperId is stored once. On record.")
            .Produces<TicketView>(201).Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        campus.MapPost("/tickets/{id}/supervisor", Join).RequireAuthorization(Access.Supervisors).WithName("joinConversation")
            .WithSummary("Join the conversation: the customer sees it. Repeatable, on record.")
            .Produces<TicketView>().Refuses(401, 403, 404, 409, 429, 503);
        campus.MapDelete("/tickets/{id}/supervisor", Leave).RequireAuthorization(Access.Supervisors).WithName("leaveConversation")
            .WithSummary("Leave the conversation to its agent. Repeatable, on record.")
            .Produces<TicketView>().Refuses(401, 403, 404, 409, 429, 503);
        campus.MapPost("/tickets/{id}/takeover", TakeOver).RequireAuthorization(Access.Supervisors).WithName("takeOver")
            .WithSummary("Take the conversation from its agent, and give it to a queue or an agent; to neither: have it yourself. On record.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
    }

    private static async Task Live(string campus, HttpContext http, LiveRooms rooms) => await http.Answer(await rooms.Of(Caller.Of(http.User)));

    private static async Task Forecast(string campus, HttpContext http, ReadForecast forecast) => await http.Answer(await forecast.Of(Caller.Of(http.User)));

    private static async Task Whisper(string campus, string id, WhisperRequest whisper, HttpContext http, Supervise supervise) =>
        await http.Answer(await supervise.Whisper(Caller.Of(http.User), id, whisper), 201);

    private static async Task Join(string campus, string id, HttpContext http, Supervise supervise) => await http.Answer(await supervise.Join(Caller.Of(http.User), id));

    private static async Task Leave(string campus, string id, HttpContext http, Supervise supervise) => await http.Answer(await supervise.Leave(Caller.Of(http.User), id));

    private static async Task TakeOver(string campus, string id, TakeOverRequest to, HttpContext http, Supervise supervise) =>
        await http.Answer(await supervise.TakeOver(Caller.Of(http.User), id, to));
}
