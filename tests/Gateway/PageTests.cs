using System.Net;

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
}
