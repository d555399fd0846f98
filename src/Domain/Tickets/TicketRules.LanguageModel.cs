using CampusCare.Domain.LanguageModels;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tickets;

/// <summary>What a language model may do to a ticket: tell who takes over what it is about, and say where a doubtful one belongs.</summary>
public static partial class TicketRules
{
    /// <summary>Whether triage is so little sure of a message that a second opinion may be asked for. Where health or safety is at stake nobody asks.</summary>
    public static bool IsDoubtful(Opened opened) =>
        opened is { ConsultationOf: null, Confidence: < TriageModel.Threshold, Category: not Category.FoodSafety, Urgency: not Urgency.Critical };

    /// <summary>Keeps a summary of what was handed on. Nothing when it came too late, or is known.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="ofSeq">The seq of the event by which it was handed on.</param>
    /// <param name="text">The summary, as the model wrote it.</param>
    public static Decision Summarize(Ticket ticket, long ofSeq, string text)
    {
        if (ticket.ErasedAt is not null || ticket.Phase is not (TicketPhase.Waiting or TicketPhase.Offered or TicketPhase.Assigned)) return Decision.Nothing;
        if (ofSeq <= ticket.SummarizedSeq || ofSeq > ticket.Seq || ModelAnswers.Words(text) is not { } words) return Decision.Nothing;
        return Decision.That(new Summarized(ofSeq) { Personal = new PersonalData(words) });
    }

    /// <summary>Whether a ticket may still be put into another category: it waits as it came, and nobody was asked about it.</summary>
    public static bool MayBeRecategorized(Ticket ticket, Category category) =>
        ticket is { Phase: TicketPhase.Waiting, ErasedAt: null, ConsultationOf: null, AgentId: null, IsRecategorized: false, Reopenings: 0, Escalations: 0 } && ticket.Category != category && ticket.Category != Category.FoodSafety;

    /// <summary>The ticket waits where its category belongs, since when it waited before. Nothing when it came too late.</summary>
    public static Decision Recategorize(Ticket ticket, Category category, Route route)
    {
        if (!MayBeRecategorized(ticket, category)) return Decision.Nothing;
        var key = Priority.Key(ticket.WaitingSince, FactorsOf(ticket) with { Category = category });
        return Decision.That(new Recategorized(category, route.Queue, Math.Min(key, ticket.PriorityKey), route.Requirements, route.LastAgent)
        {
            Wishes = route.Wishes,
            PatienceSeconds = route.PatienceSeconds,
        });
    }
}
