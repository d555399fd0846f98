using System.Text.Json;
using System.Text.Json.Nodes;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CampusCare.Gateway.Rest;

/// <summary>Tells the API document of each route: who may, what parameters mean, examples, and which problems there are.</summary>
internal static class Operations
{
    public const string Bearer = "bearer";

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["campus"] = "The campus's id; any but the token's is 404.",
        ["id"] = "The ticket's id: 16 characters of 0–9 and a–z.",
        ["article"] = "The article's id: 1–64 of a–z, 0–9 and dash.",
        ["version"] = "1 for an article's first version.",
        ["q"] = "The question, as people type it.",
        ["language"] = "zh or en; the question's own unless said.",
        ["shared"] = "true for the articles that all campuses share; the campus's own unless said.",
        ["queue"] = "The queue's id: 1–32 of a–z, 0–9 and dash.",
        ["customer"] = "The customer's id.",
        ["hash"] = "The picture's SHA-256, in hex.",
        ["key"] = "The key's id.",
        ["before"] = "The `next` of the page before; none for the newest.",
        ["actor"] = "Only what this agent or API key did.",
        ["action"] = "Only this kind of doing.",
        ["target"] = "Only what was done to this.",
        ["from"] = "Opened at this time or later, as 2026-09-01T10:30:00Z.",
        ["to"] = "Opened before this time.",
        ["category"] = "About this, as lateDelivery.",
        ["agent"] = "Who has it, has it on offer, or had it last.",
        ["role"] = "In which role the customer asks: student, rider or merchant.",
        ["phase"] = "Where it stands: waiting, offered, assigned, resolved or closed.",
        ["leastStars"] = "Rated with at least so many stars.",
        ["mostStars"] = "Rated with at most so many stars.",
        ["number"] = "How the ticket's id or the order's number begins.",
        ["format"] = "csv or xlsx; csv unless said.",
        ["offset"] = "How far the reader's clock is from UTC, in minutes; 0 unless said.",
        [OnBehalf.Header] = "With an API key: the customer for whom it speaks.",
        ["webhook"] = "The subscription's id.",
        ["review"] = "The review's id, as the list has it.",
        ["remedyId"] = "The remedy's id, as the ticket's remedies have it.",
        ["order"] = "The order's number.",
        ["incident"] = "The incident's id.",
        ["delivery"] = "The event's id, as its receiver gets it: the ticket's id, a dash, the seq.",
        ["after"] = "0, or the seq of the last event that the client has.",
        ["cursor"] = "Which page: taken from the Link header of the page before; none for the first.",
        ["limit"] = $"Items of a page, 1–{Page.MaxLimit}; {Page.UsualLimit} unless said, of events {Page.MaxLimit}.",
        ["Idempotency-Key"] = $"1–{Check.IdLength} visible ASCII characters; the same key does the same thing once. It goes before the id in the body.",
        ["If-Match"] = "The ETag that the change was made from; without it, or with *, whatever there is is changed.",
    };

    private static readonly Dictionary<int, string[]> Codes = new()
    {
        [400] = ["invalid"],
        [401] = ["unauthorized"],
        [403] = ["forbidden"],
        [404] = ["notFound"],
        [409] = ["contactIdReused", "messageIdReused", "ticketClosed", "offerGone", "notYourTicket", "notResolved", "alreadyRated", "notWaiting", "noRoom", "ticketOpen", "notLive", "notJoined", "alreadyReviewed", "reviewLapsed", "noSuggestion", "hasConversations"],
        [412] = ["preconditionFailed"],
        [413] = ["tooLarge"],
        [415] = ["unsupportedMediaType"],
        [429] = ["rateLimited"],
        [503] = ["storageUnavailable", "overloaded", "outcomeUnknown"],
    };

    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var route = context.Description;
        foreach (var rule in route.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            operation.Description = ApiDocument.Describe(Access.Rules[rule.Policy!]);
        }
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) Describe(parameter);
        if (route.ParameterDescriptions.FirstOrDefault(static parameter => parameter.Source == BindingSource.Body) is { Type: { } body })
            Illustrate(operation.RequestBody?.Content, Examples.Of(body));
        foreach (var answer in route.SupportedResponseTypes)
            if (operation.Responses?.GetValueOrDefault($"{answer.StatusCode}") is OpenApiResponse response) Describe(response, answer);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiParameter parameter)
    {
        parameter.Description = Parameters.GetValueOrDefault(parameter.Name ?? "");
        parameter.Schema = parameter.Name switch
        {
            "after" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
            "limit" => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = $"{Page.MaxLimit}" },
            "Idempotency-Key" => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Check.IdLength, Pattern = "^[!-~]+$" },
            _ => parameter.Schema,
        };
    }

    private static void Describe(OpenApiResponse response, ApiResponseType answer)
    {
        if (answer.Type != typeof(Problem))
        {
            if (answer.Type is { } type) Illustrate(response.Content, Examples.Of(type));
            return;
        }
        var codes = Codes[answer.StatusCode];
        response.Description = string.Join(", ", codes.Select(static code => $"`{code}`"));
        Illustrate(response.Content, JsonSerializer.SerializeToNode(ProblemOf.Example(answer.StatusCode, codes[0]), GatewayHost.Json.GetTypeInfo<Problem>()));
        if (answer.StatusCode is 429 or 503)
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>())["Retry-After"] = new OpenApiHeader { Description = "Seconds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } };
    }

    private static void Illustrate(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        if (example is null) return;
        foreach (var media in content?.Values ?? []) media.Example = example.DeepClone();
    }
}
