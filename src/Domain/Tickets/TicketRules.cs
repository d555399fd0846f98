using System.Collections.Immutable;
using CampusCare.Domain.Incidents;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Routing;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tickets;

/// <summary>A new contact, as the rules need it.</summary>
public sealed record Contact(
    string ContactId, string CustomerId, string CustomerName, CustomerRole Role, string? Phone, Channel Channel, string Text, string? OrderNumber,
    CustomerTier Tier = CustomerTier.Standard, string? ConsultationOf = null, ReplyAddress? ReplyTo = null);

/// <summary>Where a ticket goes: a queue, what its agents must know, and who served this customer last.</summary>
public sealed record Route(string Queue, ImmutableArray<SkillLevel> Requirements, string? LastAgent = null)
{
    /// <summary>What its agents had better know too.</summary>
    public ImmutableArray<SkillLevel> Wishes { get; init; } = [];

    /// <summary>How long to wait for <see cref="LastAgent"/> alone.</summary>
    public int PatienceSeconds { get; init; }

    /// <summary>What is promised about time.</summary>
    public ImmutableArray<Clock> Clocks { get; init; } = [];
}

/// <summary>What is promised about time when a customer writes again.</summary>
/// <param name="AnswerDueAt">By when an agent answers; null when nothing is promised.</param>
/// <param name="IfReopened">The clocks of a ticket that this reopens.</param>
/// <param name="PatienceSeconds">How long a ticket that this reopens waits for the agent who had it alone.</param>
public sealed record Promises(DateTimeOffset? AnswerDueAt, ImmutableArray<Clock> IfReopened, int PatienceSeconds = 0)
{
    /// <summary>Nothing is promised.</summary>
    public static readonly Promises None = new(null, []);
}

