using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CampusCare.Gateway.Rest;

/// <summary>The API document as a page for people, at <c>/docs</c>: plain HTML made once from the document, without a script.</summary>
internal static class DocsPage
{
    private const string Style = """
        body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
        h1,h2{line-height:1.2}details{border:1px solid #d0d7de;border-radius:6px;margin:.5rem 0;padding:.25rem .75rem}
        summary{cursor:pointer;padding:.25rem 0}summary code{font-weight:600}summary span{color:#57606a}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;border-top:1px solid #d0d7de;padding:.3rem .5rem .3rem 0}
        pre{background:#f6f8fa;border-radius:6px;padding:.75rem;overflow:auto;font-size:.85rem}
        @media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}details,td,th{border-color:#30363d}pre{background:#161b22}summary span{color:#9198a1}a{color:#4493f8}}
        """;

    private static readonly JsonSerializerOptions Indented = new(GatewayHost.Json) { WriteIndented = true };

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/docs", static async (HttpContext http, ApiDocumentText text) =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.Body.WriteAsync(await text.Page);
        }).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/docs/style.css", static http =>
        {
            http.Response.ContentType = "text/css";
            return http.Response.WriteAsync(Style);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The page of a document.</summary>
    public static byte[] Of(byte[] document)
    {
        var root = JsonNode.Parse(document)!;
        var page = new StringBuilder()
            .Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>CampusCare API</title><link rel=\"stylesheet\" href=\"/docs/style.css\"><h1>CampusCare API</h1><p>").Append(Text(root["info"]!["description"]))
            .Append("</p><p>For programs: <a href=\"/openapi/v1.json\">/openapi/v1.json</a> (OpenAPI 3.1). 以下每个接口均附参数、示例与错误代码。</p>");
        var operations = root["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key, Operation: operation.Value!)));
        foreach (var tag in operations.GroupBy(static it => (string?)it.Operation["tags"]?[0] ?? ""))
        {
            page.Append("<h2>").Append(Text(tag.Key)).Append("</h2>");
            foreach (var (path, method, operation) in tag) Add(page, path, method, operation);
        }
        page.Append("<h2>Types</h2>");
        foreach (var (name, schema) in root["components"]!["schemas"]!.AsObject())
            page.Append("<details id=\"").Append(Text(name)).Append("\"><summary><code>").Append(Text(name)).Append("</code> <span>").Append(Text(schema!["description"])).Append("</span></summary>").Append(Json(schema)).Append("</details>");
        return Encoding.UTF8.GetBytes(page.Append("</html>").ToString());
    }

    private static void Add(StringBuilder page, string path, string method, JsonNode operation)
    {
        page.Append("<details id=\"").Append(Text(operation["operationId"])).Append("\"><summary><code>").Append(method.ToUpperInvariant()).Append(' ').Append(Text(path)).Append("</code> <span>")
            .Append(Text(operation["summary"])).Append("</span></summary><p>").Append(Text(operation["description"])).Append("</p>");
        if (operation["parameters"] is JsonArray parameters)
        {
            page.Append("<table><tr><th>parameter<th>in<th>");
            foreach (var parameter in parameters)
                page.Append("<tr><td><code>").Append(Text(parameter!["name"])).Append("</code><td>").Append(Text(parameter["in"])).Append("<td>").Append(Text(parameter["description"]));
            page.Append("</table>");
        }
        if (operation["requestBody"]?["content"] is JsonObject body) AddContent(page.Append("<h3>Request</h3>"), body);
        page.Append("<h3>Answers</h3>");
        foreach (var (status, answer) in operation["responses"]!.AsObject())
        {
            page.Append("<details><summary><code>").Append(Text(status)).Append("</code> <span>").Append(Text(answer!["description"])).Append("</span></summary>");
            if (answer["content"] is JsonObject content) AddContent(page, content);
            page.Append("</details>");
        }
        page.Append("</details>");
    }

    private static void AddContent(StringBuilder page, JsonObject content)
    {
        foreach (var (media, what) in content)
        {
            if (what is null) continue;
            page.Append("<p><code>").Append(Text(media)).Append("</code> ");
            foreach (var schema in new[] { what["schema"], what["schema"]?["items"] })
                if ((string?)schema?["$ref"] is { } reference) page.Append("<a href=\"#").Append(Text(reference.Split('/')[^1])).Append("\">").Append(Text(reference.Split('/')[^1])).Append("</a>");
            page.Append("</p>");
            if (what["example"] is { } example) page.Append(Json(example));
        }
    }

    private static string Json(JsonNode node) => $"<pre>{Text(node.ToJsonString(Indented))}</pre>";

    private static string Text(JsonNode? node) => Text((string?)node);

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
