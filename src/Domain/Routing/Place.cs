namespace CampusCare.Domain.Routing;

/// <summary>A ticket where it stands in the line: a ticket that moves gets another place.</summary>
internal sealed class Place(Waiting ticket, DemandGroup group)
{
    public Waiting Ticket { get; } = ticket;

    public DemandGroup Group { get; } = group;

    public LineOrder Order => new(Ticket.PriorityKey, Ticket.TicketId);

    /// <summary>False once the ticket left or moved.</summary>
    public bool Waits { get; set; } = true;
}
