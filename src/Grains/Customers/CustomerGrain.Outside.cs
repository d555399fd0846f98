using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Storage;

namespace CampusCare.Grains.Customers;

/// <summary>Contacts from channels outside of our pages: which ticket one belongs to must be found out.</summary>
public sealed partial class CustomerGrain
{
    /// <summary>How many of a customer's tickets are looked at.</summary>
    public const int RecentTickets = 10;

    /// <summary>How long after its end a ticket may still be the one that a repeated contact joined.</summary>
    public static readonly TimeSpan RepetitionWindow = TimeSpan.FromHours(24);

    /// <summary>How long after its solution a word on the same channel means the solved ticket.</summary>
    public static readonly TimeSpan ReopeningWindow = TimeSpan.FromHours(24);

    // A provider may bring the same contact again, even after its ticket ended: a ticket that knows its id, or that it
    // opened, answers for it.
    private async Task<Outcome<Receipt>> ContactFromOutside(string campus, OpenTicket contact, string own)
    {
        var recent = await tickets.OfCustomer(campus, contact.Customer.Id, RecentTickets);
        if (!recent.Any(row => row.TicketId == own) && await tickets.Find(campus, own) is null)
            foreach (var row in Candidates(recent, contact))
            {
                var joined = await GrainFactory.Ticket(campus, row.TicketId).Post(MessageOf(contact));
                if (joined.Value is { } ticket) return new Receipt(ticket, null);
                if (joined.Refusal!.Code is not (RefusalCode.TicketClosed or RefusalCode.NotFound)) return joined.Refusal;
            }
        return await GrainFactory.Ticket(campus, own).Open(contact);
    }

    private static PostMessage MessageOf(OpenTicket contact) =>
        new(contact.ContactId, Author.Customer, contact.Customer.Id, contact.Text) { Channel = contact.Channel, ReplyTo = contact.ReplyTo };

    // Closed ones first: they refuse what they don't know.
    private IEnumerable<TicketRow> Candidates(IReadOnlyList<TicketRow> recent, OpenTicket contact)
    {
        var now = time.GetUtcNow();
        var closed = recent.Where(row => row.State == TicketStates.Closed && now - row.UpdatedAt < RepetitionWindow);
        var open = recent.Where(row => row.State != TicketStates.Closed).ToList();
        return closed.Concat(Joined(open, contact, now) is { } row ? [row] : []);
    }

    private static TicketRow? Joined(List<TicketRow> open, OpenTicket contact, DateTimeOffset now)
    {
        if (open.Find(row => row.TicketId == contact.ReplyTo!.TicketId) is { } thread) return thread;
        if (contact.OrderNumber is { Length: > 0 } order && open.Find(row => row.OrderNumber == order) is { } same) return same;
        if (!contact.ReplyTo!.GoesOn) return null;
        return open
            .Where(row => contact.OrderNumber is null || row.OrderNumber is null)
            .Where(row => row.State is not (TicketStates.Resolved or TicketStates.Wrapping) || now - row.UpdatedAt < ReopeningWindow)
            .MaxBy(static row => row.UpdatedAt);
    }
}
