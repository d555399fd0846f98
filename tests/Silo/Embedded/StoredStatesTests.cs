using CampusCare.Grains.Agents;
using CampusCare.Silo.Hosting;
using CampusCare.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CampusCare.Silo.Tests.Embedded;

/// <summary>The embedded engine's states and reminders outlive the process, and no writer overwrites what it hasn't seen.</summary>
public sealed class StoredStatesTests : IAsyncLifetime
{
    private static readonly GrainId Agent = GrainId.Create("agent", "north/a1");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-silo-");
    private ServiceProvider _services = null!;

    private StoredStates Storage => new(_services.GetRequiredService<GrainStateTable>());

    private StoredReminders Reminders => new(_services.GetRequiredService<ReminderRows>());

    public async Task InitializeAsync()
    {
        _services = Start();
        await _services.GetRequiredService<Migrator>().Migrate();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_state_outlives_the_process()
    {
        var written = new GrainState<AgentState>(new AgentState { Reason = "午饭" });
        await Storage.WriteStateAsync("agent", Agent, written);
        await _services.DisposeAsync();
        _services = Start();

        var read = await Read();

        read.State.ShouldBe(written.State);
        (read.ETag, read.RecordExists).ShouldBe((written.ETag, true));
    }

    [Fact]
    public async Task What_was_never_written_does_not_exist()
    {
        var read = await Read();

        (read.State, read.ETag, read.RecordExists).ShouldBe((null, null, false));
        await Storage.ClearStateAsync("agent", Agent, read);
        (await Read()).ETag.ShouldBeNull("clearing nothing leaves nothing");
    }

    [Fact]
    public async Task A_writer_with_an_old_tag_is_turned_away()
    {
        var first = await Read();
        var second = await Read();
        first.State = new AgentState { Reason = "first" };
        second.State = new AgentState { Reason = "second" };
        await Storage.WriteStateAsync("agent", Agent, first);

        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("agent", Agent, second));
        await Should.ThrowAsync<InconsistentStateException>(Storage.ClearStateAsync("agent", Agent, second));

        (await Read()).State!.Reason.ShouldBe("first");
        await Storage.WriteStateAsync("agent", Agent, first);
    }

    [Fact]
    public async Task A_cleared_state_is_gone_and_can_be_written_again()
    {
        var state = new GrainState<AgentState>(new AgentState());
        await Storage.WriteStateAsync("agent", Agent, state);
        var stale = await Read();
        await Storage.ClearStateAsync("agent", Agent, state);

        (await Read()).RecordExists.ShouldBeFalse();
        await Should.ThrowAsync<InconsistentStateException>(Storage.WriteStateAsync("agent", Agent, stale));
        await Storage.WriteStateAsync("agent", Agent, state);
        (await Read()).RecordExists.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reminder_outlives_the_process()
    {
        var start = new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
        var entry = new ReminderEntry { GrainId = Agent, ReminderName = "survey", StartAt = start, Period = TimeSpan.FromHours(72) };
        var tag = await Reminders.UpsertRow(entry);
        await _services.DisposeAsync();
        _services = Start();

        var read = (await Reminders.ReadRows(0, 0)).Reminders.ShouldHaveSingleItem();

        (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag).ShouldBe((Agent, "survey", start, entry.Period, tag));
        read.StartAt.Kind.ShouldBe(DateTimeKind.Utc);
        (await Reminders.ReadRows(Agent)).Reminders.Count.ShouldBe(1);
        (await Reminders.ReadRow(Agent, "other")).ShouldBeNull();
        (await Reminders.RemoveRow(Agent, "survey", tag!)).ShouldBeTrue();
        (await Reminders.ReadRows(0, 0)).Reminders.ShouldBeEmpty();
    }

    private ServiceProvider Start()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Path"] = Path.Combine(_folder.FullName, "campuscare.db"),
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddCampusCareStorage(configuration)
            .BuildServiceProvider();
    }

    private async Task<GrainState<AgentState>> Read()
    {
        var state = new GrainState<AgentState>();
        await Storage.ReadStateAsync("agent", Agent, state);
        return state;
    }
}
