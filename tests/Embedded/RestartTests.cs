using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>What must outlive the process, and what a stop must finish.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly ClusterSettings _settings = new();
    private IEngineCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await EngineCluster.StartAsync(_settings);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task State_survives_a_restart()
    {
        await _cluster.Grains.GetGrain<IDiaristGrain>("old hand").Write("before").Soon();

        await _cluster.RestartAsync().Soon();

        (await _cluster.Grains.GetGrain<IDiaristGrain>("old hand").Read().Soon()).ShouldBe(new Diary("before", 1));
    }

    [Fact]
    public async Task A_stop_deactivates_every_activation()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _cluster.Grains.GetGrain<ILifeGrain>($"worker {i}").Touch())).Soon();

        await _cluster.RestartAsync().Soon();

        for (var i = 0; i < 20; i++)
            _settings.Probe.Times($"worker {i} deactivates: ShuttingDown").ShouldBe(1);
    }

    [Fact]
    public async Task A_reminder_comes_again_and_again_until_it_is_removed()
    {
        var grain = _cluster.Grains.GetGrain<IForgetfulGrain>("forgetful");
        await grain.RemindEvery("bread", TimeSpan.FromMilliseconds(20)).Soon();
        await _settings.Probe.Hears("reminded of bread", times: 3);
        (await grain.HasReminder("bread").Soon()).ShouldBeTrue();
        (await grain.CountReminders().Soon()).ShouldBe(1);

        await grain.Forget("bread").Soon();

        (await grain.HasReminder("bread").Soon()).ShouldBeFalse();
        (await grain.CountReminders().Soon()).ShouldBe(0);
    }

    [Fact]
    public async Task A_reminder_survives_a_restart_and_wakes_its_grain()
    {
        await _cluster.Grains.GetGrain<IForgetfulGrain>("sleeper").RemindEvery("milk", TimeSpan.FromMilliseconds(50)).Soon();
        await _settings.Probe.Hears("reminded of milk");

        await _cluster.RestartAsync().Soon();

        var before = _settings.Probe.Times("reminded of milk");
        await _settings.Probe.Hears("reminded of milk", before + 1);
    }

    [Fact]
    public async Task A_reminder_that_comes_too_often_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(
            _cluster.Grains.GetGrain<IForgetfulGrain>("hasty").RemindEvery("too often", TimeSpan.FromMilliseconds(1)).Soon());
    }
}
