using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Agents;

/// <inheritdoc cref="IAgentGrain"/>
[HashBasedPlacement]
public sealed partial class AgentGrain(
    [PersistentState("agent", StateStores.Main)] IPersistentState<AgentState> state,
    ITicketReadModel tickets,
    ITicketJournal journal,
    IStaffJournal staff,
    KnownGateways gateways,
    TimeProvider time,
    ILogger<AgentGrain> log) : Grain, IAgentGrain
{
    /// <summary>Missed in a row, so many offers say that the person is not there.</summary>
    public const int MaximumMisses = 2;

    private readonly Slots _slots = new();
    private readonly Records _records = new();
    private readonly Versions _versions = new(time);
    private Followers _followers = null!;
    private string _campus = "";
    private string _id = "";
    private int _misses;

    private AgentProfile? Profile => state.State.Profile;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_campus, _id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _followers = new Followers(time, gateways);
        _idleSince = time.GetUtcNow();
        _records.Load(state.State.Records);
        await Sweep(time.GetUtcNow());
        ExpectToBeFollowed();
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickPeriod, TickPeriod));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => SaveRecords();

    public Task<Outcome<AgentDesk>> Desk() =>
        Task.FromResult<Outcome<AgentDesk>>(Profile is { Retired: false } profile ? DeskOf(profile) : Unknown);

    public async Task<Outcome<AgentDesk>> SetStatus(SetStatus command)
    {
        if (Profile is not { Retired: false } profile) return Unknown;
        if (command.Reason is { Length: > MaximumReason })
            return new Refusal(RefusalCode.Invalid, $"A reason has at most {MaximumReason} characters.", "reason");
        _misses = 0;
        // Who speaks is there, and has the whole time to connect.
        if (_aloneSince is not null) _aloneSince = time.GetUtcNow();
        await ChangeStatus(command.Status, command.Reason);
        return DeskOf(profile);
    }

    public Task<ReserveAnswer> TryReserve(Reservation reservation)
    {
        var known = _slots[reservation.ReservationId];
        if (known is not null) return Task.FromResult(new ReserveAnswer(true, WordFor(reservation.Queue), known.Reservation.Slot));
        if (RefusalOf(reservation) is { } no) return Task.FromResult(new ReserveAnswer(false, WordFor(reservation.Queue)) { Refusal = no });
        var now = time.GetUtcNow();
        var slot = _slots.FreeName(reservation.Medium);
        _slots.Hold(new Slot(reservation with { Slot = slot }, ReservationState.Pending, null, now, reservation.ExpiresAt + PendingGrace));
        _idleSince = now;
        if (reservation.Medium == Medium.Call) _keptBy = null;
        // The other queues choose by this agent's load, too.
        _ = TellQueues(Serving.Remove(reservation.Queue));
        return Task.FromResult(new ReserveAnswer(true, Availability(), slot));
    }

    public Task<bool> Present(TicketNewsForAgent offer)
    {
        if (Profile is not { Retired: false }) return Task.FromResult(false);
        if (_slots[offer.Reservation.ReservationId] is null && Unkept.Of(offer.Reservation.Medium) == 0) return Task.FromResult(false);
        _slots.Hold(new Slot(offer.Reservation, ReservationState.Pending, offer.Ticket, time.GetUtcNow(), offer.Reservation.ExpiresAt + PendingGrace));
        Push(offered: offer);
        return Task.FromResult(true);
    }

    public async Task Settle(SlotChange change)
    {
        var now = time.GetUtcNow();
        var known = _slots[change.ReservationId];
        switch (change.State)
        {
            case ReservationState.Accepted:
                _misses = 0;
                _slots.Hold(new Slot(known?.Reservation ?? ReservationOf(change), change.State, change.Ticket, now, DateTimeOffset.MaxValue));
                Push(withdrawn: change.ReservationId);
                // Nobody asked for this slot: who took a conversation over has less room from now on.
                if (known is null) await TellQueues(Serving);
                return;
            case ReservationState.Wrapping:
                _slots.Hold(new Slot(known?.Reservation ?? ReservationOf(change), change.State, change.Ticket, known?.Since ?? now, now + await WrapUpTime(change.Ticket.Queue)));
                Push();
                return;
            default:
                // A slot that the journal would not give is somebody else's: what else do I not know?
                if (change.State == ReservationState.Canceled) await Sweep(now);
                if (_slots.Free(change.ReservationId, now) is not { } freed) return;
                if (change.State == ReservationState.Completed && freed.State != ReservationState.Pending)
                    Count(freed, change.Ticket, now);
                await CountMisses(change.State);
                Push(withdrawn: change.ReservationId);
                await TellQueues(Serving);
                return;
        }
    }

    public async Task Announce(string queue)
    {
        if (Profile is not null) await GrainFactory.Queue(_campus, queue).AgentChanged(WordFor(queue));
    }

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such agent.");

    private Room Free => FreeNow(_keptBy is not null);

    private Room Unkept => FreeNow(isKept: false);

    private Room FreeNow(bool isKept) =>
        Profile is { } profile && state.State.Status == AgentStatus.Available ? Room.Free(CapacityOf(profile), _slots.Held, isKept) : Room.None;

    private static Room CapacityOf(AgentProfile profile) => new(profile.Capacity, profile.Calls, profile.Forms);

    private AgentDesk DeskOf(AgentProfile profile) => new(
        _id, profile.Name, state.State.Status, state.State.Reason, _slots.Routing, profile.Capacity,
        [.. _slots.All.Where(static slot => slot is { State: ReservationState.Pending, Ticket: not null }).Select(static slot => new TicketNewsForAgent(slot.Reservation, slot.Ticket!))],
        [.. _slots.All.Where(static slot => slot is { State: not ReservationState.Pending, Ticket: not null }).Select(static slot => slot.Ticket!)])
    {
        Queues = Serving,
        Calls = profile.Calls,
        Forms = profile.Forms,
        Version = _versions.Next(),
    };

    private async Task CountMisses(ReservationState end)
    {
        // Nobody misses what nobody was shown: after a loss of memory gateways have to find back first.
        if (end != ReservationState.TimedOut || !_followers.Any) return;
        if (++_misses < MaximumMisses || state.State.Status != AgentStatus.Available) return;
        await ChangeStatus(AgentStatus.Busy, MissedOffers);
    }

    private async Task ChangeStatus(AgentStatus status, string? reason)
    {
        var now = time.GetUtcNow();
        await Store(state.State with { Status = status, Reason = reason, StatusUntold = now });
        _idleSince = now;
        _keptBy = null;
        Push();
        await TellQueues(Serving);
    }
}
