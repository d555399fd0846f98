using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Channels;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Embedded;
using CampusCare.Embedded.Simulation;
using CampusCare.Grains;
using CampusCare.Grains.Channels;
using CampusCare.Grains.Journals;
using CampusCare.Grains.LanguageModels;
using CampusCare.Grains.Orders;
using CampusCare.Grains.Remedies;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CampusCare.Simulation.Tests;

/// <summary>The real grains in virtual time, with nobody in them: a test says what happens, and what gets lost when.</summary>
internal sealed class SmallWorld : IDisposable
{
    public const string North = "north";

    private readonly InMemoryJournal _store = new(bytes => bytes.Clear());

    public SmallWorld(int silos = 1)
    {
        Simulation = new GrainSimulation(1, options =>
        {
            Net = options;
            options.Silos = silos;
            options.DeathNoticedAfter = TimeSpan.FromSeconds(3);
            options.Grains.GrainAssemblies.Add(typeof(StateStores).Assembly);
            options.Grains.ResponseTimeout = TimeSpan.FromSeconds(5);
            options.ConfigureServices = (services, _) => services
                .AddSingleton<ITicketJournal>(new WatchedJournal(_store, this))
                .AddSingleton<ITicketReadModel>(_store.ReadModel)
                .AddSingleton<IStaffJournal>(Staff)
                .AddSingleton(TriageModel.Default)
                .AddSingleton<IEvidenceFiles, InMemoryEvidence>()
                .AddSingleton<IAlertRoom, NoAlertRoom>()
                .AddSingleton<KnownGateways>()
                .AddSingleton<IReplySender>(new Outside())
                .AddSingleton<IProductTeam>(new Outside())
                .AddSingleton<IOrderBook, NoOrderBook>()
                .AddSingleton<IRemedyProvider, NoRemedyProvider>()
                .AddSingleton<ILanguageModel, NoLanguageModel>()
                .AddKeyedSingleton<IGrainStorage>(StateStores.Main, (_, _) => States);
        });
    }

    public GrainSimulation Simulation { get; }

    /// <summary>What gets lost from now on.</summary>
    public SimulationOptions Net { get; private set; } = null!;

    public FailingStaffJournal Staff { get; } = new();

    public FailingStates States { get; } = new();

    /// <summary>Called when an event of this type was stored, before anybody is told.</summary>
    public Action<string> Stored { get; set; } = static _ => { };

    public IGrainFactory Grains => Simulation.Grains;

    public HistoryReader Journals => new(_store, Staff);

    public Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Simulation.Time);

    public async Task Open(string campus = North, bool lends = false, params RingSettings[] rings)
    {
        var queue = new QueueSettings("delivery", "配送", "Delivery", [Category.LateDelivery]) { Lends = lends, Rings = [.. rings] };
        var configured = await Grains.Campus(campus).Configure(new CampusSettings(campus, campus, campus, "east", [queue, new QueueSettings("experts", "专家", "Experts", [Category.Other])]));
        configured.Refusal.ShouldBeNull();
    }

    public async Task<IAgentGrain> Agent(string id, string queue, int chats = 3, string campus = North)
    {
        await Grains.Campus(campus).Enroll(new AgentProfile(id, id, [queue], [new SkillNeed(queue, 5)], chats));
        var agent = Grains.Agent(campus, id);
        (await agent.SetStatus(new SetStatus(AgentStatus.Available))).Refusal.ShouldBeNull();
        return agent;
    }

    public async Task<ITicketGrain> Ask(string customer, Channel channel = Channel.Web, string campus = North)
    {
        var contact = new OpenTicket("c1", new CustomerRef(customer, "同学", CustomerRole.Student, "13800000000"), channel, "我的外卖一个小时了还没到");
        return Grains.Ticket(campus, (await Grains.Customer(campus, customer).Contact(contact)).Value!.Ticket.TicketId);
    }

    /// <summary>The agent takes what is offered.</summary>
    public async Task<TicketView> Accept(string agentId, string campus = North)
    {
        while (true)
        {
            if ((await Grains.Agent(campus, agentId).Desk()).Value!.Offers.FirstOrDefault() is { } offer)
            {
                var accepted = await Grains.Ticket(offer.Ticket.Campus, offer.Ticket.TicketId).Accept(new AnswerOffer(offer.Reservation.Home is null ? agentId : $"{campus}/{agentId}", offer.Reservation.ReservationId));
                if (accepted.Value is { } view) return view;
            }
            await Wait(0.1);
        }
    }

    public void Dispose() => Simulation.Dispose();

    private sealed class Outside : IReplySender, IProductTeam
    {
        public bool IsThere => false;

        public Task<bool> Tell(ProductEscalation escalation) => Task.FromResult(true);

        public Task<ReplyTried> Send(string campus, string ticketId, string key, OutgoingMessage message) =>
            Task.FromResult(new ReplyTried(message.Seq, message.Channel, ReplyEnd.Sent));
    }

    private sealed class WatchedJournal(ITicketJournal inner, SmallWorld world) : ITicketJournal
    {
        public async Task<AppendResult> Append(Append append)
        {
            var result = await inner.Append(append);
            foreach (var stored in append.Events) world.Stored(stored.Type);
            return result;
        }

        public Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation = default) =>
            inner.Read(campus, ticketId, afterSeq, cancellation);

        public Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation = default) =>
            inner.ErasePersonal(campus, ticketId, cancellation);
    }
}

/// <summary>A store of which one kind of state can't be read.</summary>
internal sealed class FailingStates : IGrainStorage
{
    private readonly MemoryGrainStorage _inner = new(StateJson.StoreOptions);

    public string? Unreadable { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        stateName == Unreadable ? throw new StorageUnavailableException("Out of order.", new IOException()) : _inner.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _inner.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => _inner.ClearStateAsync(stateName, grainId, grainState);
}

/// <summary>A staff journal that can be out of order.</summary>
internal sealed class FailingStaffJournal : IStaffJournal
{
    private readonly InMemoryStaffJournal _inner = new();

    public bool Fails { get; set; }

    public Task Append(StaffEntry entry) => Fails ? throw new StorageUnavailableException("Out of order.", new IOException()) : _inner.Append(entry);

    public Task<IReadOnlyList<string>> Campuses(CancellationToken cancellation = default) => _inner.Campuses(cancellation);

    public IAsyncEnumerable<StaffEntry> Between(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        _inner.Between(campus, from, to, cancellation);

    public IAsyncEnumerable<StaffEntry> LastBefore(string campus, DateTimeOffset at, CancellationToken cancellation = default) =>
        _inner.LastBefore(campus, at, cancellation);
}
