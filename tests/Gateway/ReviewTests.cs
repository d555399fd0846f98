using System.Net;
using System.Text.Json;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Domain.Triage;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>From a decision that nobody made to the line that training learns from.</summary>
public sealed class ReviewTests : IAsyncLifetime
{
    private const string Path = "/api/v1/campuses/north/reviews";
    private const string Words = "我叫王小明，电话13912345678，骑手骂人，订单20260302123456";

    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayProcess.Start();
        (await _gateway.Send(HttpMethod.Put, Path, Admin, new { percent = 100 })).Status.ShouldBe(HttpStatusCode.OK);
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    private string Admin => _gateway.Token("admin", Role.CampusAdmin);

    private string Inspector => _gateway.Token("qi", Role.QualityInspector);

    private string Boss => _gateway.Token("boss", Role.Supervisor);

    private async Task<List<JsonElement>> Waiting(int count, string? token = null)
    {
        // A sample is a hint, which comes when it comes: asked until it is there.
        for (var i = 0; i < 500; i++)
        {
            var lines = (await _gateway.Get(Path, token ?? Inspector)).Json.EnumerateArray().ToList();
            if (lines.Count >= count) return lines;
        }
        throw new TimeoutException($"There are no {count} reviews.");
    }

    private static string Id(JsonElement line) => line.GetProperty("reviewId").GetString()!;

    [Fact]
    public async Task A_decision_is_shown_with_its_conversation_judged_once_counted_and_exported_for_training_masked()
    {
        var ticket = await _gateway.Open("s1", Words);
        var line = (await Waiting(1)).ShouldHaveSingleItem();
        (line.GetProperty("state").GetString(), line.GetProperty("review").GetProperty("kind").GetString(), line.GetProperty("review").GetProperty("ticketId").GetString()).ShouldBe(("waiting", "triage", ticket));
        var sheet = (await _gateway.Get($"{Path}/{Id(line)}", Inspector)).Json;
        sheet.GetProperty("history").GetProperty("events")[0].GetProperty("text").GetString().ShouldBe(Words);

        var verdict = new { right = false, category = "riderConduct", urgency = "high", reason = "问王小明就知道" };
        var decided = line.GetProperty("review").GetProperty("category").GetString();
        (await _gateway.Post($"{Path}/{Id(line)}/verdict", Inspector, new { right = false })).ShouldBeProblem(400, "invalid", "category");
        (await _gateway.Post($"{Path}/{Id(line)}/verdict", Inspector, new { reason = "?" })).ShouldBeProblem(400, "invalid", "right");
        var judged = await _gateway.Post($"{Path}/{Id(line)}/verdict", Inspector, verdict);
        judged.Status.ShouldBe(HttpStatusCode.OK, judged.Body);
        judged.Json.GetProperty("state").GetString().ShouldBe("judged");
        judged.Json.GetProperty("review").GetProperty("verdict").GetProperty("by").GetString().ShouldBe("qi");
        (await _gateway.Post($"{Path}/{Id(line)}/verdict", Inspector, verdict)).Status.ShouldBe(HttpStatusCode.OK, "repeating is harmless");
        (await _gateway.Post($"{Path}/{Id(line)}/verdict", Boss, verdict)).ShouldBeProblem(409, "alreadyReviewed");
        (await _gateway.Post($"{Path}/{Id(line)}/verdict", Inspector, new { right = true })).ShouldBeProblem(409, "alreadyReviewed");
        (await _gateway.Get(Path, Inspector)).Json.GetArrayLength().ShouldBe(0);

        var count = (await _gateway.Get($"{Path}/figures", Boss)).Json.GetProperty("counts").EnumerateArray().Single();
        (count.GetProperty("category").GetString(), count.GetProperty("wrong").GetInt32(), count.GetProperty("right").GetInt32(), count.GetProperty("waiting").GetInt32()).ShouldBe((decided, 1, 0, 0));

        var file = await _gateway.Get($"{Path}/corrections", Inspector);
        file.MediaType.ShouldBe("text/tab-separated-values");
        var lines = file.Body.TrimEnd('\n').Split('\n');
        lines[0].ShouldBe(LabelledText.Header);
        var text = LabelledText.Parse(lines[1]);
        (text.Categories.Single(), text.Urgency).ShouldBe((Category.RiderConduct, Urgency.High));
        text.Text.ShouldBe("我叫某某某，电话00000000000，骑手骂人，订单00000000000000");
        foreach (var place in Directory.EnumerateFiles(_gateway.Folder, "campuscare.db*").Select(Read)) place.ShouldNotContain("问王小明就知道", Case.Sensitive, "a reason is masked before it is stored");
        var audited = await _gateway.Grains.Audit("north").Read(new AuditQuery(0, 50));
        audited.Select(static entry => entry.What.Action).Where(static action => action != AuditActions.SignedIn).Distinct().ShouldBe([AuditActions.CorrectionsExported, AuditActions.DecisionReviewed, AuditActions.ReviewOpened, AuditActions.ReviewsChanged], ignoreOrder: true);
    }

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    [Fact]
    public async Task The_oldest_come_first_page_by_page_and_stay_in_place_when_others_are_judged()
    {
        for (var i = 0; i < 5; i++)
        {
            await _gateway.Open($"s{i}");
            await Waiting(i + 1);
        }
        var all = (await Waiting(5)).Select(Id).ToList();
        var first = await _gateway.Get($"{Path}?limit=2", Boss);
        first.Json.EnumerateArray().Select(Id).ShouldBe(all[..2]);
        (await _gateway.Post($"{Path}/{all[1]}/verdict", Boss, new { right = true })).Status.ShouldBe(HttpStatusCode.OK);
        var next = first.Headers.GetValues("Link").Single();
        (await _gateway.Get(next[1..next.IndexOf('>')], Boss)).Json.EnumerateArray().Select(Id).ShouldBe(all[2..4]);
        (await _gateway.Get($"{Path}?cursor=bm90aGluZw", Boss)).ShouldBeProblem(400, "invalid", "cursor");
    }

