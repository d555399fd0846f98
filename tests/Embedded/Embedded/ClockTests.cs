namespace CampusCare.Embedded.Tests.Embedded;

/// <summary>Everything that has a time keeps to it exactly, by the clock that the engine was given.</summary>
public sealed class ClockTests
{
    private readonly ClusterSettings _settings = new();

    private Probe Probe => _settings.Probe;

    [Fact]
    public void A_caller_waits_as_long_as_the_method_says_or_else_the_engine()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            var grain = simulation.Grains.GetGrain<IClockGrain>("hanging");
            var start = simulation.Time.GetTimestamp();

            await Should.ThrowAsync<TimeoutException>(grain.Hang());
            simulation.Time.GetElapsedTime(start).ShouldBe(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(20));

            await Should.ThrowAsync<TimeoutException>(simulation.Grains.GetGrain<IClockGrain>("hanging longer").HangLonger());
            simulation.Time.GetElapsedTime(start).ShouldBe(TimeSpan.FromSeconds(35), TimeSpan.FromMilliseconds(20));
        });
    }

    [Fact]
    public void A_request_that_timed_out_waiting_never_runs()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            var grain = simulation.Grains.GetGrain<Grains.IGatedGrain>("late");
            var first = grain.Enter("first", "late");
            await simulation.Passes(TimeSpan.FromSeconds(1));
            await Should.ThrowAsync<TimeoutException>(grain.Enter("second", "late"));
            await Should.ThrowAsync<TimeoutException>(first);

            Probe.Open("late");
            await simulation.Passes(TimeSpan.FromSeconds(1));
            Probe.Times("first ends").ShouldBe(1);
            Probe.Times("second begins").ShouldBe(0);
        });
    }

    [Fact]
    public void An_idle_activation_ends_at_its_age_after_its_last_use()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            var grain = simulation.Grains.GetGrain<IClockGrain>("idle");
            await grain.Touch();
            await simulation.Passes(TimeSpan.FromMinutes(10));
            await grain.Touch();
            await simulation.Passes(TimeSpan.FromMinutes(30));
            Probe.Told.ShouldBe(["idle ends at 00:25:00.0: ActivationIdle"]);
        });
    }

    [Fact]
    public void Ticks_keep_an_activation_alive_only_if_they_say_so()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            await simulation.Grains.GetGrain<IClockGrain>("lazy").TickEvery(TimeSpan.FromMinutes(7), keepAlive: false);
            await simulation.Grains.GetGrain<IClockGrain>("keen").TickEvery(TimeSpan.FromMinutes(7), keepAlive: true);
            await simulation.Passes(TimeSpan.FromMinutes(60));
            Probe.Told.Count(told => told.StartsWith("lazy ticks")).ShouldBe(2);
            Probe.Told.ShouldContain("lazy ends at 00:15:00.0: ActivationIdle");
            Probe.Told.Count(told => told.StartsWith("keen ticks")).ShouldBe(8);
            Probe.Told.ShouldNotContain(told => told.StartsWith("keen ends"));
        });
    }

    [Fact]
    public void An_activation_stays_as_long_as_it_asked_to()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            await simulation.Grains.GetGrain<IClockGrain>("kept").Keep(TimeSpan.FromHours(2));
            await simulation.Passes(TimeSpan.FromHours(3));
            Probe.Told.ShouldBe(["kept ends at 02:00:00.0: ActivationIdle"]);
        });
    }

    [Fact]
    public void The_next_tick_comes_a_period_after_the_one_before_has_ended()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            await simulation.Grains.GetGrain<IClockGrain>("slow").TickSlowly(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
            await simulation.Passes(TimeSpan.FromSeconds(100));
            Probe.Told.ShouldBe(["slow ticks at 00:00:10.0", "slow ticks at 00:00:50.0", "slow ticks at 00:01:30.0"]);
        });
    }

    [Fact]
    public void An_activation_that_never_gets_ready_fails_its_callers()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            var call = simulation.Grains.GetGrain<ISleepyGrain>("sleepy").Touch();
            await Should.ThrowAsync<OperationCanceledException>(call);
            simulation.Time.GetElapsedTime(0).ShouldBe(TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(20));
        }, options => options.Grains.ActivationTimeout = TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Reminders_come_on_the_minute_for_months_across_restarts_and_missed_ones_are_not_made_up_for()
    {
        var daily = TimeSpan.FromDays(1);
        Simulated.Run(1, _settings, async simulation =>
        {
            await simulation.Grains.GetGrain<Grains.IForgetfulGrain>("daily").RemindEvery("daily", daily);
            await simulation.Passes(TimeSpan.FromDays(90.5));
        });
        Probe.Times("reminded of daily").ShouldBe(91);

        // Ten days later.
        Simulated.Run(2, _settings, simulation => simulation.Passes(TimeSpan.FromDays(5)), options => options.Start = options.Start.AddDays(100.5));
        Probe.Times("reminded of daily").ShouldBe(96);
    }

    [Fact]
    public void A_reminder_may_be_farther_away_than_any_timer_reaches()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            await simulation.Grains.GetGrain<Grains.IForgetfulGrain>("yearly").RemindEvery("yearly", TimeSpan.FromDays(365));
            await simulation.Passes(TimeSpan.FromDays(364));
            Probe.Times("reminded of yearly").ShouldBe(1);
            await simulation.Passes(TimeSpan.FromDays(2));
            Probe.Times("reminded of yearly").ShouldBe(2);
        });
    }
}
