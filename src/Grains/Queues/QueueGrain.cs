using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Grains.Channels;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace CampusCare.Grains.Queues;

/// <inheritdoc cref="IQueueGrain"/>
[HashBasedPlacement]
public sealed partial class QueueGrain(ITicketReadModel tickets, IAlertRoom alertRoom, KnownGateways gateways, TimeProvider time, ILogger<QueueGrain> log) : Grain, IQueueGrain
{
    /// <summary>How often deadlines are looked at and followers told.</summary>
    public static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    // Until agents have told how long a ticket takes them.
    private const double FirstHandleSeconds = 300;
    private const double HandleSmoothing = 0.05;

    /// <summary>The furthest position whose wait is worked out place by place.</summary>
    public const int MaximumEstimated = 200;

    private Matcher _matcher = new();
    private readonly Dictionary<string, WaitingTicket> _waiting = [];
    private readonly Dictionary<string, Pending> _offered = [];
    private readonly Dictionary<string, AgentAvailability> _agents = [];
    private readonly Versions _versions = new(time);
    private Followers _followers = null!;
    private QueueSettings _settings = null!;
    private QueueRules _rules = null!;
    private double _handleSeconds = FirstHandleSeconds;
    private AbandonmentRate _abandonment = AbandonmentRate.Prior;
    private string _campus = "";
    private string _id = "";
    private long _assigned;
    private bool _moved;