    [Fact]
    public async Task Erasing_a_customer_takes_along_what_waits_and_what_was_corrected()
    {
        await _gateway.Open("s1", Words);
        var id = Id((await Waiting(1)).Single());
        (await _gateway.Post($"{Path}/{id}/verdict", Inspector, new { right = false, sentiment = "positive", category = "praise" })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Open("s1", "还有一件事，汤洒了");
        var waits = Id((await Waiting(1)).Single());
        (await _gateway.Get($"{Path}/corrections", Inspector)).Body.ShouldContain("骑手骂人");
        (await _gateway.Post("/api/v1/campuses/north/customers/s1/erasure", Admin, new { closeOpen = true })).Status.ShouldBe(HttpStatusCode.OK);

        (await _gateway.Get($"{Path}/corrections", Inspector)).Body.ShouldBe(LabelledText.Header + "\n");
        (await _gateway.Get(Path, Inspector)).Json.GetArrayLength().ShouldBe(0);
        foreach (var gone in new[] { id, waits }) (await _gateway.Get($"{Path}/{gone}", Inspector)).ShouldBeProblem(404, "notFound");
        (await _gateway.Post($"{Path}/{waits}/verdict", Inspector, new { right = true })).ShouldBeProblem(404, "notFound");
        (await _gateway.Get($"{Path}/figures", Inspector)).Json.GetProperty("counts").EnumerateArray().Sum(static count => count.GetProperty("lapsed").GetInt32() + count.GetProperty("wrong").GetInt32()).ShouldBe(2, "what was judged still counts");
    }

    [Fact]
    public async Task Another_campus_sees_nothing_and_a_campus_may_look_at_less()
    {
        await _gateway.Open("s1");
        var id = Id((await Waiting(1)).Single());
        var south = _gateway.Token("qi", Role.QualityInspector, GatewayProcess.OtherCampus);
        (await _gateway.Get("/api/v1/campuses/south/reviews", south)).Json.GetArrayLength().ShouldBe(0);
        (await _gateway.Get($"/api/v1/campuses/south/reviews/{id}", south)).ShouldBeProblem(404, "notFound");
        (await _gateway.Get($"{Path}/nonsense", Inspector)).ShouldBeProblem(404, "notFound");
        (await _gateway.Send(HttpMethod.Put, Path, Admin, new { percent = 101 })).ShouldBeProblem(400, "invalid", "reviews.percent");
        (await _gateway.Send(HttpMethod.Put, Path, Admin, new { percent = 0 })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Open("s2");
        (await _gateway.Get($"{Path}/figures", Inspector)).Json.GetProperty("percent").GetInt32().ShouldBe(0);
        (await Waiting(1)).Count.ShouldBe(1, "nothing more is chosen");
    }
}
