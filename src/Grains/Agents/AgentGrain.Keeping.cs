using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Agents;

/// <summary>What keeps an agent's memory true: rebuilding from the journal, ending what hangs, telling queues and gateways.</summary>
public sealed partial class AgentGrain
{
    /// <summary>How often hanging slots are ended, and the queues told again what changed.</summary>
    public static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Every so many ticks the slots are compared with the read model.</summary>
    public const int TicksPerSweep = 6;

    /// <summary>Every so many ticks the queues are told, also when nothing changed: sooner than they take the agent for silent.</summary>
    public const int TicksPerWord = 3;

    /// <summary>A reservation that its queue and ticket forgot holds a slot for so long after its deadline.</summary>
    public static readonly TimeSpan PendingGrace = TimeSpan.FromSeconds(10);

    /// <summary>A reservation whose offer the ticket does not show for so long is looked for in the read model.</summary>
    public static readonly TimeSpan UnseenAfter = TimeSpan.FromSeconds(3);

    /// <summary>An agent whose last connection closed stays available for so long.</summary>
    public static readonly TimeSpan ConnectionGrace = TimeSpan.FromSeconds(30);

    /// <summary>An agent who is away for so long loses the conversations to others.</summary>
    public static readonly TimeSpan ReturnGrace = TimeSpan.FromMinutes(2);

    /// <summary>The longest reason for a status, in UTF-16 units.</summary>
    public const int MaximumReason = 200;

    /// <summary>The reason of a status that missed offers caused.</summary>
    public const string MissedOffers = "missedOffers";

    /// <summary>The reason of a status that a lost connection caused.</summary>
    public const string ConnectionLost = "connectionLost";

    private DateTimeOffset _idleSince;
    private long _version;
    private int _ticks;
    private bool _toldSinceTick;

    private async Task Tick()
    {
        var now = time.GetUtcNow();
        foreach (var slot in _slots.All.Where(slot => slot.State == ReservationState.Wrapping && slot.Until <= now).ToList())
            await TicketOf(slot.Reservation).WrapUpExpired(slot.Reservation.ReservationId);
        if (++_ticks % TicksPerSweep == 0 || _slots.All.Any(slot => Hangs(slot, now) || IsUnseen(slot, now))) await Sweep(now);
        await TryTellJournal();
        await SaveRecords();
        if (_keptBy is not null && _keptUntil <= now) await KeepFor(null);
        await KeepAlone();
        await LeaveWhenAlone(now);
        if (Profile is { Retired: true }) HandBack();
        if (state.State.Status != AgentStatus.Available && _slots.Count == 0) return;
        DelayDeactivation(10 * TickPeriod);
        // A word may get lost: so each is said twice, and the last one again before the queues wonder.
        if (_toldSinceTick || _ticks % TicksPerWord == 0) await TellQueues(Serving);
        _toldSinceTick = false;
    }

    // The journal knows what became of each slot, also when the word of it got lost. A reservation that is not journaled
    // (yet) is believed until its time is over.
    private async Task Sweep(DateTimeOffset now)
    {
        var rows = (await tickets.OpenOf(TicketViews.AgentKey(_campus, _id))).ToDictionary(static row => row.ReservationId ?? row.TicketId);
        var changed = false;
        foreach (var slot in _slots.All.ToList())
            if (!rows.ContainsKey(slot.Reservation.ReservationId) && (slot.State != ReservationState.Pending || Hangs(slot, now)))
            {
                _slots.Free(slot.Reservation.ReservationId, now);
                await CountFinished(slot, now);
                changed = true;
            }
        foreach (var (reservationId, row) in rows)
        {
            if (_slots[reservationId] is { Ticket: not null } known && known.State == StateOf(row)) continue;
            await Hold(reservationId, row);
            changed = true;
        }
        if (!changed) return;
        Push();
        await TellQueues(Serving);
    }

    private static bool Hangs(Slot slot, DateTimeOffset now) => slot.State == ReservationState.Pending && slot.Until <= now;

    // The ticket may have died after it stored the offer and before it showed it.
    private static bool IsUnseen(Slot slot, DateTimeOffset now) => slot.Ticket is null && now - slot.Since > UnseenAfter;

