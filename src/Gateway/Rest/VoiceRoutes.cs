using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.Voice;

namespace CampusCare.Gateway.Rest;

/// <summary>What pages need for calls.</summary>
internal static class VoiceRoutes
{
    public static void MapVoice(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/campuses/{campus}/voice", Get).RequireAuthorization(Access.Speakers).WithName("getVoice").WithTags("Calls")
            .WithSummary("The STUN and TURN servers of calls, as RTCPeerConnection takes them, with a short-lived credential for the caller.")
            .Produces<VoiceSetup>().Refuses(401, 403, 404, 429);

    private static Task Get(string campus, HttpContext http, IceServers servers)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Answer<VoiceSetup>(servers.For(Caller.Of(http.User)));
    }
}
