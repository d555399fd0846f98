using System.Globalization;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Remedies;

namespace CampusCare.Domain.Tickets;

/// <summary>A remedy that policy gives, as it is to be decided.</summary>
/// <param name="Gift">What; the key says at which seq.</param>
/// <param name="Order">For which order.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="PolicyVersion">By which version of the campus's settings.</param>
/// <param name="Needs">Who must grant it.</param>
/// <param name="AgentId">Who grants it; null: nobody.</param>
public sealed record RemedyGrant(RemedyGift Gift, string Order, string Rule, long PolicyVersion, RemedyAuthority Needs, string? AgentId);

/// <summary>Remedies: what is proposed, decided, approved, paid, and taken back.</summary>
public static partial class TicketRules
{
    /// <summary>How many remedies one ticket holds.</summary>
    public const int MaximumRemedies = 10;

    /// <summary>How often the payment provider is asked for one remedy; pauses grow as for replies.</summary>
    public const int MaximumPaymentAttempts = MaximumReplyAttempts;

    /// <summary>The key of a remedy that is decided at a seq of a ticket. It is also its name.</summary>
    public static string RemedyKey(string ticketId, long seq) => string.Create(CultureInfo.InvariantCulture, $"{ticketId}-{seq}");

    /// <summary>
    /// The agent is shown what may be granted. Nothing when that is shown already, or when the matter is over. Where a doubt
    /// makes a person look, the customer hears that somebody will, and a person is called if the bot has the conversation.
    /// </summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="proposal">What may be granted.</param>
    /// <param name="route">Where a person is found.</param>
    /// <param name="now">When.</param>
    public static Decision Propose(Ticket ticket, RemedyProposed proposal, Route? route, DateTimeOffset now)
    {
        if (!MayBeGiven(ticket) || proposal.IsSame(ticket.ProposedRemedy)) return Decision.Nothing;
        if (proposal.Reason != RemedyReason.Doubtful || ticket.ProposedRemedy?.Reason == RemedyReason.Doubtful) return Decision.That(proposal);
        var events = new List<TicketEvent> { proposal, SayOfSystem(ticket, SystemWords.PersonLooks) };
        if (ticket.IsWithBot && route is not null) AddHandOver(events, ticket, HandOverReason.Looked, route, now, null);
        return Decision.That([.. events]);
    }

    /// <summary>A supervisor looked at the doubts of what is proposed, and found nothing in them. Repeating it is harmless.</summary>
    public static Decision ClearDoubts(Ticket ticket, string supervisorId) =>
        ticket.ProposedRemedy is not { Doubts: { IsEmpty: false } doubts }
            ? ticket.DoubtsClearedBy is null ? Decision.Refuse(RefusalCode.NotFound, "There is nothing on this ticket that somebody has to look at.") : Decision.Nothing
            : Decision.That(new DoubtsCleared(supervisorId, doubts));

    /// <summary>Whether something can be given on this ticket at all.</summary>
    public static bool MayBeGiven(Ticket ticket) =>
        ticket is { ErasedAt: null, ConsultationOf: null, Order: not null, Phase: not (TicketPhase.New or TicketPhase.Closed) } && ticket.Remedies.Length < MaximumRemedies;

    /// <summary>
    /// A remedy is decided: by policy alone, or by the agent who has the ticket. What only a supervisor may give waits for
    /// one, who is a second person.
    /// </summary>
    public static Decision DecideRemedy(Ticket ticket, string ticketId, RemedyGrant grant)
    {
        if (BadGrant(ticket, grant.AgentId) is { } no) return no;
        if (grant.Gift.Key != RemedyKey(ticketId, ticket.Seq + 1)) return ChangedMeanwhile;
        if (grant is { AgentId: null, Needs: not RemedyAuthority.Automatic }) return NoRemedy(RemedyReason.AboveAutomatic);
        var decided = new RemedyDecided(grant.Gift, grant.Order, grant.Rule, grant.PolicyVersion, grant.Needs == RemedyAuthority.Supervisor, grant.AgentId);
        return decided.NeedsApproval
            ? Decision.That(decided)
            : Decision.That([decided, .. SayOutside(ticket, language => SystemWords.RemedyDecided(language, grant.Gift.Kind, grant.Gift.Fen))]);
    }

