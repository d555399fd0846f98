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

    /// <summary>Moving average of how long an accepted ticket held its slot; 0 before the first.</summary>
    public double HandleSeconds { get; private set; }

    public int Count => _byReservation.Count;

    public IEnumerable<Slot> All => _byReservation.Values;

    public Slot? this[string reservationId] => _byReservation.GetValueOrDefault(reservationId);

    /// <summary>What is held of each medium.</summary>
    public Room Held
    {
        get
        {
            var held = Room.None;
            foreach (var slot in _byReservation.Values) held = held.Plus(slot.Reservation.Medium);
            return held;
        }
    }

    /// <summary>A slot of the medium that nothing holds, by the name under which the journal keeps it unique.</summary>
    public string FreeName(Medium medium)
    {
        for (var number = 0; ; number++)
        {
            var name = $"{TicketViews.Name(medium)}-{number}";
            if (_byReservation.Values.All(slot => slot.Reservation.Slot != name)) return name;
        }
    }

    public bool Any(ReservationState state) => _byReservation.Values.Any(slot => slot.State == state);

    public void Hold(Slot slot) => _byReservation[slot.Reservation.ReservationId] = slot;

    /// <summary>Frees a slot and tells what held it; what an accepted ticket took goes into the average. Null when it was free.</summary>
    public Slot? Free(string reservationId, DateTimeOffset now)
    {
        if (!_byReservation.Remove(reservationId, out var slot)) return null;
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
}
