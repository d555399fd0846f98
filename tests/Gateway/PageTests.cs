using System.IO.Compression;
using System.Net;
using System.Text;

namespace CampusCare.Gateway.Tests;

public sealed class PageTests
{
    [Fact]
    public async Task Without_built_pages_each_address_says_how_to_build_them()
    {
        await using var gateway = await GatewayProcess.Start();
        foreach (var page in new[] { "/", "/agent", "/supervisor" })
        {
            var heard = await gateway.Get(page);
            heard.Status.ShouldBe(HttpStatusCode.OK);
            heard.MediaType.ShouldBe("text/html");
            heard.Body.ShouldContain("npm run build");
        }
    }

    [Fact]
    public async Task Built_pages_are_served_hashed_files_for_ever_and_the_rest_afresh()
    {
        var root = Directory.CreateTempSubdirectory("campuscare-pages-");
        foreach (var (name, text) in new[] { ("index.html", "student"), ("agent.html", "agent"), ("supervisor.html", "supervisor"), ("icon.svg", "icon"), ("assets/app-1a2b3c.js", "code") })
        {
            var file = new FileInfo(Path.Combine(root.FullName, name));
            file.Directory!.Create();
            await File.WriteAllTextAsync(file.FullName, text);
        }
        await using (var gateway = await GatewayProcess.Start(new() { ["Gateway:WebRoot"] = root.FullName }))
        {
            foreach (var (address, text, cache) in new[]
            {
                ("/", "student", "no-cache"), ("/?campus=north", "student", "no-cache"), ("/agent", "agent", "no-cache"), ("/supervisor", "supervisor", "no-cache"),
                ("/icon.svg", "icon", "no-cache"), ("/assets/app-1a2b3c.js", "code", "public, max-age=31536000, immutable"),
            })
            {
                var heard = await gateway.Get(address);
                heard.Body.ShouldBe(text);
                heard.Headers.CacheControl!.ToString().Replace(", ", ",").Split(',').ShouldBe(cache.Replace(", ", ",").Split(','), ignoreOrder: true);
                heard.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
                heard.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
                heard.Headers.Contains("Server").ShouldBeFalse();
            }
            (await gateway.Get("/assets/../../secret")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await gateway.Get("/assets/none.js")).ShouldBeProblem(404, "notFound");
        }
        root.Delete(recursive: true);
    }

    [Fact]
    public async Task The_widget_is_for_pages_of_any_origin_packed_for_who_takes_that_and_never_old_for_long()
    {
        var root = Directory.CreateTempSubdirectory("campuscare-widget-");
        var packed = Pack("the widget");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "widget.js"), "the widget");
        await File.WriteAllBytesAsync(Path.Combine(root.FullName, "widget.js.gz"), packed);
        await using (var gateway = await GatewayProcess.Start(new() { ["Gateway:WebRoot"] = root.FullName }))
        {
            using var http = new HttpClient { BaseAddress = gateway.Url };
            foreach (var (accepted, bytes) in new[] { ("gzip, br", packed), ("br", "the widget"u8.ToArray()), ("gzip;q=0", "the widget"u8.ToArray()) })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/widget.js");
                request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
                request.Headers.TryAddWithoutValidation("Origin", "https://app.example.edu");
                using var answer = await http.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, accepted);
                (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(bytes, accepted);
                answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
                answer.Content.Headers.ContentEncoding.ShouldBe(bytes == packed ? ["gzip"] : []);
                answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
                answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
                answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["cross-origin"]);
                answer.Headers.GetValues("Timing-Allow-Origin").ShouldBe(["*"], "so that the page's own people can see what we cost");
                answer.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(10));
                answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
                using var again = new HttpRequestMessage(HttpMethod.Get, "/widget.js");
                again.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
                again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
                using var known = await http.SendAsync(again);
                known.StatusCode.ShouldBe(HttpStatusCode.NotModified, accepted);
            }
        }
        root.Delete(recursive: true);
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
