using System.Net;
using CampusCare.Contracts;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>What is broken is said once, over REST, and every open page knows it.</summary>
public sealed class IncidentTests : IAsyncLifetime
{
    private const string Path = "/api/v1/campuses/north/incidents";
    private static readonly object Payments = new { category = "refundAndPayment", titleZh = "支付暂时无法使用", titleEn = "Payments are down", adviceZh = "请勿重复付款" };
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    private string Boss => _gateway.Token("boss", Role.Supervisor);

    [Fact]
    public async Task It_is_declared_changed_and_ended_on_record_and_everybody_may_read_what_goes_on()
    {
        (await _gateway.Get($"{Path}/open", null)).Json.GetArrayLength().ShouldBe(0);
        var declared = await _gateway.Post(Path, Boss, Payments, key: "i1");
        declared.Status.ShouldBe(HttpStatusCode.Created, declared.Body);
        (await _gateway.Post(Path, Boss, Payments, key: "i1")).Json.GetProperty("incidentId").GetString().ShouldBe("i1", "the same request declares one");
        (await _gateway.Post(Path, Boss, Payments)).ShouldBeProblem(400, "invalid", "category");

        var open = (await _gateway.Get($"{Path}/open", null)).Json.EnumerateArray().Single();
        (open.GetProperty("titleZh").GetString(), open.TryGetProperty("declaredBy", out _)).ShouldBe(("支付暂时无法使用", false));

        var end = DateTimeOffset.UtcNow.AddMinutes(30);
        var changed = await _gateway.Send(HttpMethod.Put, $"{Path}/i1", Boss, new { titleEn = "Payments are slow", expectedEnd = end }, ifMatch: "\"1\"");
        (changed.Json.GetProperty("version").GetInt64(), changed.Headers.ETag!.Tag).ShouldBe((2, "\"2\""));
        (await _gateway.Send(HttpMethod.Put, $"{Path}/i1", Boss, new { titleEn = "Late" }, ifMatch: "\"1\"")).ShouldBeProblem(412, "preconditionFailed");

        (await _gateway.Post($"{Path}/i1/end", Boss)).Json.GetProperty("endedBy").GetString().ShouldBe("boss");
        (await _gateway.Get($"{Path}/open", null)).Json.GetArrayLength().ShouldBe(0);
        (await _gateway.Get(Path, Boss)).Json.EnumerateArray().Single().GetProperty("text").GetProperty("titleEn").GetString().ShouldBe("Payments are slow");
        (await _gateway.Send(HttpMethod.Put, $"{Path}/i1", Boss, new { titleEn = "Again" })).ShouldBeProblem(400, "invalid");

        var done = (await _gateway.Get("/api/v1/campuses/north/audit?target=i1", _gateway.Token("admin", Role.CampusAdmin))).Json.GetProperty("entries").EnumerateArray();
        done.Select(static entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("outcome").GetString()}")
            .ShouldBe(["incidentChanged invalid", "incidentEnded done", "incidentChanged preconditionFailed", "incidentChanged done", "incidentDeclared done", "incidentDeclared done"]);
    }

    [Fact]
    public async Task A_program_with_the_scope_may_say_it_and_what_says_nothing_is_refused()
    {
        var key = await _gateway.Key(Scopes.DeclareIncidents);
        (await _gateway.Post(Path, key, Payments)).Status.ShouldBe(HttpStatusCode.Created);
        (await _gateway.Post(Path, key, new { category = "appFault" })).ShouldBeProblem(400, "invalid", "titleZh");
        (await _gateway.Post(Path, key, new { titleZh = "坏了" })).ShouldBeProblem(400, "invalid", "category");
        (await _gateway.Post(Path, key, new { category = "appFault", titleZh = new string('长', 81) })).ShouldBeProblem(400, "invalid", "titleZh");
        (await _gateway.Post(Path, key, new { category = "appFault", titleZh = "坏了", expectedEnd = DateTimeOffset.UtcNow.AddMinutes(-1) })).ShouldBeProblem(400, "invalid", "expectedEnd");
        (await _gateway.Post(Path, key, new { category = "appFault", titleZh = "坏了", since = DateTimeOffset.UtcNow.AddHours(-25) })).ShouldBeProblem(400, "invalid", "since");
        (await _gateway.Post($"{Path}/nothing/end", key)).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task Open_pages_of_the_campus_are_told_at_once_and_those_of_another_are_not()
    {
        await using var student = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("s1"));
        await using var agent = await Page.Open(_gateway, ClientKit.Hubs.Agent, _gateway.Token("li", Role.Agent));
        await using var stranger = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("s1", Role.Customer, GatewayProcess.OtherCampus));
        var id = (await _gateway.Post(Path, Boss, Payments)).Json.GetProperty("incidentId").GetString()!;
        foreach (var page in new[] { student, agent })
            (await page.Pushed("IncidentsChanged", static open => open.GetArrayLength() == 1))[0].GetProperty("titleEn").GetString().ShouldBe("Payments are down");
        await _gateway.Post($"{Path}/{id}/end", Boss);
        await student.Pushed("IncidentsChanged", static open => open.GetArrayLength() == 0);
        stranger.All("IncidentsChanged").ShouldAllBe(static open => open.GetArrayLength() == 0);
    }

    [Fact]
    public async Task Supervisors_see_what_may_be_broken_and_how_many_came_because_of_what_is()
    {
        await using var boss = await Page.Open(_gateway, ClientKit.Hubs.Supervisor, Boss);
        await boss.Do("Watch");
        for (var i = 0; i < 8; i++) await _gateway.Open($"s{i}", "付款失败了，扣了钱但是订单没有支付成功");
        await _gateway.Grains.Incidents(GatewayProcess.Campus).Look();
        var suspicion = (await boss.Pushed("WallboardChanged", static board => Signs(board, "suspicions").Any())).GetProperty("incidents").GetProperty("suspicions")[0];
        (suspicion.GetProperty("category").GetString(), suspicion.GetProperty("came").GetInt32()).ShouldBe(("refundAndPayment", 8));

        (await _gateway.Post(Path, Boss, new { category = "refundAndPayment", titleZh = "支付暂时无法使用", since = DateTimeOffset.UtcNow.AddMinutes(-5) })).Status.ShouldBe(HttpStatusCode.Created);
        await _gateway.Grains.Incidents(GatewayProcess.Campus).Look();
        var told = await boss.Pushed("WallboardChanged", static board => Signs(board, "people").Any(static of => of.GetProperty("people").GetInt32() == 8));
        Signs(told, "suspicions").ShouldBeEmpty("it was declared");
    }

    private static IEnumerable<System.Text.Json.JsonElement> Signs(System.Text.Json.JsonElement board, string which) =>
        board.GetProperty("incidents") is { ValueKind: System.Text.Json.JsonValueKind.Object } signs ? signs.GetProperty(which).EnumerateArray() : [];
}
