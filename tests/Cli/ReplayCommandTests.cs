using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Journals;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Cli.Tests;

/// <summary><c>./campuscare simulate --replay</c>, on a journal of one decision: the expert, not the novice.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-replay-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_journaled_day_is_replayed_and_set_beside_another_policy()
    {
        await Record(chosen: "expert");

        var (exit, output, errors) = Run("--replay", "2026-11-21T00:00Z..2026-11-22T00:00Z", "--data", _folder.FullName, "--policy", Policy("""{ "queues": { "*": { "strategy": "longestIdle" } } }"""), "--json", At("out.json"));

        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("north");
        output.ShouldContain("1 identical");
        output.ShouldContain("gives 1 of 1 rounds to somebody else");
        var campus = JsonDocument.Parse(File.ReadAllText(At("out.json"))).RootElement.GetProperty("campuses")[0];
        campus.GetProperty("decisions")[0].GetProperty("verdict").GetString().ShouldBe("identical");
        var round = campus.GetProperty("rounds")[0];
        round.GetProperty("journaled").GetProperty("agent").GetString().ShouldBe("expert");
        round.GetProperty("samePolicy").GetProperty("agent").GetString().ShouldBe("expert");
        round.GetProperty("changedPolicy").GetProperty("agent").GetString().ShouldBe("novice");
        round.GetProperty("changedPolicy").GetProperty("waitSeconds").GetDouble().ShouldBe(3, 0.1);
    }

    [Fact]
    public async Task A_decision_that_the_rules_would_not_make_is_told_of()
    {
        await Record(chosen: "novice");

        var (exit, output, _) = Run("--replay", "2026-11-21T00:00Z..2026-11-22T00:00Z", "--data", _folder.FullName, "--campus", "north");

        exit.ShouldBe(1);
        output.ShouldContain("1 different");
        output.ShouldContain("The rules choose expert, not novice.");
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_named()
    {
        await Record(chosen: "expert");

        Run("--replay", "yesterday..today").Errors.ShouldContain("FROM..TO");
        Run("--replay", "2026-11-22..2026-11-21").Errors.ShouldContain("FROM..TO");
        var empty = Run("--replay", "2020-01-01..2020-01-02", "--data", _folder.FullName);
        (empty.Exit, empty.Errors.Contains("no decision")).ShouldBe((2, true));
        var policy = Run("--replay", "2026-11-21..2026-11-22", "--data", _folder.FullName, "--policy", Policy("""{ "queues": { "*": { "strategy": "luck" } } }"""));
        (policy.Exit, policy.Errors.Contains("queues.*.strategy")).ShouldBe((2, true));
        var missing = Run("--replay", "2026-11-21..2026-11-22", "--data", At("nowhere"));
        (missing.Exit, missing.Errors.Contains("   at ")).ShouldBe((2, false));
    }

    private async Task Record(string chosen)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddCampusCareStorage(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Path", At(StorageOptions.FileName))]).Build())
            .BuildServiceProvider();
        await services.GetRequiredService<Migrator>().Migrate();
        var staff = services.GetRequiredService<IStaffJournal>();
        async Task Tell(string? agent, StaffEvent happened, int second) =>
            await staff.Append(StaffEventCodec.Encode("north", agent, happened, Noon.AddSeconds(second)));
        await Tell(null, new QueuesSet([new QueuePolicy("delivery", StrategyName.BestMatch, [], 0, OfferSeconds: 20)]), 0);
        foreach (var (agent, level, second) in new[] { ("novice", 2, 1), ("expert", 5, 2) })
        {
            await Tell(agent, new AgentSet(["delivery"], [new SkillLevel("delivery", level)], new Room(2, 0, 0)), second);
            await Tell(agent, new StatusSet(AgentStatus.Available, []), second);
        }
        await Journal(services.GetRequiredService<ITicketJournal>(), chosen);
    }

    private static async Task Journal(ITicketJournal journal, string chosen)
    {
        var why = new Explanation(StrategyName.BestMatch, 0, 2, [new ScoredAgent(chosen, chosen == "expert" ? 1 : 0.4, 0, 0, [])]);
        (double Second, TicketEvent Event)[] events =
        [
            (60, new Opened("c1", "s1", CustomerRole.Student, Channel.Web, null, Category.LateDelivery, 0.9, Urgency.Normal, Sentiment.Neutral)),
            (60, new Queued("delivery", Noon.AddSeconds(60), Noon.AddSeconds(60).ToUnixTimeMilliseconds(), [new SkillLevel("delivery", 1)])),
            (60.005, new Offered("r1", chosen, Noon.AddSeconds(80.003), "", why, "chat-0")),
            (63.005, new Accepted("r1", chosen)),
            (100, new Resolved(chosen, "solved")),
        ];
        var ticket = Ticket.None;
        foreach (var (second, happened) in events) ticket = ticket.Apply(happened, Noon.AddSeconds(second));
        var encoded = events.Select(item => TicketEventCodec.Encode(item.Event, Noon.AddSeconds(item.Second))).ToImmutableArray();
        (await journal.Append(new Append(0, EventHash.None, encoded, ticket.Row("north", "t1")))).ShouldBeOfType<AppendResult.Committed>();
    }

    private static (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = SimulateCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (exit, output.ToString(), errors.ToString());
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Policy(string text)
    {
        File.WriteAllText(At("policy.json"), text);
        return At("policy.json");
    }
}
