using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CampusCare.Cli.Staffing;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Cli.Tests;

public sealed class StaffingCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-staffing-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_history_gives_two_days_of_slots_and_a_file()
    {
        var (exit, output, errors) = Forecast("--history", History(20), "--json", At("slots.json"));
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("2026-09-21 12:00");
        var slots = JsonDocument.Parse(File.ReadAllBytes(At("slots.json"))).RootElement.GetProperty("slots");
        slots.GetArrayLength().ShouldBe(192);
        var noon = slots[48];
        noon.GetProperty("start").GetString().ShouldBe("2026-09-21T12:00:00");
        noon.GetProperty("expected").GetDouble().ShouldBe(40, 6);
        noon.GetProperty("low").GetInt32().ShouldBeLessThan(noon.GetProperty("high").GetInt32());
    }

    [Fact]
    public void Past_nights_are_compared_with_last_week()
    {
        var (exit, output, errors) = Forecast("--year", "1", "--nights", "3");
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("3 nights, 576 slots");
        output.ShouldContain("same slot last week");
    }

    [Fact]
    public void A_plan_says_where_the_roster_is_short()
    {
        var roster = Write("roster.csv", "slot,agents\n2026-09-21T12:00,1\n2026-09-21T12:15,99\n");
        var (exit, output, errors) = Staff("--history", History(20), "--quick", "--roster", roster, "--json", At("plan.json"));
        (exit, errors).ShouldBe((3, ""));
        var lines = output.Split('\n');
        lines.Single(static line => line.StartsWith("2026-09-21 12:00")).ShouldContain("SHORT");
        lines.Single(static line => line.StartsWith("2026-09-21 12:15")).ShouldNotContain("SHORT");
        var plan = JsonDocument.Parse(File.ReadAllBytes(At("plan.json"))).RootElement.GetProperty("slots");
        plan[48].GetProperty("agents").GetInt32().ShouldBeGreaterThan(1);
        plan[48].GetProperty("onRoster").GetInt32().ShouldBe(1);
        plan[48].GetProperty("silos").GetInt32().ShouldBe(2);
    }

    [Fact]
    public void The_simulator_tells_what_part_is_answered_in_time()
    {
        var (exit, output, _) = Staff("--history", History(15));
        exit.ShouldBe(0);
        output.Split('\n').Single(static line => line.StartsWith("2026-09-16 12:00")).ShouldContain("%");
    }

    [Fact]
    public async Task A_campus_tells_its_own_tickets()
    {
        var noon = DateTimeOffset.UtcNow.Date.AddDays(-2).AddHours(4); // 12:00 in China
        await Open(noon, "t1", "t2", "t3");

        var (exit, output, errors) = Forecast("--campus", "north", "--data", _folder.FullName, "--from", noon.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "--json", At("slots.json"));

        (exit, errors).ShouldBe((0, ""));
        var slots = JsonDocument.Parse(File.ReadAllBytes(At("slots.json"))).RootElement.GetProperty("slots").EnumerateArray().Select(static slot => slot.GetProperty("expected").GetDouble()).ToList();
        slots[48].ShouldBeGreaterThan(1);
        slots[40].ShouldBeLessThan(slots[48] / 3);
        output.ShouldContain("most of them at 12:00");
        Forecast("--campus", "south", "--data", _folder.FullName).Errors.ShouldContain("no tickets of a campus south");
    }

    [Theory]
    [InlineData("slot,contacts\n2026-09-01T00:07,1\n", "line 2: slot must be a quarter of an hour")]
    [InlineData("slot,contacts\n2026-09-01T00:00,1\n2026-09-01T00:00,1\n", "line 3: 2026-09-01T00:00 is there twice")]
    [InlineData("slot,contacts\n2026-09-01T00:00,-1\n", "contacts must be a whole number")]
    [InlineData("slot,rain\n2026-09-01T00:00,wet\n", "rain must be millimetres")]
    [InlineData("slot,day\n2026-09-01T00:00,feast\n", "day must be term, exam or holiday")]
    [InlineData("slot,people\n", "has a column people")]
    [InlineData("time\n", "names the column slot")]
    [InlineData("slot\n", "has no rows")]
    [InlineData("slot\n1990-01-01T00:00\n2026-09-01T00:00\n", "spans more than")]
    public void A_bad_history_is_refused_by_line(string text, string saying)
    {
        var (exit, _, errors) = Forecast("--history", Write("bad.csv", text));
        exit.ShouldBe(1);
        errors.ShouldContain(saying);
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public void A_source_has_to_be_named_and_rules_to_be_right()
    {
        Forecast().Errors.ShouldContain("--history FILE");
        Forecast("--history", At("none.csv")).Errors.ShouldContain("none.csv");
        Staff("--history", History(3), "--rules", Write("rules.json", """{ "chatsAtOnce": 0 }""")).Errors.ShouldContain("rules.json: chatsAtOnce");
        Forecast("--campus", "north", "--data", At("nowhere")).Errors.ShouldContain("database");
    }

    private async Task Open(DateTimeOffset at, params string[] ids)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddCampusCareStorage(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Path", At(StorageOptions.FileName))]).Build())
            .BuildServiceProvider();
        await services.GetRequiredService<Migrator>().Migrate();
        TicketEvent[] events =
        [
            new Opened("c1", "s1", CustomerRole.Student, Channel.Web, null, Category.LateDelivery, 0.9, Urgency.Normal, Sentiment.Neutral),
            new Queued("delivery", at, at.ToUnixTimeMilliseconds(), []),
        ];
        var ticket = events.Aggregate(Ticket.None, (state, happened) => state.Apply(happened, at));
        foreach (var id in ids)
            (await services.GetRequiredService<ITicketJournal>().Append(new Append(0, EventHash.None, [.. events.Select(happened => TicketEventCodec.Encode(happened, at))], ticket.Row("north", id)))).ShouldBeOfType<AppendResult.Committed>();
    }

    /// <summary>Days from 2026-09-01 on: 40 contacts a slot around noon, 4 else.</summary>
    private string History(int days)
    {
        var text = new StringBuilder("slot,contacts\n");
        for (var i = 0; i < days * 96; i++)
            text.Append(CultureInfo.InvariantCulture, $"{new DateTime(2026, 9, 1).AddMinutes(15 * i):yyyy-MM-ddTHH:mm},{(i % 96 is >= 44 and < 54 ? 40 : 4) + i * 7 % 5 - 2}\n");
        return Write("history.csv", text.ToString());
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private static (int Exit, string Output, string Errors) Forecast(params string[] arguments) => Run(ForecastCommand.Create(), arguments);

    private static (int Exit, string Output, string Errors) Staff(params string[] arguments) => Run(StaffCommand.Create(), arguments);

    private static (int Exit, string Output, string Errors) Run(Command command, string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        var exit = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (exit, output.ToString(), errors.ToString());
    }
}
