using System.Collections.Immutable;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.UseCases;

/// <summary>
/// The one place that says who sees what. Customers see how their matter goes on, not who was asked and declined, nor
/// notes for colleagues, nor staff ids. Staff see masked phone numbers. Seqs and times stay, so that nobody sees a gap.
/// </summary>
internal static class Visible
{
    /// <summary>Digits of a phone number that stay readable at either end.</summary>
    private const int PhoneHead = 3, PhoneTail = 4;

    /// <summary>A ticket as the caller may see it.</summary>
    public static TicketView To(Caller caller, TicketView ticket) =>
        IsServer(caller) ? Masked(ToCustomer(ticket))
        : caller.IsCustomer ? ToCustomer(ticket)
        : ToStaff(ticket);

    /// <summary>A ticket and its events as the caller may see them.</summary>
    public static TicketHistory To(Caller caller, TicketHistory history) =>
        caller.IsCustomer || IsServer(caller)
            ? new(To(caller, history.Ticket), ToCustomer(history.Events))
            : history with { Ticket = ToStaff(history.Ticket) };

    /// <summary>A ticket and its events as their customer may see them, whoever asks in the customer's name.</summary>
    public static TicketHistory ToItsCustomer(TicketHistory history) => new(ToCustomer(history.Ticket), ToCustomer(history.Events));

    /// <summary>News as customers may see them.</summary>
    public static TicketNews ToCustomer(TicketNews news) => new(ToCustomer(news.Ticket), ToCustomer(news.Events));

    /// <summary>News as staff may see them.</summary>
    public static TicketNews ToStaff(TicketNews news) => news with { Ticket = ToStaff(news.Ticket) };

    /// <summary>An agent's desk as the agent may see it.</summary>
    public static AgentDesk ToStaff(AgentDesk desk) => desk with
    {
        Offers = [.. desk.Offers.Select(ToStaff)],
        Tickets = [.. desk.Tickets.Select(ToStaff)],
    };

    /// <summary>An offer as the agent may see it.</summary>
    public static TicketNewsForAgent ToStaff(TicketNewsForAgent offer) => offer with { Ticket = ToStaff(offer.Ticket) };

    /// <summary>A phone number with its middle hidden.</summary>
    public static string Phone(string phone) =>
        phone.Length <= PhoneHead + PhoneTail
            ? new string('*', phone.Length)
            : string.Concat(phone.AsSpan(0, PhoneHead), new string('*', phone.Length - PhoneHead - PhoneTail), phone.AsSpan(phone.Length - PhoneTail));

    // A campus's server sees what its customers see, and of their phones no more than staff.
    private static bool IsServer(Caller caller) => caller.Role == Role.Backend || caller.Via is not null;

    private static TicketView ToStaff(TicketView ticket) => Masked(ticket);

    private static TicketView Masked(TicketView ticket) =>
        ticket.Customer.Phone is { } phone ? ticket with { Customer = ticket.Customer with { Phone = Phone(phone) } } : ticket;

    private static TicketView ToCustomer(TicketView ticket) => ticket with
    {
        AgentId = null,
        AgentName = ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered ? null : ticket.AgentName,
        ResponsibleAgent = null,
        Clocks = ticket.Clocks.RemoveAll(static clock => clock.Kind != ClockKind.Promise),
        Escalations = 0,
        OpenConsults = [],
        RepliesUnderWay = 0,
        Joined = [.. ticket.Joined.Select(static supervisor => supervisor with { SupervisorId = null })],
        Remedies = [.. ticket.Remedies.Where(static remedy => remedy.State is not (RemedyState.Asked or RemedyState.TakenBack)).Select(static remedy => remedy with { Rule = "", GrantedBy = null, ApprovedBy = null })],
        ProposedRemedies = [],
        // Who rides where is seen by name; whose ids these are is nobody's business but their own.
        Order = ticket.Order is null ? null : ticket.Order with { RiderId = null, CustomerId = ticket.Customer.Role == CustomerRole.Student ? ticket.Order.CustomerId : "" },
    };

    private static ImmutableArray<TicketEventView> ToCustomer(ImmutableArray<TicketEventView> events) =>
        events.IsEmpty ? events : ImmutableArray.CreateRange(events, ToCustomer);

    private static TicketEventView ToCustomer(TicketEventView happened) => happened.Type switch
    {
        TicketEventTypes.Queued or TicketEventTypes.Offered or TicketEventTypes.OfferRejected or TicketEventTypes.OfferTimedOut
            or TicketEventTypes.OfferRescinded or TicketEventTypes.WrappedUp or TicketEventTypes.Transferred or TicketEventTypes.Returned or TicketEventTypes.HandedOver
            => new(happened.Seq, happened.At, happened.Type),
        TicketEventTypes.Note or TicketEventTypes.ConsultAsked or TicketEventTypes.ConsultAnswered or TicketEventTypes.ClockMissed
            or TicketEventTypes.Escalated or TicketEventTypes.ProductTold or TicketEventTypes.ProductDelayed
            or TicketEventTypes.ReplySent or TicketEventTypes.ReplyDelayed or TicketEventTypes.ReplyFailed
            or TicketEventTypes.RemedyProposed or TicketEventTypes.DoubtsCleared or TicketEventTypes.RemedyAsked or TicketEventTypes.RemedyDelayed or TicketEventTypes.RemedyTakenBack
            or TicketEventTypes.PhoneShown or TicketEventTypes.Listened or TicketEventTypes.Whispered or TicketEventTypes.Summarized or TicketEventTypes.Recategorized or TicketEventTypes.Internal
            => new(happened.Seq, happened.At, TicketEventTypes.Internal),
        TicketEventTypes.Call when happened.Author == Author.Supervisor => new(happened.Seq, happened.At, TicketEventTypes.Internal),
        TicketEventTypes.Resolved => happened with { AuthorId = null, Text = null },
        TicketEventTypes.TakenOver => happened with { AuthorId = null, Text = null, Detail = null },
        _ when happened.Author is Author.Agent or Author.Supervisor => happened with { AuthorId = null },
        _ => happened,
    };
}