    private static ReservationState StateOf(TicketRow row) => row.State switch
    {
        TicketStates.Offered => ReservationState.Pending,
        TicketStates.Wrapping => ReservationState.Wrapping,
        _ => ReservationState.Accepted,
    };

    private async Task Hold(string reservationId, TicketRow row)
    {
        var ticket = new JournaledTicket(journal, time, row.Campus, row.TicketId);
        await ticket.Read();
        var reservation = new Reservation(
            reservationId, row.TicketId, row.Queue, _id, Profile?.Name ?? "", row.OfferExpiresAt ?? time.GetUtcNow(), ticket.State.Offer?.Why ?? "")
        {
            Slot = row.Slot,
            Medium = Media.Of(TicketViews.ChannelOf(row)),
            Home = HomeOf(row.Campus),
        };
        var until = StateOf(row) switch
        {
            ReservationState.Pending => reservation.ExpiresAt + PendingGrace,
            ReservationState.Wrapping => time.GetUtcNow() + await WrapUpTime(row.Queue),
            _ => DateTimeOffset.MaxValue,
        };
        _slots.Hold(new Slot(reservation, StateOf(row), ticket.View, row.UpdatedAt, until));
    }

    private AgentAvailability Availability()
    {
        // Grows over activations too, so that a fresh activation's word beats an old one's.
        _version = Math.Max(_version + 1, time.GetUtcNow().UtcTicks);
        var profile = Profile;
        return new AgentAvailability(
            _id, profile?.Name ?? "", SkillsOf(profile), Words(profile is null ? Room.None : CapacityOf(profile)),
            state.State.Status == AgentStatus.Available, Words(Free), _idleSince, _slots.HandleSeconds, _version, _records.Words, _slots.Count, _slots.Lent)
        { KeptBy = _keptBy, OnCall = _slots.Held.Calls > 0 };
    }

    // Belonging to a team counts as knowing what it knows.
    private static ImmutableArray<SkillNeed> SkillsOf(AgentProfile? profile) =>
        profile is null ? [] : profile.Pods.IsEmpty ? profile.Skills : [.. profile.Skills, .. profile.Pods.Select(static pod => new SkillNeed(pod, PodLevel))];

    // In a team or not: there are no levels.
    private const int PodLevel = 5;

    private static AgentRoom Words(Room room) => new(room.Chats, room.Calls, room.Forms);

    private async Task TellQueues(ImmutableArray<string> queues)
    {
        _toldSinceTick = true;
        if (queues.IsEmpty) return;
        var word = Availability();
        foreach (var queue in queues) await GrainFactory.Queue(_campus, queue).AgentChanged(WordFor(queue, word));
    }

    private void Push(TicketNewsForAgent? offered = null, string? withdrawn = null)
    {
        if (Profile is not { } profile || !_followers.Any) return;
        var news = new AgentNews(_campus, _id, DeskOf(profile), offered, withdrawn);
        _followers.Tell(gateway => gateway.AgentChanged(news));
    }

    private Reservation ReservationOf(SlotChange change) => new(
        change.ReservationId, change.Ticket.TicketId, change.Ticket.Queue, _id, Profile?.Name ?? "", time.GetUtcNow(), "")
    {
        Slot = change.Slot,
        Medium = Media.Of(change.Ticket.Channel),
        Home = HomeOf(change.Ticket.Campus),
    };

    private string? HomeOf(string campus) => campus == _campus ? null : campus;

    private ITicketGrain TicketOf(Reservation reservation) => GrainFactory.Ticket(reservation.Home ?? _campus, reservation.TicketId);

    // As others name the agent: lent to another campus, with the own one before it.
    private string NameFor(Reservation reservation) => reservation.Home is null ? _id : TicketViews.AgentKey(_campus, _id);

    private async Task<TimeSpan> WrapUpTime(string queue)
    {
        var campus = await GrainFactory.Campus(_campus).Settings();
        return TimeSpan.FromSeconds(campus?.Queues.FirstOrDefault(settings => settings.Queue == queue)?.WrapUpSeconds ?? DefaultWrapUpSeconds);
    }

    private const int DefaultWrapUpSeconds = 60;
}
