using System.Net;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>Who answers is changed while the campus works, by those who may.</summary>
[Collection(nameof(SharedProcess))]
public sealed class RosterTests(SharedProcess shared)
{
    private const string Agents = "/api/v1/campuses/south/agents/";

    private readonly GatewayProcess _gateway = shared.Process;

    private string Boss => _gateway.Token("roster-boss", Role.CampusAdmin, GatewayProcess.OtherCampus);

    [Fact]
    public async Task An_agent_is_added_changed_retired_and_brought_back_and_the_log_names_the_fields()
    {
        const string path = Agents + "roster-1";
        var agent = new { name = "小周", queues = new[] { "general" }, skills = new[] { new { skill = "general", level = 3 } }, capacity = 2 };
        (await _gateway.Get(path, Boss)).ShouldBeProblem(404, "notFound");
        var added = await _gateway.Send(HttpMethod.Put, path, Boss, agent, ifMatch: "\"0\"");
        added.Status.ShouldBe(HttpStatusCode.OK);
        (added.Json.GetProperty("agentId").GetString(), added.Json.GetProperty("forms").GetInt32()).ShouldBe(("roster-1", 10)); // left out: the default
        added.Headers.ETag!.Tag.ShouldBe("\"1\"");

        var better = agent with { skills = new[] { new { skill = "general", level = 5 } }, capacity = 4 };
        (await _gateway.Send(HttpMethod.Put, path, Boss, better, ifMatch: "\"0\"")).ShouldBeProblem(412, "preconditionFailed");
        (await _gateway.Send(HttpMethod.Put, path, Boss, better, ifMatch: added.Headers.ETag!.Tag)).Status.ShouldBe(HttpStatusCode.OK);
        var seen = await _gateway.Get(path, Boss);
        (seen.Json.GetProperty("skills")[0].GetProperty("level").GetInt32(), seen.Headers.ETag!.Tag).ShouldBe((5, "\"2\""));

        (await _gateway.Send(HttpMethod.Delete, path, Boss, ifMatch: "\"1\"")).ShouldBeProblem(412, "preconditionFailed");
        (await _gateway.Send(HttpMethod.Delete, path, Boss, ifMatch: "\"2\"")).Json.GetProperty("retired").GetBoolean().ShouldBeTrue();
        (await Listed("agents")).ShouldNotContain("roster-1");
        (await Listed("roster")).ShouldContain("roster-1");
        (await _gateway.Send(HttpMethod.Put, path, Boss, better)).Json.GetProperty("retired").GetBoolean().ShouldBeFalse();

        (await Logged("agentChanged")).ShouldBe(["broughtBack", "skills capacity", "skills capacity", "added"]);
        (await Logged("agentRetired")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Who_has_a_conversation_in_hand_is_not_retired()
    {
        await _gateway.Enroll("roster-busy", capacity: 1, GatewayProcess.OtherCampus);
        await using var person = await Page.Open(_gateway, ClientKit.Hubs.Agent, _gateway.Token("roster-busy", Role.Agent, GatewayProcess.OtherCampus));
        await person.Do("Desk");
        await person.Do("SetStatus", "available", null);
        var offered = person.Pushed("Offered");
        await _gateway.Open("roster-customer", campus: GatewayProcess.OtherCampus);
        var offer = await offered;
        await person.Do("Accept", offer.GetProperty("ticket").GetProperty("ticketId").GetString(), offer.GetProperty("reservation").GetProperty("reservationId").GetString());

        (await _gateway.Send(HttpMethod.Delete, Agents + "roster-busy", Boss)).ShouldBeProblem(409, "hasConversations");
    }

    public static TheoryData<object, string> Bad => new()
    {
        { new { }, "name" },
        { new { name = "周", queues = new[] { "nowhere" } }, "queues" },
        { new { name = "周", skills = new[] { new { skill = "general", level = 6 } } }, "skills" },
        { new { name = "周", pods = new[] { "pod:nonsense" } }, "pods" },
        { new { name = "周", capacity = 21 }, "capacity" },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task What_can_not_be_used_is_refused_with_its_field(object agent, string field) =>
        (await _gateway.Send(HttpMethod.Put, Agents + "roster-2", Boss, agent)).ShouldBeProblem(400, "invalid", field);

    private async Task<string[]> Listed(string list) =>
        [.. (await _gateway.Get($"/api/v1/campuses/south/{list}?limit=200", Boss)).Json.EnumerateArray().Select(static agent => agent.GetProperty("agentId").GetString()!)];

    private async Task<string[]> Logged(string action) =>
        [.. (await _gateway.Get($"/api/v1/campuses/south/audit?action={action}&target=roster-1", Boss)).Json.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("detail").GetString()!)];
}
