using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.UseCases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Tests;

/// <summary>The live parts of a gateway over fake grains and a clock that stands still until told.</summary>
internal sealed class LiveParts
{
    public const string Campus = "north";

    public LiveParts()
    {
        Cluster = new Cluster(Grains.Factory, Options.Create(new GatewayOptions()), Clock, Meters, NullLogger<Cluster>.Instance);
        var services = new ServiceCollection().AddSingleton(_ => new GatewayObserver(Tickets!, Desks!, Lines!, null!, Incidents!, Phones!, Renewals!)).BuildServiceProvider();
        Follows = new Follows(Grains.Factory, new ObserverReference(Grains.Factory, services), Clock);
        Lines = new QueueLines(Follows, Cluster, NullLogger<QueueLines>.Instance);
        Tickets = new TicketWatches(Follows, new ReadTickets(Cluster), Lines, Cluster, NullLogger<TicketWatches>.Instance);
        Desks = new AgentDesks(Follows, new AgentWork(Cluster, new AuditTrail(Cluster)), Cluster);
        Incidents = new IncidentBoards(Follows, Cluster, NullLogger<IncidentBoards>.Instance);
        Phones = new LineTickets(Follows, Cluster);
        Renewals = new Renewals(Follows, Tickets, Desks, Lines, Incidents, Phones, Cluster, Clock, NullLogger<Renewals>.Instance);
    }

    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public FakeGrains Grains { get; } = new();

    public StandingClock Clock { get; } = new();

    public Cluster Cluster { get; }

    public Follows Follows { get; }

    public QueueLines Lines { get; }

    public TicketWatches Tickets { get; }

    public AgentDesks Desks { get; }

    public IncidentBoards Incidents { get; }

    public LineTickets Phones { get; }

    public Renewals Renewals { get; }

    /// <summary>A page and what it was sent.</summary>
    public (LiveConnection Connection, FakePage Page) Connect(string id, Role role = Role.Customer, int maxPending = 100)
    {
        var page = new FakePage();
        return (new LiveConnection(new Caller(Campus, id, id, role, CustomerRole.Student, null), page, maxPending, Refresh), page);
    }

    private void Refresh(LiveConnection connection)
    {
        Tickets.Refresh(connection);
        Desks.Refresh(connection);
    }

    /// <summary>A ticket of customer "c" with so many events.</summary>
    public static TicketView Ticket(long seq, TicketPhase phase = TicketPhase.Assigned, string id = "0000000000000001") => new(
        id, Campus, phase, "general", Category.Other, Urgency.Normal, Sentiment.Neutral, new CustomerRef("c", "c", CustomerRole.Student), Channel.Web, "",
        null, null, null, default, default, null, null, false, seq);

    /// <summary>Events from one seq to another.</summary>
    public static ImmutableArray<TicketEventView> Events(long from, long to) =>
        [.. Enumerable.Range((int)from, (int)(to - from + 1)).Select(seq => new TicketEventView(seq, default, TicketEventTypes.Message, Author.Customer, "c", "c", $"{seq}"))];

    public static TicketNews News(long from, long to, TicketPhase phase = TicketPhase.Assigned) => new(Ticket(to, phase), Events(from, to));

    /// <summary>The ticket's grain has so many events.</summary>
    public void TicketHas(Func<long> seq, TicketPhase phase = TicketPhase.Assigned)
    {
        Grains.On("ITicketGrain.Get", (_, _) => Task.FromResult<Outcome<TicketView>>(Ticket(seq(), phase)));
        Grains.On("ITicketGrain.History", (_, args) =>
        {
            var after = (long)args[0]!;
            return Task.FromResult<Outcome<TicketHistory>>(new TicketHistory(Ticket(seq(), phase), after >= seq() ? [] : Events(after + 1, seq())));
        });
    }
}

/// <summary>Time that moves when a test says so.</summary>
internal sealed class StandingClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 9, 1, 18, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan time) => _now += time;
}

/// <summary>What was sent to a page.</summary>
internal sealed class FakePage : ICustomerClient, IAgentClient
{
    public List<long> Seqs { get; } = [];

    public int News { get; private set; }

    public List<QueuePlace> Places { get; } = [];

    public List<string> Heard { get; } = [];

    public List<long> DeskVersions { get; } = [];

    /// <summary>What sending waits for: a slow wire.</summary>
    public Task Wire { get; set; } = Task.CompletedTask;

    private readonly List<(Func<bool> Holds, TaskCompletionSource Done)> _waits = [];

    /// <summary>Waits until what was sent fits.</summary>
    public Task Until(Func<bool> holds)
    {
        lock (_waits)
        {
            if (holds()) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((holds, done));
            return done.Task.WaitAsync(GatewayProcess.Patience);
        }
    }

    public Task IncidentsChanged(IncidentNotice[] open) => Task.CompletedTask;

    public Task Signaled(HeardSignal signal) => Take(() => Heard.Add(signal.Signal.Page));

    public Task TicketChanged(TicketNews news) => Take(() =>
    {
        News++;
        Seqs.AddRange(news.Events.Select(happened => happened.Seq));
    });

    public Task PlaceChanged(QueuePlace place) => Take(() => Places.Add(place));

    public Task DeskChanged(AgentDesk desk) => Take(() =>
    {
        DeskVersions.Add(desk.Version);
        Heard.Add($"desk {desk.Status}");
    });

    public Task Offered(TicketNewsForAgent offer) => Take(() => Heard.Add($"offered {offer.Reservation.ReservationId}"));

    public Task OfferWithdrawn(string reservationId) => Take(() => Heard.Add($"withdrawn {reservationId}"));

    private Task Take(Action what)
    {
        lock (_waits)
        {
            what();
            foreach (var (_, done) in _waits.Where(wait => wait.Holds()).ToList()) done.TrySetResult();
            return Wire;
        }
    }
}
