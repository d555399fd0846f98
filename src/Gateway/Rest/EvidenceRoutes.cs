using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Evidence;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using CampusCare.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/tickets/{id}/evidence</c>: pictures.</summary>
internal static class EvidenceRoutes
{
    // Whatever a file holds, a browser may do nothing with it but show it.
    private const string Policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    public static void MapEvidence(this IEndpointRouteBuilder routes)
    {
        var limit = routes.ServiceProvider.GetRequiredService<IOptions<EvidenceOptions>>().Value.MaxFileBytes;
        var evidence = routes.MapGroup("/api/v1/campuses/{campus}/tickets/{id}/evidence").WithTags("Tickets");
        evidence.MapPost("", Add).RequireAuthorization(Access.Talkers).WithName("addEvidence")
            .WithMetadata(new RequestSizeLimitAttribute(limit)).AddOpenApiOperationTransformer(Body)
            .WithSummary("Adds a picture, the body as it is. It is written anew without positions, cameras and comments; the same one is added once.")
            .Produces<TicketView>(201).Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        evidence.MapGet("/{hash}", Get).RequireAuthorization(Access.Anyone).WithName("getEvidence")
            .WithSummary("A picture, for whoever may see the ticket.")
            .Produces(200, contentType: Picture.Jpeg, additionalContentTypes: [Picture.Png, Picture.Webp]).Refuses(401, 404, 429, 503);
    }

    // Said here and checked below: a route that says what it accepts refuses anything else before it asks who calls.
    private static Task Body(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Picture.Types.ToDictionary(static type => type, static _ => new OpenApiMediaType()) };
        return Task.CompletedTask;
    }

    private static async Task Add(string campus, string id, HttpContext http, AttachEvidence evidence)
    {
        if (!Picture.Types.Contains(http.Request.ContentType)) await http.Answer(ProblemOf.Status(StatusCodes.Status415UnsupportedMediaType));
        else await http.Answer(await evidence.Add(Caller.Of(http.User), id, http.Request.Body, http.RequestAborted), 201);
    }

    private static async Task Get(string campus, string id, string hash, HttpContext http, AttachEvidence evidence)
    {
        var found = await evidence.Find(Caller.Of(http.User), id, hash);
        if (found.Value is not { } picture)
        {
            await http.Answer(found.Problem!);
            return;
        }
        await using var bytes = picture.Bytes;
        http.Response.ContentType = picture.File.Type;
        http.Response.ContentLength = picture.File.Bytes;
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{hash[..12]}.{picture.File.Type["image/".Length..]}\"";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "private, max-age=3600";
        await bytes.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
