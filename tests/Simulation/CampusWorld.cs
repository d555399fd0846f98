using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Triage;
using CampusCare.Embedded;
using CampusCare.Embedded.Simulation;
using CampusCare.Grains;
using CampusCare.Grains.Channels;
using CampusCare.Grains.Knowledge;
using CampusCare.Grains.LanguageModels;
using CampusCare.Grains.Orders;
using CampusCare.Grains.Remedies;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CampusCare.Simulation;

/// <summary>
/// A campus at the rush, with the real grains, in virtual time: several silos, people, and faults. One seed decides
/// everything; the same seed replays it.
/// </summary>
public sealed class CampusWorld : IDisposable
{
    internal const string Campus = "north";

    internal static readonly string[] Queues = ["delivery", "food", "safety", "general"];

    // Commands are repeated until they get an answer; somebody who gets none for so long is a bug in the world.
    private const int MaximumTries = 500;
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(90);

    private readonly int _seed;
    private readonly InMemoryJournal _store;
    private readonly TruthJournal _journal;
    private readonly InMemoryStaffJournal _staff = new();
    private readonly MemoryGrainStorage _states = new(StateJson.StoreOptions);
    private readonly List<SimulatedAgent> _agents = [];
    private readonly List<SimulatedGateway> _gateways = [];
    private int _gatewaysStarted;
    private int _faults;

    public CampusWorld(int seed, WorldOptions options)
    {
        _seed = seed;
        Options = options;
        Simulation = new GrainSimulation(seed, Configure);
        Random = Simulation.Random;
        Invariants = new Invariants(Time, options);
        var salt = new Random(seed);
        _store = new InMemoryJournal(bytes => salt.NextBytes(bytes)) { GuardsDesks = options.Mutation != Mutation.DesksAreUnguarded };
        _journal = new TruthJournal(_store, Invariants, Time, Random, options.Mutation);
        Simulation.AfterTurn = () =>
        {
            if (Invariants.Broken is { } broken) throw broken;
        };
    }

    /// <summary>What the tickets' journal has.</summary>
    public ITicketHistory Tickets => _store;

    /// <summary>What the staff journal has.</summary>
    public IStaffJournal Staff => _staff;

    internal WorldOptions Options { get; }

    internal GrainSimulation Simulation { get; }

    internal Invariants Invariants { get; }

    internal IGrainFactory Grains => Simulation.Grains;

    internal TimeProvider Time => Simulation.Time;

    internal Random Random { get; }

    internal int Solved { get; set; }

    internal int GaveUp { get; set; }

    /// <summary>Lives through the rush until everybody who asked has an end.</summary>
    /// <exception cref="InvariantBrokenException">Something that must always hold does not.</exception>
    public WorldReport Run()
    {
        var start = Time.GetUtcNow();
        Simulation.Run(Live);
        Simulation.Run(Verify);
        return new WorldReport(_seed, Invariants.Acknowledged, Solved, GaveUp, _journal.Events, _faults, Time.GetUtcNow() - start, Simulation.Turns, Simulation.Digest, Told());
    }

