using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Grains.Tickets;

namespace CampusCare.Grains.Agents;

/// <summary>One ticket's hold on an agent: reserved, offered (with the ticket known), accepted or wrapping.</summary>
/// <param name="Reservation">Names the slot.</param>
/// <param name="State">Pending, Accepted or Wrapping.</param>
/// <param name="Ticket">As last seen; null while only reserved.</param>
/// <param name="Since">When this state began.</param>
/// <param name="Until">When a pending or wrapping slot ends by itself.</param>
internal sealed record Slot(Reservation Reservation, ReservationState State, TicketView? Ticket, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>An agent's slots: what is taken, by what.</summary>
internal sealed class Slots
{
    private const double HandleSmoothing = 0.2;

    private readonly Dictionary<string, Slot> _byReservation = [];

    // How many hold a name (more than one only until the journal has decided), and below which number all of a medium are held.
    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<Medium, int> _heldBelow = [];

    /// <summary>Moving average of how long an accepted ticket held its slot; 0 before the first.</summary>
    public double HandleSeconds { get; private set; }

    public int Count => _byReservation.Count;

    public IEnumerable<Slot> All => _byReservation.Values;

    public Slot? this[string reservationId] => _byReservation.GetValueOrDefault(reservationId);

    /// <summary>What is held of each medium.</summary>
    public Room Held { get; private set; }

    /// <summary>How many are held for other campuses.</summary>
    public int Lent { get; private set; }

    /// <summary>A slot of the medium that nothing holds, by the name under which the journal keeps it unique.</summary>
    public string FreeName(Medium medium)
    {
        for (var number = _heldBelow.GetValueOrDefault(medium); ; number++)
        {
            var name = $"{TicketViews.Name(medium)}-{number}";
            if (_names.ContainsKey(name)) continue;
            _heldBelow[medium] = number;
            return name;
        }
    }

    public bool Any(ReservationState state) => _byReservation.Values.Any(slot => slot.State == state);

    public void Hold(Slot slot)
    {
        if (Remove(slot.Reservation.ReservationId) is { } before && before.Reservation.Slot != slot.Reservation.Slot) _heldBelow.Clear();
        _byReservation.Add(slot.Reservation.ReservationId, slot);
        Held = Held.Plus(slot.Reservation.Medium);
        if (slot.Reservation.Home is not null) Lent++;
        if (slot.Reservation.Slot is { } name) _names[name] = _names.GetValueOrDefault(name) + 1;
    }

    /// <summary>Frees a slot and tells what held it; what an accepted ticket took goes into the average. Null when it was free.</summary>
    public Slot? Free(string reservationId, DateTimeOffset now)
    {
        if (Remove(reservationId) is not { } slot) return null;
        _heldBelow.Clear();
        if (slot.State is ReservationState.Accepted or ReservationState.Wrapping)
        {
            var took = (now - slot.Since).TotalSeconds;
            HandleSeconds = HandleSeconds == 0 ? took : HandleSeconds + HandleSmoothing * (took - HandleSeconds);
        }
        return slot;
    }

    /// <summary>What the system computes from the slots.</summary>
    public RoutingState Routing =>
        Any(ReservationState.Pending) ? RoutingState.Reserved
        : Any(ReservationState.Accepted) ? RoutingState.Working
        : Any(ReservationState.Wrapping) ? RoutingState.WrappingUp
        : RoutingState.Idle;

    private Slot? Remove(string reservationId)
    {
        if (!_byReservation.Remove(reservationId, out var slot)) return null;
        Held = Held.Minus(slot.Reservation.Medium);
        if (slot.Reservation.Home is not null) Lent--;
        if (slot.Reservation.Slot is { } name && --_names[name] == 0) _names.Remove(name);
        return slot;
    }
}
