using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace CampusCare.Grains.Queues;

/// <inheritdoc cref="IQueueGrain"/>
[HashBasedPlacement]
public sealed partial class QueueGrain(ITicketReadModel tickets, TimeProvider time, ILogger<QueueGrain> log) : Grain, IQueueGrain
{
    /// <summary>How often deadlines are looked at and followers told.</summary>
    public static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    // Until agents have told how long a ticket takes them.
    private const double FirstHandleSeconds = 300;
    private const double HandleSmoothing = 0.05;

    private Matcher _matcher = new();
    private readonly Dictionary<string, WaitingTicket> _waiting = [];
    private readonly Dictionary<string, Pending> _offered = [];
    private readonly Dictionary<string, AgentAvailability> _agents = [];
    private Followers _followers = null!;
    private QueueSettings _settings = null!;
    private double _handleSeconds = FirstHandleSeconds;
    private string _campus = "";
    private string _id = "";
    private long _assigned;
    private bool _moved;

    /// <summary>A ticket that is on offer. It waits here until its own journal says what became of it.</summary>
    private sealed record Pending(WaitingTicket Ticket, Reservation Reservation, bool IsGuest = false);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_campus, _id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _followers = new Followers(time);
        await LoadSettings();
        await Sweep();
        await AskAgents();
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { KeepAlive = true });
    }

    public Task<QueuePlace> Enqueue(WaitingTicket ticket)
    {
        _offered.Remove(ticket.TicketId);
        _asked.Remove(ticket.TicketId);
        Wait(ticket);
        AskForMatch();
        return Task.FromResult(PlaceOf(ticket.TicketId));
    }

    public Task Leave(string ticketId)
    {
        if (_offered.Remove(ticketId)) _assigned++;
        StopWaiting(ticketId);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<QueuePlace>> PlacesOf(ImmutableArray<string> ticketIds) =>
        Task.FromResult<ImmutableArray<QueuePlace>>(
            [.. ticketIds.Where(id => _waiting.ContainsKey(id) || _offered.ContainsKey(id)).Select(PlaceOf)]);

    public Task<QueueFigures> Figures()
    {
        var now = time.GetUtcNow();
        var longest = _waiting.Count == 0 ? 0 : (now - _waiting.Values.Min(static ticket => ticket.WaitingSince)).TotalSeconds;
        return Task.FromResult(new QueueFigures(
            _id, _waiting.Count, _offered.Count, longest, _matcher.AgentCount, _matcher.FreeSlots, _assigned, ExpectedWaitAt(_waiting.Count + 1)));
    }

    public Task Follow(string gatewayId, IGatewayObserver gateway)
    {
        _followers.Add(gatewayId, gateway);
        return Task.CompletedTask;
    }

    public Task AgentChanged(AgentAvailability agent)
    {
        if (Know(agent) && agent.Free > 0) AskForMatch();
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
        Place(ticket);
        _moved = true;
    }

    private void StopWaiting(string ticketId)
    {
        if (_waiting.Remove(ticketId)) _matcher.Remove(ticketId);
        RecallGuest(ticketId);
        _moved = true;
    }

    // An older word about an agent never replaces a newer one. True when it was newer.
    private bool Know(AgentAvailability agent)
    {
        if (_agents.TryGetValue(agent.AgentId, out var known) && known.Version >= agent.Version) return false;
        _agents[agent.AgentId] = agent;
        if (agent.HandleSeconds > 0) _handleSeconds += HandleSmoothing * (agent.HandleSeconds - _handleSeconds);
        if (agent.AtWork)
            _matcher.Set(new Candidate(agent.AgentId,
                [.. agent.Skills.Select(static has => new Domain.SkillLevel(has.Skill, has.Level))],
                new Room(agent.Capacity, 0, 0), new Room(agent.Free, 0, 0), agent.IdleSince.ToUnixTimeMilliseconds(), RecordsOf(agent)));
        else
            _matcher.Forget(agent.AgentId);
        _moved = true;
        return true;
    }

    private static ImmutableDictionary<Category, AgentRecord> RecordsOf(AgentAvailability agent) =>
        agent.Records.ToImmutableDictionary(static r => r.Category, static r => new AgentRecord(r.HandleSeconds, r.SolvedAtFirst, r.Count));

    private async Task LoadSettings()
    {
        var campus = await GrainFactory.Campus(_campus).Settings();
        _settings = campus?.Queues.FirstOrDefault(queue => queue.Queue == _id)
            ?? throw new InvalidOperationException($"Campus '{_campus}' has no queue '{_id}'.");
        _rings = [.. _settings.Rings.Select(static ring =>
            new Ring(TimeSpan.FromSeconds(ring.AfterSeconds), ring.LowerLevelsBy, ring.Without, ring.Queues))];
        NewMatcher();
    }

    private async Task AskAgents()
    {
        foreach (var agent in await GrainFactory.Campus(_campus).AgentsOf(_id))
            await GrainFactory.Agent(_campus, agent).Announce(_id);
    }

    private QueuePlace PlaceOf(string ticketId)
    {
        var position = _matcher.PositionOf(ticketId);
        return new QueuePlace(ticketId, position, _waiting.Count, position == 0 ? 0 : ExpectedWaitAt(position));
    }

    private double? ExpectedWaitAt(int position) =>
        ExpectedWait.Of(position, _matcher.Slots, _matcher.FreeSlots, TimeSpan.FromSeconds(_handleSeconds))?.Expected.TotalSeconds;
}
