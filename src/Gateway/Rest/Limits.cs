using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CampusCare.Gateway.Rest;

/// <summary>Tells the API document what requests must have and how long it may be; the same limits that the use cases check.</summary>
internal static class Limits
{
    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(ContactRequest)] = ["text"],
        [typeof(MessageRequest)] = ["messageId", "text"],
        [typeof(WhisperRequest)] = ["whisperId", "text"],
        [typeof(RatingRequest)] = ["stars"],
        [typeof(TokenRequest)] = ["campus", "role", "sub"],
        [typeof(WebhookRequest)] = ["url"],
        [typeof(DemoAgent)] = ["campus", "role", "sub"],
    };

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (!Required.TryGetValue(context.JsonTypeInfo.Type, out var required)) return Task.CompletedTask;
        schema.Required = required.ToHashSet();
        foreach (var (name, field) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (field is not OpenApiSchema property) continue;
            if (required.Contains(name)) property.Type &= ~JsonSchemaType.Null;
            switch (name)
            {
                case "text":
                    (property.MinLength, property.MaxLength) = (1, Check.TextLength);
                    break;
                case "comment":
                    property.MaxLength = Check.TextLength;
                    break;
                case "stars":
                    (property.Minimum, property.Maximum) = ("1", "5");
                    break;
                case "messageId" or "whisperId" or "contactId" or "orderNumber" or "sub" or "phone":
                    (property.MinLength, property.MaxLength, property.Pattern) = (1, Check.IdLength, "^[!-~]+$");
                    break;
            }
        }
        return Task.CompletedTask;
    }
}
