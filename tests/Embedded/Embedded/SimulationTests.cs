using CampusCare.Embedded.Simulation;
using CampusCare.Embedded.Tests.Grains;
using Orleans.Storage;

namespace CampusCare.Embedded.Tests.Embedded;

/// <summary>A seed decides everything, and what it decides is what a cluster can suffer.</summary>
public sealed class SimulationTests
{
    private readonly ClusterSettings _settings = new();

    private Probe Probe => _settings.Probe;

    [Fact]
    public void A_seed_replays_exactly_and_another_takes_another_course()
    {
        (ulong Digest, long Turns, string Story) Play(int seed)
        {
            var settings = new ClusterSettings();
            using var simulation = Simulated.Create(seed, settings, options =>
            {
                options.Silos = 3;
                options.CallLost = options.HintLost = options.HintRepeated = options.AnswerLost = options.HeldUp = 0.02;
            });
            simulation.Run(() => BusyHour(simulation));
            return (simulation.Digest, simulation.Turns, string.Join(';', settings.Probe.Told));
        }

        var (first, again, other) = (Play(42), Play(42), Play(43));

        again.ShouldBe(first);
        other.Digest.ShouldNotBe(first.Digest);
        other.Story.ShouldNotBe(first.Story);
    }

    [Fact]
    public void Seeds_find_the_interleavings_that_reentrancy_allows()
    {
        var orders = Enumerable.Range(0, 50).Select(seed =>
        {
            var settings = new ClusterSettings();
            Simulated.Run(seed, settings, async simulation =>
            {
                var grain = simulation.Grains.GetGrain<IReentrantGatedGrain>("any order");
                settings.Probe.Open("open");
                await Task.WhenAll(Enumerable.Range(0, 3).Select(i => grain.Enter($"{i}", "open")));
            });
            return string.Join(' ', settings.Probe.Told.Where(told => told.EndsWith("begins")));
        });

        orders.Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void A_killed_silo_loses_its_grains_and_they_come_back_elsewhere()
    {
        Simulated.Run(7, _settings, async simulation =>
        {
            var grains = Enumerable.Range(0, 20).Select(i => simulation.Grains.GetGrain<IDiaristGrain>($"d{i}")).ToList();
            await Task.WhenAll(grains.Select(grain => grain.Write("before")));
            var hanging = simulation.Grains.GetGrain<IClockGrain>("hanging");
            var call = hanging.HangLonger();
            await simulation.Passes(TimeSpan.FromSeconds(1));

            foreach (var silo in simulation.Silos.Take(2))
                simulation.Kill(silo);

            var answers = await Task.WhenAll(grains.Select(Reachable));
            answers.ShouldContain(false);
            answers.ShouldContain(true);
            await simulation.Passes(TimeSpan.FromSeconds(11));
            foreach (var grain in grains)
                (await grain.Read()).ShouldBe(new Diary("before", 1));
            await Should.ThrowAsync<Exception>(call);
        }, options => options.Silos = 3);
    }

    [Fact]
    public void The_callers_of_a_killed_silo_learn_it_at_once()
    {
        Simulated.Run(7, _settings, async simulation =>
        {
            var call = simulation.Grains.GetGrain<IClockGrain>("hanging").HangLonger();
            await simulation.Passes(TimeSpan.FromSeconds(1));

            simulation.Kill(simulation.Silos[0]);

            await Should.ThrowAsync<SiloUnavailableException>(call);
            simulation.Time.GetElapsedTime(0).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        });
    }

    [Fact]
    public void A_lost_activation_forgets_what_it_did_not_store()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            var counter = simulation.Grains.GetGrain<ICounterGrain>("forgetting");
            var diarist = simulation.Grains.GetGrain<IDiaristGrain>("remembering");
            await Task.WhenAll(counter.Add(), diarist.Write("kept"));

            simulation.LoseActivation(counter);
            simulation.LoseActivation(diarist);

            (await counter.Total()).ShouldBe(0);
            (await diarist.Read()).ShouldBe(new Diary("kept", 1));
        });
    }

    [Fact]
    public void A_partition_gives_a_grain_two_activations_and_the_store_lets_one_write()
    {
        Simulated.Run(3, _settings, async simulation =>
        {
            var here = Enumerable.Range(0, 40).Select(i => simulation.Grains.GetGrain<IDiaristGrain>($"torn {i}")).ToList();
            await Task.WhenAll(here.Select(grain => grain.Write("together")));
            var cutOff = simulation.Silos[0];

            simulation.CutOff(cutOff);
            await simulation.Passes(TimeSpan.FromSeconds(11));
            await Task.WhenAll(here.Select(grain => grain.Write("apart")));

            var torn = here.Where(grain => simulation.CountActivations(grain) == 2).ToList();
            torn.ShouldNotBeEmpty();
            simulation.Heal();
            here.ShouldAllBe(grain => simulation.CountActivations(grain) == 1);
            foreach (var grain in here)
                (await grain.Read()).ShouldBe(new Diary("apart", 2));
        }, options => options.Silos = 2);
    }

    [Fact]
    public void Hints_get_lost_and_repeated_and_calls_time_out()
    {
        Simulated.Run(5, _settings, async simulation =>
        {
            Probe.Open("open");
            var grain = simulation.Grains.GetGrain<IGatedGrain>("hints");
            for (var i = 0; i < 1_000; i++)
                await grain.EnterOneWay("hint", "open");
            await simulation.Passes(TimeSpan.FromSeconds(1));
            var come = Probe.Times("hint begins");
            come.ShouldNotBe(1_000);
            come.ShouldBeInRange(850, 1_150);

            var lost = 0;
            for (var i = 0; i < 200; i++)
            {
                var start = simulation.Time.GetTimestamp();
                try
                {
                    await grain.Look();
                }
                catch (TimeoutException)
                {
                    lost++;
                    simulation.Time.GetElapsedTime(start).ShouldBe(TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(10));
                }
            }

            lost.ShouldBeInRange(15, 65);
        }, options =>
        {
            options.HintLost = options.HintRepeated = 0.3;
            options.CallLost = options.AnswerLost = 0.1;
        });
    }

    [Fact]
    public void A_write_whose_answer_is_lost_stops_the_writer_who_does_not_know()
    {
        var (unknown, refused) = (0, 0);
        for (var seed = 0; seed < 50; seed++)
        {
            var settings = new ClusterSettings();
            FaultyGrainStorage? faulty = null;
            using var simulation = Simulated.Create(seed, settings);
            faulty = new FaultyGrainStorage(settings.Shelf, simulation.Time, simulation.Random) { AnswerLost = 0.2, Failed = 0.2 };
            simulation.Run(async () =>
            {
                IGrainStorage store = faulty;
                var writer = new GrainState<string>("one");
                for (var i = 0; i < 10; i++)
                {
                    try
                    {
                        await store.WriteStateAsync("s", GrainId.Create("writer", "w"), writer);
                    }
                    catch (IOException)
                    {
                        unknown++;
                    }
                    catch (InconsistentStateException)
                    {
                        refused++;
                    }
                }
            });
        }

        unknown.ShouldBeGreaterThan(0);
        refused.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_client_that_vanishes_does_nothing_more_and_hears_nothing_more()
    {
        Simulated.Run(1, _settings, async simulation =>
        {
            var client = simulation.StartClient();
            _ = client.Start(async () =>
            {
                await simulation.Passes(TimeSpan.FromSeconds(10));
                Probe.Tell("still there");
            });
            await simulation.Passes(TimeSpan.FromSeconds(5));

            client.Vanish();

            await simulation.Passes(TimeSpan.FromSeconds(10));
            Probe.Times("still there").ShouldBe(0);
        });
    }

    [Fact]
    public void Every_turn_can_be_checked()
    {
        var checks = 0L;
        using var simulation = Simulated.Create(1, _settings);
        simulation.AfterTurn = () => checks++;

        simulation.Run(() => simulation.Grains.GetGrain<ICounterGrain>("checked").AddMany(10));

        checks.ShouldBe(simulation.Turns);
        checks.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void What_leaves_the_simulation_is_reported_when_it_comes_back()
    {
        using var simulation = Simulated.Create(1, _settings, options => options.MaxTurnsPerInstant = 50_000_000);

        Should.Throw<InvalidOperationException>(() => simulation.Run(async () =>
        {
            _ = simulation.Grains.GetGrain<IEscapingGrain>("x").Escape("outside");
            await simulation.Passes(TimeSpan.FromSeconds(1));
            Probe.Open("outside");
            while (true)
                await Task.Yield();
        })).Message.ShouldContain("outside the simulation");
    }

    [Fact]
    public void Waiting_for_what_never_comes_is_reported()
    {
        using var simulation = Simulated.Create(1, _settings);

        Should.Throw<InvalidOperationException>(() => simulation.Run(() => new TaskCompletionSource().Task)).Message.ShouldContain("never comes");
    }

    [Fact]
    public void Going_round_in_circles_is_reported()
    {
        using var simulation = Simulated.Create(1, _settings, options => options.MaxTurnsPerInstant = 1_000);

        Should.Throw<InvalidOperationException>(() => simulation.Run(async () =>
        {
            while (true)
                await Task.Yield();
        })).Message.ShouldContain("no time has passed");
    }

    private static async Task<bool> Reachable(IDiaristGrain grain)
    {
        try
        {
            await grain.Read();
            return true;
        }
        catch (SiloUnavailableException)
        {
            return false;
        }
    }

    private async Task BusyHour(GrainSimulation simulation)
    {
        var clients = Enumerable.Range(0, 10).Select(i => simulation.StartClient().Start(async () =>
        {
            for (var call = 0; call < 20; call++)
            {
                await simulation.Passes(TimeSpan.FromSeconds(simulation.Random.Next(60)));
                try
                {
                    await simulation.Grains.GetGrain<ILifeGrain>($"life {simulation.Random.Next(5)}").Touch();
                    await simulation.Grains.GetGrain<IGatedGrain>($"gated {i}").FailOneWay($"hint {i} {call}");
                }
                catch (TimeoutException)
                {
                    simulation.Kill(simulation.Silos[0]);
                    simulation.StartSilo();
                }
                catch (SiloUnavailableException)
                {
                    // As callers do: later, again.
                }
            }
        }));
        await Task.WhenAll(clients);
    }
}