    /// <summary>Why nothing can be granted here, if nothing can: known before policy is asked.</summary>
    public static Decision? BadGrant(Ticket ticket, string? agentId)
    {
        if (ticket.ErasedAt is not null) return Erased;
        if (agentId is not null && (ticket.AgentId != agentId || ticket.Phase != TicketPhase.Assigned)) return NotYours;
        if (ticket.Order is null) return NoRemedy(RemedyReason.NoOrder);
        return MayBeGiven(ticket) ? null : Decision.Refuse(RefusalCode.NoRemedy, "Nothing more can be given on this ticket.");
    }

    /// <summary>Policy gives nothing, or not this.</summary>
    public static Decision NoRemedy(RemedyReason reason) =>
        Decision.Refuse(RefusalCode.NoRemedy, $"The campus's policy does not give this ({char.ToLowerInvariant(reason.ToString()[0])}{reason.ToString()[1..]}). Look at the ticket again.");

    /// <summary>A supervisor who is not the one who granted it approves. Repeating it is harmless.</summary>
    public static Decision ApproveRemedy(Ticket ticket, string key, string supervisorId)
    {
        if (ticket.Remedies.Of(key) is not { } remedy) return NoSuchRemedy;
        if (remedy.State != RemedyState.Asked) return remedy.ApprovedBy == supervisorId ? Decision.Nothing : RemedySettled;
        if (remedy.GrantedBy == supervisorId) return Decision.Refuse(RefusalCode.SecondPerson, "Whoever granted it can't approve it: that needs a second person.");
        return Decision.That([new RemedyApproved(remedy.Gift, supervisorId), .. SayOutside(ticket, language => SystemWords.RemedyDecided(language, remedy.Gift.Kind, remedy.Gift.Fen))]);
    }

    /// <summary>Who granted it, who has the ticket, or a supervisor takes back what waits for approval. Repeating it is harmless.</summary>
    public static Decision TakeRemedyBack(Ticket ticket, string key, Author by, string byId)
    {
        if (ticket.Remedies.Of(key) is not { } remedy) return NoSuchRemedy;
        if (by != Author.Supervisor && byId != remedy.GrantedBy && (byId != ticket.AgentId || ticket.Phase != TicketPhase.Assigned)) return NotYours;
        return remedy.State switch
        {
            RemedyState.TakenBack => Decision.Nothing,
            RemedyState.Asked => Decision.That(new RemedyTakenBack(remedy.Gift, byId, by)),
            _ => RemedySettled,
        };
    }

    /// <summary>How an attempt to pay ended. Without an answer it is tried again, after pauses that double, then given up.</summary>
    public static Decision RemedyTried(Ticket ticket, string key, RemedyEnd end, DateTimeOffset now)
    {
        if (ticket.Remedies.Of(key) is not { State: RemedyState.Paying } remedy) return Decision.Nothing;
        var attempts = remedy.Attempts + 1;
        if (end == RemedyEnd.Paid)
            return Decision.That([new RemedyPaid(remedy.Gift, attempts), .. SayOutside(ticket, language => SystemWords.RemedyPaid(language, remedy.Gift.Kind, remedy.Gift.Fen))]);
        if (end == RemedyEnd.Later && attempts < MaximumPaymentAttempts) return Decision.That(new RemedyDelayed(remedy.Gift, attempts, now + PauseAfter(attempts)));
        var fault = end switch { RemedyEnd.Refused => RemedyFault.Refused, RemedyEnd.Lapsed => RemedyFault.Lapsed, _ => RemedyFault.NoAnswer };
        return Decision.That([new RemedyFailed(remedy.Gift, attempts, fault), .. SayOutside(ticket, language => SystemWords.RemedyFailed(language, remedy.Gift.Kind, remedy.Gift.Fen))]);
    }

    private static readonly Decision NoSuchRemedy = Decision.Refuse(RefusalCode.NotFound, "There is no such remedy.");

    private static readonly Decision RemedySettled = Decision.Refuse(RefusalCode.RemedySettled, "This remedy is paid, on its way, or over: nothing is left to decide.");

    private static readonly Decision ChangedMeanwhile = Decision.Refuse(RefusalCode.PreconditionFailed, "The ticket went on meanwhile. Look at it, and grant it again.");
}
