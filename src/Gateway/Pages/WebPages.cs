using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CampusCare.Gateway.Pages;

/// <summary>Serves the web pages that src/Web builds, or says how to build them.</summary>
internal static class WebPages
{
    private const string Hashed = "/assets";
    private const string NotBuilt = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>CampusCare</title>
        <body style="font: 1rem/1.5 system-ui; margin: 3rem auto; max-width: 40rem">
        <h1>CampusCare</h1>
        <p>The server runs, but its web pages are not built yet. Build them with</p>
        <pre>./campuscare demo</pre>
        <p>or, by hand, <code>cd src/Web &amp;&amp; npm ci &amp;&amp; npm run build</code>, and start the server again.</p>
        <h1 lang="zh-CN">校园服务台</h1>
        <p lang="zh-CN">服务已启动，但网页尚未构建。请运行 <code>./campuscare demo</code>，或在 <code>src/Web</code> 中执行 <code>npm ci &amp;&amp; npm run build</code> 后重新启动。</p>
        </html>
        """;

    private static readonly Dictionary<string, string> Pages = new()
    {
        ["/"] = "index.html",
        ["/agent"] = "agent.html",
        ["/supervisor"] = "supervisor.html",
        ["/knowledge"] = "knowledge.html",
        ["/review"] = "review.html",
        ["/admin"] = "admin.html",
    };

    /// <summary>The pages on which people speak.</summary>
    private static readonly HashSet<string> Speaking = ["/", "/agent", "/supervisor"];

    /// <summary>The files with a name of their own; before routing, as they need none.</summary>
    public static void UseWebFiles(this WebApplication app)
    {
        var root = Root(app);
        if (!Directory.Exists(root)) return;
        app.UsePackedWidget(root);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(root),
            ContentTypeProvider = WidgetFile.Types,
            OnPrepareResponse = static file => Prepare(file.Context),
        });
    }

    private static void Prepare(HttpContext http)
    {
        if (WidgetFile.Prepare(http)) return;
        http.Response.Headers.CacheControl = http.Request.Path.StartsWithSegments(Hashed) ? "public, max-age=31536000, immutable" : "no-cache";
    }

    /// <summary>The pages' own addresses.</summary>
    public static void MapWebPages(this WebApplication app)
    {
        foreach (var (address, name) in Pages)
        {
            var file = Path.Combine(Root(app), name);
            app.MapGet(address, (RequestDelegate)(http =>
            {
                if (Speaking.Contains(address)) SafeHeaders.AllowMicrophone(http.Response.Headers);
                return address == "/" ? SendToCustomer(http, file) : Send(http, file);
            })).AllowAnonymous().ExcludeFromDescription();
        }
    }

    // The campus's own app and site may show the customers' page inside theirs.
    private static async Task SendToCustomer(HttpContext http, string file)
    {
        var origins = http.RequestServices.GetRequiredService<CampusOrigins>();
        SafeHeaders.AllowFrames(http.Response.Headers, await origins.Of(http.Request.Query["campus"]));
        await Send(http, file);
    }

    private static Task Send(HttpContext http, string file)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        return File.Exists(file) ? http.Response.SendFileAsync(file) : http.Response.WriteAsync(NotBuilt);
    }

    private static string Root(WebApplication app) =>
        Path.GetFullPath(app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.WebRoot ?? "wwwroot", AppContext.BaseDirectory);
}