/// <summary>
/// What may happen to a ticket, and when. Each rule looks at the ticket as it stands and decides events; it never
/// changes anything. A command that was done before decides nothing.
/// </summary>
public static partial class TicketRules
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int MaximumText = 4_000;

    /// <summary>The longest id that a client may choose.</summary>
    public const int MaximumId = 64;

    /// <summary>How many messages one ticket holds.</summary>
    public const int MaximumMessages = 2_000;

    /// <summary>Opens the ticket and lets it wait, unless the bot answers.</summary>
    public static Decision Open(Ticket ticket, Contact contact, TriageResult meaning, Route route, DateTimeOffset now, BotTurn? bot = null, OrderFacts? order = null, KnownIncident? incident = null)
    {
        if (ticket.Phase != TicketPhase.New) return OpenedBefore(ticket, contact);
        if (BadContact(contact) is { } bad) return bad;
        var opened = OpenedBy(contact, meaning);
        var queued = QueuedBy(route, now, new PriorityFactors(meaning.Urgency, meaning.Category, meaning.Sentiment, contact.Tier));
        ImmutableArray<TicketEvent> first = order is not null && MaySee(ticket, order, contact.Role, contact.CustomerId) ? [opened, Seen(order)] : [opened];
        if (incident is not null) first = first.Add(Told(incident, Routing.Language.Of(contact.Text)));
        return bot is null or { Does: BotDoes.Nothing } ? Decision.That([.. first, queued]) : OpenWithBot(contact, first, queued, route, bot);
    }

    private static Opened OpenedBy(Contact contact, TriageResult meaning) =>
        new(contact.ContactId, contact.CustomerId, contact.Role, contact.Channel, contact.OrderNumber,
            meaning.Category, Math.Round(meaning.Confidence, 4), meaning.Urgency, meaning.Sentiment, contact.Tier, contact.ConsultationOf)
        {
            Personal = new PersonalData(contact.Text, contact.CustomerName, contact.Phone, contact.ReplyTo),
        };

    private static Queued QueuedBy(Route route, DateTimeOffset now, PriorityFactors factors) =>
        new(route.Queue, now, Priority.Key(now, factors), route.Requirements, route.LastAgent)
        {
            Wishes = route.Wishes,
            PatienceSeconds = route.PatienceSeconds,
            Clocks = route.Clocks,
        };

    private static Decision OpenedBefore(Ticket ticket, Contact contact) =>
        ticket.Text == contact.Text && ticket.OrderNumber == contact.OrderNumber
            ? Decision.Nothing
            : Decision.Refuse(RefusalCode.ContactIdReused, "This contact id was used for another text. Send a new contact with a new id.", "contactId");

    /// <summary>What is wrong with a contact, if anything: known before any work is spent on it.</summary>
    public static Decision? BadContact(Contact contact) =>
        BadText(contact.Text, "text")
        ?? BadId(contact.ContactId, "contactId")
        ?? (contact.OrderNumber is null ? null : BadId(contact.OrderNumber, "orderNumber"));

    /// <summary>Somebody writes. A customer's word to a resolved ticket says that it isn't solved.</summary>
    public static Decision Post(Ticket ticket, string messageId, Author author, string authorId, string text, Promises promises, DateTimeOffset now, Channel? channel = null, ReplyAddress? replyTo = null)
    {
        if (author == Author.Agent && IsAsker(ticket, authorId)) (author, authorId) = (Author.Customer, ticket.CustomerId);
        if (author == Author.Supervisor && ticket.AgentId == authorId) author = Author.Agent; // who took over
        if ((BadText(text, "text") ?? BadId(messageId, "messageId") ?? NotAPartner(ticket, author, authorId)) is { } no) return no;
        if (ticket.ErasedAt is not null) return Erased;
        if (WrittenBefore(ticket, messageId, authorId, text, "messageId") is { } before) return before;
        if (ticket.Phase == TicketPhase.Closed)
            return Decision.Refuse(RefusalCode.TicketClosed, "This ticket is closed. Open a new contact; it can name the same order.");

        var fromCustomer = author == Author.Customer;
        var due = fromCustomer && ticket.Phase == TicketPhase.Assigned && ticket.Clocks.Running(ClockKind.NextResponse) is null ? promises.AnswerDueAt : null;
        var name = NameOf(ticket, author, authorId);
        var message = new MessagePosted(messageId, author, authorId, due, fromCustomer ? ChangeOf(ticket, channel) : null)
        {
            Personal = new PersonalData(text, name, ReplyTo: replyTo),
        };
        if (!fromCustomer || ticket.Phase != TicketPhase.Resolved) return Decision.That(message);
        if (RatingIn(ticket, channel, text) is { } stars) return Decision.That([message, .. WrapUpLeft(ticket), new Rated(stars), new Closed(ClosingReason.Rated)]);
        var reopened = new Reopened(now, Priority.Key(now, FactorsOf(ticket) with { Reopened = true })) { Clocks = promises.IfReopened, PatienceSeconds = promises.PatienceSeconds };
        return Decision.That([message, .. WrapUpLeft(ticket), reopened]);
    }

    /// <summary>An agent writes for colleagues only.</summary>
    public static Decision Note(Ticket ticket, string noteId, string agentId, string agentName, string text)
    {
        if (agentId.Contains('/') && ticket.AgentId != agentId) return NotYours; // lent, and not to this ticket
        if ((BadText(text, "text") ?? BadId(noteId, "noteId")) is { } no) return no;
        if (ticket.ErasedAt is not null) return Erased;
        if (WrittenBefore(ticket, noteId, agentId, text, "noteId") is { } before) return before;
        return Decision.That(new Noted(noteId, agentId) { Personal = new PersonalData(text, agentName) });
    }

    private static Decision? WrittenBefore(Ticket ticket, string id, string authorId, string text, string field)
    {
        if (ticket.MessageIds.TryGetValue(id, out var known))
            return known == Ticket.Fingerprint(authorId, text)
                ? Decision.Nothing
                : Decision.Refuse(RefusalCode.MessageIdReused, "This message id was used for another text. Send the message with a new id.", field);
        return ticket.MessageIds.Count < MaximumMessages
            ? null
            : Decision.Refuse(RefusalCode.Invalid, $"A ticket holds {MaximumMessages} messages. Open a new contact.");
    }

    /// <summary>The order of a ticket, from what is known of it.</summary>
    private static PriorityFactors FactorsOf(Ticket ticket) => new(ticket.Urgency, ticket.Category, ticket.Sentiment, ticket.Tier, ticket.Reopenings > 0);

    private static Decision? NotAPartner(Ticket ticket, Author author, string authorId) => author switch
    {
        Author.Customer => authorId == ticket.CustomerId ? null : NotFound,
        Author.Supervisor => IsJoined(ticket, authorId) ? null : NotJoined,
        _ => authorId == ticket.AgentId && ticket.Phase is not (TicketPhase.Waiting or TicketPhase.Offered) ? null : NotYours,
    };

    private static string? NameOf(Ticket ticket, Author author, string authorId) => author switch
    {
        Author.Customer => ticket.CustomerName,
        Author.Supervisor => ticket.Joined.First(supervisor => supervisor.Id == authorId).Name,
        _ => ticket.AgentName,
    };

    /// <summary>The agent solved it.</summary>
    public static Decision Resolve(Ticket ticket, string agentId, string? disposition, string? note)
    {
        if (ticket.AgentId != agentId) return NotYours;
        if (ticket.Phase == TicketPhase.Resolved)
            return disposition is null || disposition == ticket.Disposition ? Decision.Nothing : WrapUp(ticket, agentId, disposition, note);
        if (ticket.Phase == TicketPhase.Closed) return Decision.Refuse(RefusalCode.TicketClosed, "This ticket is closed: nothing is left to do.");
        if (ticket.Phase != TicketPhase.Assigned) return NotYours;
        if (disposition is not null && BadId(disposition, "disposition") is { } bad) return bad;
        if (BadNote(note, "note") is { } badNote) return badNote;
        return Decision.That([.. CallLeft(ticket, Author.Agent, agentId), new Resolved(agentId, disposition) { Personal = Note(note) }, .. SayOutside(ticket, language => SystemWords.Resolved(language, ticket.Stars is null))]);
    }

    /// <summary>The agent ends the after-contact work.</summary>
    public static Decision WrapUp(Ticket ticket, string agentId, string? disposition, string? note)
    {
        if (ticket.AgentId != agentId) return NotYours;
        if ((BadId(disposition, "disposition") ?? BadNote(note, "note")) is { } bad) return bad;
        if (ticket.Disposition == disposition) return Decision.Nothing;
        if (ticket.Phase != TicketPhase.Resolved || !ticket.WrapUpOpen)
            return Decision.Refuse(RefusalCode.NotResolved, "Only a resolved ticket with open after-contact work can be wrapped up.");
        return Decision.That(new WrappedUp(agentId, disposition!) { Personal = Note(note) });
    }

    /// <summary>The customer rates, which closes the ticket.</summary>
    public static Decision Rate(Ticket ticket, string customerId, int stars, string? comment)
    {
        if (ticket.CustomerId != customerId) return NotFound;
        if (stars is < 1 or > 5) return Decision.Refuse(RefusalCode.Invalid, "Stars go from 1 to 5.", "stars");
        if (BadNote(comment, "comment") is { } bad) return bad;
        if (ticket.Stars is { } before)
            return before == stars ? Decision.Nothing : Decision.Refuse(RefusalCode.AlreadyRated, "You rated this ticket before. Thank you.");
        if (ticket.ErasedAt is not null) return Erased;
        var rated = new Rated(stars) { Personal = Note(comment) };
        return ticket.Phase switch
        {
            TicketPhase.Resolved => Decision.That([.. WrapUpLeft(ticket), rated, new Closed(ClosingReason.Rated)]),
            TicketPhase.Closed when ticket.AgentId is not null => Decision.That(rated),
            _ => Decision.Refuse(RefusalCode.NotResolved, "Only a resolved ticket can be rated. Wait for the agent's answer."),
        };
    }

    /// <summary>The customer says that it is solved, or gives up waiting.</summary>
    public static Decision Close(Ticket ticket, string customerId)
    {
        if (ticket.CustomerId != customerId) return NotFound;
        if (ticket.Phase == TicketPhase.Closed) return Decision.Nothing;
        var reason = ticket.Phase == TicketPhase.Resolved ? ClosingReason.Confirmed : ClosingReason.GivenUp;
        return Decision.That([.. CallLeft(ticket, Author.Customer, customerId), .. WrapUpLeft(ticket), new Closed(reason)]);
    }

    private static readonly Decision NotFound = Decision.Refuse(RefusalCode.NotFound, "There is no such ticket.");

    private static readonly Decision NotYours = Decision.Refuse(RefusalCode.NotYourTicket, "This ticket is not with you.");

    private static readonly Decision OfferGone =
        Decision.Refuse(RefusalCode.OfferGone, "This offer timed out, was taken back or was answered before. Nothing is left to do.");

    private static PersonalData? Note(string? text) => string.IsNullOrWhiteSpace(text) ? null : new PersonalData(text);

    private static Decision? BadText(string text, string field) =>
        string.IsNullOrWhiteSpace(text)
            ? Decision.Refuse(RefusalCode.Invalid, "The text is empty. Say in a few words what happened.", field)
            : BadNote(text, field);

    private static Decision? BadNote(string? text, string field) =>
        text is { Length: > MaximumText }
            ? Decision.Refuse(RefusalCode.Invalid, $"The text has {text.Length} characters; at most {MaximumText} are taken. Shorten it.", field)
            : null;

    private static Decision? BadId(string? id, string field) =>
        id is { Length: > 0 and <= MaximumId } && id.All(static c => c is > ' ' and < '\x7f')
            ? null
            : Decision.Refuse(RefusalCode.Invalid, $"{field} must have 1 to {MaximumId} visible ASCII characters.", field);

    // A customer may close or go on before the agent ended the after-contact work: the agent's slot must not hang on it.
    private static ImmutableArray<TicketEvent> WrapUpLeft(Ticket ticket) =>
        ticket is { WrapUpOpen: true, AgentId: { } agent } ? [new WrappedUp(agent, "customerWentOn")] : [];
}
