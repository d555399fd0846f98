using CampusCare.Contracts.LanguageModels;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Rest;

/// <summary>What agents ask of a language model.</summary>
internal static class LanguageModelRoutes
{
    public static void MapLanguageModel(this IEndpointRouteBuilder routes)
    {
        var campus = routes.MapGroup("/api/v1/campuses/{campus}").WithTags("Language model");
        campus.MapGet("/language-model", Look).IsWorth(Worth.Overview).RequireAuthorization(Access.Staff).WithName("getLanguageModel")
            .WithSummary("Whether there is a language model that agents can ask for a reply.")
            .Produces<LanguageModelView>().Refuses(401, 403, 404, 429, 503);
        campus.MapPost("/tickets/{id}/suggested-reply", Suggest).IsWorth(Worth.Overview).RequireAuthorization(Access.Agents).WithName("suggestReply")
            .WithSummary("A reply that a language model suggests to who has the ticket. Nothing is sent, and nothing kept.")
            .Produces<SuggestedReply>().Refuses(401, 403, 404, 409, 429, 503);
    }

    private static async Task Look(string campus, HttpContext http, UseLanguageModel model) => await http.Answer(await model.Look(Caller.Of(http.User)));

    private static async Task Suggest(string campus, string id, HttpContext http, UseLanguageModel model) => await http.Answer(await model.Suggest(Caller.Of(http.User), id));
}