    /// <summary>A ticket that is on offer. It waits here until its own journal says what became of it.</summary>
    private sealed record Pending(WaitingTicket Ticket, Reservation Reservation, bool IsGuest = false);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_campus, _id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _followers = new Followers(time, gateways);
        _clockTimer = this.RegisterGrainTimer(RingClocks, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        _arrivals = ArrivalRate.StartingAt(time.GetUtcNow());
        _keeping = new CallKeeping(_id);
        await LoadSettings();
        await Sweep();
        await AskAgents();
        _stand = QueueMeter.Begin(_campus, _id);
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { KeepAlive = true });
    }

    public Task<QueuePlace> Enqueue(WaitingTicket ticket)
    {
        if (!_waiting.ContainsKey(ticket.TicketId) && !_offered.ContainsKey(ticket.TicketId)) _arrivals = _arrivals.With(time.GetUtcNow());
        // Only its place or clock changed while an agent is being asked: it is not asked for twice.
        if (_offered.TryGetValue(ticket.TicketId, out var asked) && IsSameRound(asked.Ticket, ticket))
        {
            _offered[ticket.TicketId] = asked with { Ticket = ticket };
        }
        else
        {
            _offered.Remove(ticket.TicketId);
            _asked.Remove(ticket.TicketId);
            Wait(ticket);
            AskForMatch();
        }
        if (ticket.NextDueAt is { } due) WatchClock(ticket.TicketId, due);
        return Task.FromResult(PlaceOf(ticket.TicketId));
    }

    // A ticket that comes back as it was has not got the offer.
    private static bool IsSameRound(WaitingTicket asked, WaitingTicket told) =>
        asked.Seq == told.Seq && (asked.PriorityKey != told.PriorityKey || asked.NextDueAt != told.NextDueAt);

    public Task Leave(string ticketId, bool gaveUp)
    {
        var left = _offered.Remove(ticketId, out var taken) ? taken.Ticket : _waiting.GetValueOrDefault(ticketId);
        if (taken is not null && !gaveUp)
        {
            _assigned++;
            CountTaken(taken.Ticket);
        }
        if (left is not null) _abandonment = _abandonment.Waited(time.GetUtcNow() - left.WaitingSince);
        if (gaveUp)
        {
            _abandonment = _abandonment.GaveUp();
            _stand.Campus.Abandon();
        }
        StopWaiting(ticketId);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<QueuePlace>> PlacesOf(ImmutableArray<string> ticketIds) =>
        Task.FromResult<ImmutableArray<QueuePlace>>(
            [.. ticketIds.Where(id => _waiting.ContainsKey(id) || _offered.ContainsKey(id)).Select(PlaceOf)]);

    public Task Follow(string gatewayId, IGatewayObserver gateway)
    {
        _followers.Add(gatewayId, gateway);
        return Task.CompletedTask;
    }

    public Task AgentChanged(AgentAvailability agent)
    {
        _heard[agent.AgentId] = time.GetUtcNow();
        if (Know(agent) && RoomOf(agent.Free).Any) AskForMatch();
        return Task.CompletedTask;
    }

    public async Task SettingsChanged()
    {
        await LoadSettings();
        await AskAgents();
    }

    private void Wait(WaitingTicket ticket)
    {
        _waiting[ticket.TicketId] = ticket;
        if (ticket.Medium == Medium.Call) _calls[ticket.TicketId] = ticket;
        Place(ticket);
        _moved = true;
    }

    private void StopWaiting(string ticketId)
    {
        if (_waiting.Remove(ticketId)) _matcher.Remove(ticketId);
        NoCallWaits(ticketId);
        RecallGuest(ticketId);
        _moved = true;
    }

    // An older word about an agent never replaces a newer one. True when it was newer.
    private bool Know(AgentAvailability agent)
    {
        if (_agents.TryGetValue(agent.AgentId, out var known) && known.Version >= agent.Version) return false;
        _agents[agent.AgentId] = agent;
        LetGoIfUnknown(agent);
        if (agent.HandleSeconds > 0) _handleSeconds += HandleSmoothing * (agent.HandleSeconds - _handleSeconds);
        if (agent.AtWork) _matcher.Set(CandidateOf(agent, known));
        else _matcher.Forget(agent.AgentId);
        _moved = true;
        return true;
    }

    private async Task LoadSettings()
    {
        var campus = await GrainFactory.Campus(_campus).Settings();
        _settings = campus?.Queues.FirstOrDefault(queue => queue.Queue == _id)
            ?? throw new InvalidOperationException($"Campus '{_campus}' has no queue '{_id}'.");
        _rules = QueueRules.Of(_settings);
        _region = campus.Region;
        NewMatcher();
    }

    private async Task AskAgents()
    {
        foreach (var agent in await GrainFactory.Campus(_campus).AgentsOf(_id))
            await GrainFactory.Agent(_campus, agent).Announce(_id);
    }

    private QueuePlace PlaceOf(string ticketId)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? opens = _rules.Calendar.IsOpen(now) ? null : _rules.Calendar.NextOpening(now);
        var isFull = _settings.MaximumWaiting > 0 && _waiting.Count > _settings.MaximumWaiting;
        var position = _matcher.PositionOf(ticketId);
        var wait = position == 0 ? WaitEstimate.None : WaitAt(position, TicketOf(ticketId).Medium);
        return new QueuePlace(ticketId, position, _waiting.Count, wait?.Expected.TotalSeconds)
        {
            LowSeconds = wait?.Low.TotalSeconds,
            HighSeconds = wait?.High.TotalSeconds,
            OpensAt = opens,
            IsFull = isFull,
            Version = _versions.Next(),
        };
    }

    // Beyond the positions that are looked at one by one, the wait grows by what one place more costs.
    private WaitEstimate? WaitAt(int position, Medium medium)
    {
        var near = Math.Min(position, MaximumEstimated);
        var estimate = ExpectedWait.Of(near, _matcher.SlotsOf(medium), _matcher.FreeSlotsOf(medium), TimeSpan.FromSeconds(_handleSeconds), _abandonment.PerSecond);
        if (position == near || estimate is not { } wait) return estimate;
        var more = (double)position / near;
        return new WaitEstimate(wait.Low * more, wait.Expected * more, wait.High * more);
    }

    private static Room RoomOf(AgentRoom room) => new(room.Chats, room.Calls, room.Forms);
}
