using System.Net;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>Queues are changed while they run, by those who may.</summary>
[Collection(nameof(SharedProcess))]
public sealed class SettingsTests(SharedProcess shared)
{
    private readonly GatewayProcess _gateway = shared.Process;

    private const string Path = "/api/v1/campuses/north/queues/delivery";

    [Fact]
    public async Task A_supervisor_changes_a_queue_while_it_runs()
    {
        var boss = _gateway.Token("boss", Role.Supervisor);
        var queue = new
        {
            nameZh = "配送",
            nameEn = "Delivery",
            categories = new[] { "lateDelivery", "riderConduct" },
            strategy = "longestIdle",
            rings = new[] { new { afterSeconds = 30, lowerLevelsBy = 1, queues = new[] { "general" } } },
            targets = new { firstResponseSeconds = 60 },
        };

        (await _gateway.Send(HttpMethod.Put, Path, boss, queue)).Status.ShouldBe(HttpStatusCode.OK);

        var settings = (await _gateway.Get("/api/v1/campuses/north/settings", boss)).Json.GetProperty("queues").EnumerateArray().Single(known => known.GetProperty("queue").GetString() == "delivery");
        settings.GetProperty("strategy").GetString().ShouldBe("longestIdle");
        settings.GetProperty("offerSeconds").GetInt32().ShouldBe(20); // left out: the default
        settings.GetProperty("rings")[0].GetProperty("queues")[0].GetString().ShouldBe("general");
        settings.GetProperty("targets").GetProperty("vipFirstResponseSeconds").GetInt32().ShouldBe(15);
    }

    public static TheoryData<object, string> Bad => new()
    {
        { new { nameZh = "配", nameEn = "D", categories = Array.Empty<string>(), rings = new[] { new { afterSeconds = 0 } } }, "queues.delivery.rings" },
        { new { nameZh = "配", nameEn = "D", categories = Array.Empty<string>(), rings = new[] { new { afterSeconds = 5, queues = new[] { "nowhere" } } } }, "queues.delivery.rings" },
        { new { nameZh = "配", nameEn = "D", categories = Array.Empty<string>(), offerSeconds = 0 }, "queues.delivery.offerSeconds" },
        { new { nameZh = "配", nameEn = "D", categories = Array.Empty<string>(), escalateTo = "delivery" }, "queues.delivery.escalateTo" },
        { new { nameZh = "配", nameEn = "D", categories = Array.Empty<string>(), skillRules = new[] { new { skill = "pod:nonsense" } } }, "queues.delivery.skillRules" },
        { new { nameZh = "配", nameEn = "D", categories = Array.Empty<string>(), calendar = new { utcOffsetMinutes = 480, week = new[] { new { day = "monday", fromMinute = 600, toMinute = 500 } } } }, "queues.delivery.calendar" },
        { new { nameZh = "配", nameEn = "D", categories = Array.Empty<string>(), targets = new { firstResponseSeconds = 99_999_999 } }, "queues.delivery.targets" },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task What_can_not_be_used_is_refused_with_its_field(object queue, string field)
    {
        var heard = await _gateway.Send(HttpMethod.Put, Path, _gateway.Token("boss", Role.Supervisor), queue);
        heard.ShouldBeProblem(400, "invalid", field);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_not_made() =>
        (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/queues/nowhere", _gateway.Token("boss", Role.Supervisor), new { nameZh = "a", nameEn = "b", categories = Array.Empty<string>() }))
            .ShouldBeProblem(404, "notFound", "queue");

    [Fact]
    public async Task A_change_made_from_old_settings_is_refused()
    {
        const string general = "/api/v1/campuses/south/queues/general";
        var boss = _gateway.Token("boss", Role.Supervisor, GatewayProcess.OtherCampus);
        var queue = new { nameZh = "综合", nameEn = "General", categories = new[] { "other" }, offerSeconds = 25 };
        var seen = (await _gateway.Get("/api/v1/campuses/south/settings", boss)).Headers.ETag!;

        var changed = await _gateway.Send(HttpMethod.Put, general, boss, queue, ifMatch: seen.Tag);
        changed.Status.ShouldBe(HttpStatusCode.OK);
        changed.Headers.ETag!.Tag.ShouldNotBe(seen.Tag);
        (await _gateway.Send(HttpMethod.Put, general, boss, queue, ifMatch: seen.Tag)).ShouldBeProblem(412, "preconditionFailed");
        (await _gateway.Send(HttpMethod.Put, general, boss, queue, ifMatch: changed.Headers.ETag!.Tag)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Send(HttpMethod.Put, general, boss, queue)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Send(HttpMethod.Put, general, boss, queue, ifMatch: "W/\"1\"")).ShouldBeProblem(400, "invalid", "If-Match");
    }

    public static TheoryData<string, string> OtherSettings => new()
    {
        { "retention", """{"personalDays":30}""" },
        { "origins", """{"origins":["https://app.example.edu"]}""" },
    };

    [Theory, MemberData(nameof(OtherSettings))]
    public async Task So_is_one_of_retention_and_of_origins(string what, string body)
    {
        var path = $"/api/v1/campuses/south/{what}";
        var admin = _gateway.Token("boss", Role.CampusAdmin, GatewayProcess.OtherCampus);
        var seen = (await _gateway.Get("/api/v1/campuses/south/settings", admin)).Headers.ETag!.Tag;

        var changed = await _gateway.Send(HttpMethod.Put, path, admin, body, ifMatch: seen);
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Body);
        var now = changed.Headers.ETag!.Tag;
        now.ShouldNotBe(seen);
        (await _gateway.Get("/api/v1/campuses/south/settings", admin)).Headers.ETag!.Tag.ShouldBe(now);
        (await _gateway.Send(HttpMethod.Put, path, admin, body, ifMatch: seen)).ShouldBeProblem(412, "preconditionFailed");
        (await _gateway.Send(HttpMethod.Put, path, admin, body, ifMatch: "7")).ShouldBeProblem(400, "invalid", "If-Match");
        (await _gateway.Send(HttpMethod.Put, path, admin, body, ifMatch: "*")).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Send(HttpMethod.Put, path, admin, body)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
