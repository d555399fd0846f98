using CampusCare.Channels;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Rest;

/// <summary>
/// <c>/channels/{channel}/{campus}</c>: where providers bring what customers wrote elsewhere. A channel's own signature
/// says who calls; the address of a campus without that channel doesn't exist.
/// </summary>
internal static class ChannelRoutes
{
    private const int MaximumValues = 64;

    public static void MapChannels(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/channels/{channel}/{campus}", [HttpMethods.Get, HttpMethods.Post], Receive).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task Receive(string channel, string campus, HttpContext http, ChannelSet channels, ReceiveContact contacts, TimeProvider time)
    {
        if (!Caller.TryEnum(channel, out Channel name) || channels.In(campus, name) is not { } way)
        {
            await http.Answer(ProblemOf.Status(StatusCodes.Status404NotFound));
            return;
        }
        var inbound = way.Receive(await Read(http.Request), time.GetUtcNow());
        if (inbound.Fault is { } fault)
        {
            await http.Answer(ProblemOf.Channel(fault, inbound.Detail!));
            return;
        }
        var taken = await Taken(way, contacts.Take(campus, name, way, inbound), time);
        if (taken.Problem is null && inbound.Answer is { } answer)
        {
            http.Response.ContentType = answer.ContentType;
            await http.Response.WriteAsync(answer.Body);
        }
        else await http.Answer(taken);
    }

    private static async Task<Reply<ReceivedContact[]>> Taken(IInboundChannel way, Task<Reply<ReceivedContact[]>> taking, TimeProvider time)
    {
        try
        {
            return await taking.WaitAsync(way.AnswerWithin, time);
        }
        catch (TimeoutException)
        {
            return ProblemOf.Refusal(RefusalCode.OutcomeUnknown, "It took too long. Bring the same again: it will not be done twice.");
        }
    }

    private static async Task<ChannelRequest> Read(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new ChannelRequest(
            request.Method,
            request.Query.Take(MaximumValues).ToDictionary(static value => value.Key, static value => value.Value.ToString()),
            request.Headers.Take(MaximumValues).ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.GetBuffer().AsMemory(0, (int)body.Length));
    }
}
