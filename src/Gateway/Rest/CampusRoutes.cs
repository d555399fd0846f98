using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}</c>.</summary>
internal static class CampusRoutes
{
    public static void MapCampuses(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/campuses/{campus}", Get).AllowAnonymous().WithName("getCampus").WithTags("Campuses")
            .WithSummary("What a campus is called and which queues it has.")
            .Produces<CampusView>().Refuses(404, 503);

    private static async Task Get(string campus, HttpContext http, CampusFacts campuses) =>
        await http.Answer(await campuses.Get(campus));
}