    private string Told() => string.Join(", ", Invariants.Happened.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => $"{entry.Key} {entry.Value}"));

    public void Dispose() => Simulation.Dispose();

    internal TimeSpan Exponential(TimeSpan mean) => mean * -Math.Log(1 - Random.NextDouble());

    /// <summary>A command with an id may be repeated: so it is, until there is a clear answer.</summary>
    internal async Task<Outcome<T>> Stubbornly<T>(Func<Task<Outcome<T>>> command) where T : class
    {
        for (var tries = 0; tries < MaximumTries; tries++)
        {
            try
            {
                var outcome = await command();
                if (outcome.Refusal is not { Code: RefusalCode.OutcomeUnknown or RefusalCode.StorageUnavailable or RefusalCode.Overloaded }) return outcome;
            }
            catch (Exception error) when (error is not InvalidOperationException)
            {
                // The silo died, or the message or its answer got lost: nobody knows, so ask again.
            }
            await Task.Delay(TryAgain, Time);
        }
        throw new InvalidOperationException("A command got no answer for minutes.");
    }

    internal async Task Stubbornly(Func<Task> command) => await Stubbornly(async () =>
    {
        await command();
        return new Outcome<string>("done", null);
    });

    internal SimulatedAgent AnyAgent() => _agents[Random.Next(_agents.Count)];

    internal SimulatedGateway AnyGateway() => _gateways[Random.Next(_gateways.Count)];

    /// <summary>One gateway dies, another one is started.</summary>
    internal string LoseGateway()
    {
        var lost = AnyGateway();
        _gateways.Remove(lost);
        _gateways.Add(new SimulatedGateway(this, _gatewaysStarted++));
        lost.Die();
        return lost.Name;
    }

    private async Task Live()
    {
        await SetUp();
        var customers = new List<Task>();
        var faults = Options.Faults ? new FaultPlan(this, _journal, _agents) : null;
        var watch = Simulation.StartClient();
        _ = watch.Start(WatchEverySecond);
        var trouble = Simulation.StartClient();
        if (faults is not null) _ = trouble.Start(faults.Strike);
        var opening = Time.GetUtcNow();
        var course = Options.Course?.Draw(Options.Contacts, Random);
        for (var i = 0; i < Options.Contacts; i++)
        {
            await Task.Delay(course is null ? Exponential(TimeSpan.FromMinutes(1 / Options.ContactsPerMinute)) : Later(opening + course[i]), Time);
            var number = i;
            customers.Add(Simulation.StartClient().Start(() => SimulatedCustomer.Live(this, number)));
        }
        trouble.Vanish();
        faults?.Heal();
        _faults = faults?.Count ?? 0;
        await Task.WhenAny(Task.WhenAll(customers), Task.Delay(LongestEnd, Time));
        foreach (var failed in customers.Where(customer => customer.IsFaulted)) await failed;
        if (!Invariants.AllEnded)
            Invariants.Break(Invariants.Nowhere, $"after {LongestEnd.TotalMinutes} minutes without arrivals and faults, somebody who asked has no end: {Invariants.Lost}.");
        watch.Vanish();
    }

    private TimeSpan Later(DateTimeOffset moment) => moment > Time.GetUtcNow() ? moment - Time.GetUtcNow() : TimeSpan.Zero;

    private async Task WatchEverySecond()
    {
        while (true)
        {
            await Task.Delay(Second, Time);
            Invariants.LookAround();
            // A wrong order is only read by a queue that forgot its own.
            if (Options.Mutation == Mutation.OrderIsUpsideDown && Invariants.Waiting > 20)
                foreach (var queue in Queues) Simulation.LoseActivation(Grains.Queue(Campus, queue));
        }
    }

    private async Task SetUp()
    {
        await Stubbornly(() => Grains.Campus(Campus).Configure(new CampusSettings(Campus, "北苑校区", "North", "east",
        [
            Queue("delivery", "配送", "Delivery", "general", Category.LateDelivery, Category.RiderConduct, Category.AddressAndContact) with { MaximumWaiting = 25 },
            Queue("food", "餐品", "Food", "safety", Category.FoodQuality, Category.MissingItem, Category.WrongItem, Category.Packaging),
            Queue("safety", "食品安全", "Food safety", null, Category.FoodSafety) with { MinimumLevel = 4 },
            Queue("general", "综合", "General", null, Category.Other),
        ])
        { Bot = new BotSettings(Options.Bot) }));
        if (Options.Bot) await Stubbornly(() => Grains.Knowledge(GrainKeys.SharedLibrary).TakeIn(Articles()));
        while (_gatewaysStarted < Options.Gateways) _gateways.Add(new SimulatedGateway(this, _gatewaysStarted++));
        for (var i = 0; i < Options.Agents; i++)
        {
            var id = $"a{i}";
            var levels = Queues.ToDictionary(queue => queue, queue => queue == "safety" && i % 4 != 0 ? 2 : 4);
            Invariants.Enroll(id, levels);
            var capacity = Options.Mutation == Mutation.AgentOverbooks ? Options.Capacity + 2 : Options.Capacity;
            var profile = new AgentProfile(id, $"坐席{i}", [.. Queues], [.. levels.Select(level => new SkillNeed(level.Key, level.Value))], capacity)
            {
                Forms = Options.Forms,
            };
            await Stubbornly(() => Grains.Campus(Campus).Enroll(profile));
            var agent = new SimulatedAgent(this, id);
            _agents.Add(agent);
            agent.Arrive();
        }
    }

    private static ImmutableArray<PublishedVersion> Articles()
    {
        using var stream = typeof(CampusWorld).Assembly.GetManifestResourceStream("knowledge.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return [.. ArticleFile.Read(bytes).Select(static article => new PublishedVersion(article.Id, 1, article.Content()))];
    }

    private QueueSettings Queue(string queue, string zh, string en, string? next, params Category[] categories) => new(queue, zh, en, [.. categories])
    {
        Targets = Options.Targets,
        EscalateTo = next,
        EscalateAfterSeconds = Options.EscalateAfterSeconds,
    };

    private async Task Verify()
    {
        if (Options.Mutation == Mutation.HistoryIsRewritten) _store.Tamper(Invariants.Cases.First().Id, 1, static stored => stored with { Payload = "{}" });
        var report = await _store.Verifier.Verify();
        if (report.First is { } first) Invariants.Break(Invariants.Chain, $"{first.TicketId} at {first.Seq}: {first.Kind}.");
        if (Invariants.Broken is { } broken) throw broken;
    }

    private void Configure(SimulationOptions simulation)
    {
        simulation.Silos = Options.Silos;
        simulation.Grains.GrainAssemblies.Add(typeof(StateStores).Assembly);
        simulation.Grains.ResponseTimeout = TimeSpan.FromSeconds(5);
        simulation.DeathNoticedAfter = TimeSpan.FromSeconds(3);
        if (Options.Faults)
        {
            simulation.HintLost = 0.01;
            simulation.HintRepeated = 0.01;
            simulation.CallLost = 0.001;
            simulation.AnswerLost = 0.001;
            simulation.HeldUp = 0.002;
        }
        if (Options.Mutation == Mutation.HintsGetLost) simulation.HintLost = 1;
        simulation.ConfigureServices = (services, _) => services
            .AddSingleton<ITicketJournal>(_ => _journal)
            .AddSingleton(_ => Options.Mutation == Mutation.OrderIsUpsideDown ? new UpsideDownRows(_store.ReadModel) : (ITicketReadModel)_store.ReadModel)
            .AddSingleton<IStaffJournal>(_ => new TruthStaffJournal(_staff, Invariants, Options.Mutation))
            .AddSingleton(TriageModel.Default)
            .AddSingleton<IEvidenceFiles, InMemoryEvidence>()
            .AddSingleton<IProductTeam>(_ => new SimulatedProductTeam(Random))
            .AddSingleton<IAlertRoom, NoAlertRoom>()
            .AddSingleton<KnownGateways>()
            .AddSingleton<IOrderBook, NoOrderBook>()
            .AddSingleton<IRemedyProvider, NoRemedyProvider>()
            .AddSingleton<ILanguageModel, NoLanguageModel>()
            .AddSingleton<IReplySender>(_ => new SimulatedProvider(Random, Time, Invariants, Options.Mutation))
            .AddKeyedSingleton<IGrainStorage>(StateStores.Main, (_, _) => _states);
    }
}
