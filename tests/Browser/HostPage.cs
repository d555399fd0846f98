using System.Net;
using CampusCare.ClientKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CampusCare.Browser.Tests;

/// <summary>
/// A campus app's page at an origin of its own that embeds the widget, and means no good: its styles say of every element
/// what none of ours is like, its shortcuts listen to every key, and its Content-Security-Policy allows what docs/widget.md asks for and nothing else.
/// </summary>
public sealed class HostPage : IAsyncDisposable
{
    private const string Styles = """
        * { box-sizing: content-box !important; margin: 7px !important; padding: 5px !important; border: 2px solid lime !important; float: left !important; position: static !important;
          color: red !important; background: yellow !important; font: italic 26px/3 serif !important; letter-spacing: 4px !important; text-transform: uppercase !important; direction: rtl !important;
          --primary: red !important; --text: red !important; --surface: yellow !important; --font: serif !important; }
        html { font-size: 40px !important; }
        html > :not(head, body) { display: none !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important; transform: rotate(9deg) !important; filter: blur(9px) !important; z-index: -1 !important; }
        button, input, textarea, dialog { display: none !important; }
        button[data-campuscare-open] { display: inline !important; }
        """;

    // The page's own world, as it was before the widget came; and the page's shortcuts.
    private const string Script = """
        window.app = {
          before: Object.getOwnPropertyNames(window),
          tokens: [new URLSearchParams(location.hash.slice(1)).get('token')],
          asked: 0,
          keys: [],
          careToken() {
            this.asked++
            return Promise.resolve({ token: this.tokens.length > 1 ? this.tokens.shift() : this.tokens[0] })
          },
        }
        for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, (event) => app.keys.push(event.key))
        """;

    private readonly WebApplication _app;
    private readonly Uri _gateway;

    private HostPage(WebApplication app, Uri url, Uri gateway) => (_app, Url, _gateway) = (app, url, gateway);

    /// <summary>Where it is.</summary>
    public Uri Url { get; }

    /// <summary>Its origin, as a campus names it.</summary>
    public string Origin => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Serves pages that embed the widget of a gateway.</summary>
    public static async Task<HostPage> Start(Uri gateway)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        builder.WebHost.UseUrls(url.ToString());
        var page = new HostPage(builder.Build(), url, gateway);
        page._app.MapGet("/", page.Send);
        page._app.MapGet("/app.css", static () => Results.Text(Styles, "text/css"));
        page._app.MapGet("/app.js", static () => Results.Text(Script, "text/javascript"));
        page._app.MapGet("/favicon.ico", static () => Results.NoContent());
        await page._app.StartAsync();
        return page;
    }

    /// <summary>The page of a campus, with these attributes of the script tag besides.</summary>
    public string Address(string campus, string attributes) => $"{Url}?campus={campus}&attributes={Uri.EscapeDataString(attributes)}";

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task Send(HttpContext http)
    {
        var gateway = _gateway.GetLeftPart(UriPartial.Authority);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' {gateway}; style-src 'self'; connect-src {gateway} {gateway.Replace("http", "ws")}; img-src blob:; base-uri 'none'; form-action 'none'";
        var campus = WebUtility.HtmlEncode(http.Request.Query["campus"]);
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="zh-CN">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>校园生活</title>
              <link rel="stylesheet" href="/app.css">
              <script src="/app.js"></script>
              <script async src="{gateway}/widget.js" data-gateway="{gateway}" data-campus="{campus}" data-token-function="app.careToken" {http.Request.Query["attributes"]}></script>
            </head>
            <body><h1>我的订单</h1><button data-campuscare-open="CF-2048">这单有问题</button></body>
            </html>
            """);
    }
}
