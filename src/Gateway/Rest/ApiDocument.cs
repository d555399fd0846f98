using System.Text;
using CampusCare.Gateway.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CampusCare.Gateway.Rest;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    internal const string Name = "v1";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddOpenApi(Name, Configure);
        services.AddSingleton<ApiDocumentText>();
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi/v1.json", static async (HttpContext http, ApiDocumentText text) =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(await text.Utf8);
        }).AllowAnonymous().ExcludeFromDescription();

    private static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "CampusCare",
                Version = "v1",
                Description = "Contacts of students, riders and merchants, and how they go on. Errors are problem details (RFC 9457) with a code and, where one is to blame, the field.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Operations.Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "Customers: signed by the campus app. Staff: from the sign-in service. Servers of a campus: an API key." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Operations.Describe);
        options.AddSchemaTransformer(Limits.Describe);
    }

    internal static string Describe(AccessRule rule) =>
        $"Roles: {string.Join(", ", rule.Roles)}."
        + (rule.Scope is { } scope ? $" API keys with the scope {scope}" + (rule.ForCustomer ? $", for the customer named in the header {OnBehalf.Header}." : ".") : "");
}

/// <summary>The document as it is sent. Making it takes long, and it never changes while the process runs, so it is made once.</summary>
internal sealed class ApiDocumentText(IServiceProvider services)
{
    private readonly Lazy<Task<byte[]>> _utf8 = new(async () =>
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDocument.Name).GetOpenApiDocumentAsync();
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    });

    private byte[]? _page;

    /// <summary>JSON in UTF-8.</summary>
    public Task<byte[]> Utf8 => _utf8.Value;

    /// <summary>The same as a page.</summary>
    public Task<byte[]> Page => PageOf();

    private async Task<byte[]> PageOf() => _page ??= DocsPage.Of(await Utf8);
}
