using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;

namespace CampusCare.Grains.Tickets;

/// <summary>A ticket's events as others see them.</summary>
public static partial class TicketViews
{
    /// <summary>An event for clients.</summary>
    public static TicketEventView View(this TicketEvent happened, long seq, DateTimeOffset at)
    {
        var text = happened.Personal?.Text;
        var name = happened.Personal?.Name;
        return happened switch
        {
            Opened { Channel: Channel.Proactive } e => new(seq, at, TicketEventTypes.Opened, Author.System, SystemWords.AuthorId, Text: text, MessageId: e.ContactId, Detail: Name(e.Category)),
            Opened e => new(seq, at, TicketEventTypes.Opened, Author.Customer, e.CustomerId, name, text, e.ContactId, Name(e.Category)),
            Queued e => new(seq, at, TicketEventTypes.Queued, Detail: e.Queue),
            Offered e => new(seq, at, TicketEventTypes.Offered, Author.Agent, e.AgentId, name, Detail: e.Why, Explanation: e.Explanation?.View()),
            OfferEnded e => new(seq, at, EndName(e.How), Author.Agent, e.AgentId, Detail: text ?? e.Reason),
            Accepted e => new(seq, at, TicketEventTypes.Accepted, Author.Agent, e.AgentId, name),
            MessagePosted e => new(seq, at, TicketEventTypes.Message, e.Author, e.AuthorId, name, text, e.MessageId),
            Resolved e => new(seq, at, TicketEventTypes.Resolved, Author.Agent, e.AgentId, Text: text, Detail: e.Disposition),
            WrappedUp e => new(seq, at, TicketEventTypes.WrappedUp, Author.Agent, e.AgentId, Text: text, Detail: e.Disposition),
            Reopened => new(seq, at, TicketEventTypes.Reopened),
            Rated e => new(seq, at, TicketEventTypes.Rated, Author.Customer, Text: text, Detail: e.Stars.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Closed e => new(seq, at, TicketEventTypes.Closed, Detail: Name(e.Reason)),
            Noted e => new(seq, at, TicketEventTypes.Note, Author.Agent, e.AuthorId, name, text, e.NoteId),
            Listened e => new(seq, at, TicketEventTypes.Listened, Author.Supervisor, e.SupervisorId),
            Whispered e => new(seq, at, TicketEventTypes.Whispered, Author.Supervisor, e.SupervisorId, name, text, e.WhisperId),
            SupervisorJoined e => new(seq, at, TicketEventTypes.SupervisorJoined, Author.Supervisor, e.SupervisorId, name),
            SupervisorLeft e => new(seq, at, TicketEventTypes.SupervisorLeft, Author.Supervisor, e.SupervisorId, name),
            TakenOver e => new(seq, at, TicketEventTypes.TakenOver, Author.Supervisor, e.SupervisorId, name, text, Detail: e.FromAgent),
            CallMoved e => new(seq, at, TicketEventTypes.Call, e.Author, e.AuthorId, name, Detail: Name(e.Step)),
            Transferred e => new(seq, at, TicketEventTypes.Transferred, e.BySupervisor is null ? Author.Agent : Author.Supervisor, e.BySupervisor ?? e.AgentId, Text: text, Detail: e.ToAgent ?? e.ToQueue),
            Returned e => new(seq, at, TicketEventTypes.Returned, Author.Agent, e.AgentId),
            ConsultAsked e => new(seq, at, TicketEventTypes.ConsultAsked, Author.Agent, e.AgentId, Text: text, Detail: e.TicketId),
            ConsultAnswered e => new(seq, at, TicketEventTypes.ConsultAnswered, Author.Agent, e.AgentId, name, text, Detail: e.TicketId),
            PlaceKept e => new(seq, at, TicketEventTypes.PlaceKept, Author.Customer, Detail: Name(e.Channel)),
            Promised e => new(seq, at, TicketEventTypes.Promised, Author.Agent, e.AgentId, Text: text, DueAt: e.DueAt),
            PhoneShown e => new(seq, at, TicketEventTypes.PhoneShown, Author.Agent, e.AgentId),
            ClockMissed e => new(seq, at, TicketEventTypes.ClockMissed, Detail: Name(e.Kind), DueAt: e.DueAt),
            Escalated e => new(seq, at, TicketEventTypes.Escalated, Detail: e.ToQueue),
            ReplySent e => new(seq, at, TicketEventTypes.ReplySent, Detail: Name(e.Channel), MessageId: e.MessageId),
            ReplyDelayed e => new(seq, at, TicketEventTypes.ReplyDelayed, Detail: Name(e.Fault), MessageId: e.MessageId, DueAt: e.NextAt),
            ReplyFailed e => new(seq, at, TicketEventTypes.ReplyFailed, Detail: Name(e.Fault), MessageId: e.MessageId),
            ProductTold e => new(seq, at, TicketEventTypes.ProductTold, Detail: e.Taken ? "taken" : "givenUp"),
            ProductDelayed e => new(seq, at, TicketEventTypes.ProductDelayed, DueAt: e.NextAt),
            EvidenceAdded e => new(seq, at, TicketEventTypes.Evidence, e.Author, e.AuthorId, name, Evidence: new(e.File.Hash, e.File.Type, e.File.Bytes, e.File.Width, e.File.Height)),
            OrderSeen e => new(seq, at, TicketEventTypes.OrderSeen, Detail: e.Order.Number),
            RemedyProposed e => new(seq, at, TicketEventTypes.RemedyProposed, Detail: e.Rule, Remedy: new("", e.Kind, e.Fen)),
            DoubtsCleared e => new(seq, at, TicketEventTypes.DoubtsCleared, Author.Supervisor, e.SupervisorId),
            RemedyDecided e => new(seq, at, e.NeedsApproval ? TicketEventTypes.RemedyAsked : TicketEventTypes.RemedyDecided, e.AgentId is null ? null : Author.Agent, e.AgentId, Remedy: View(e.Gift)),
            RemedyApproved e => new(seq, at, TicketEventTypes.RemedyApproved, Author.Supervisor, e.SupervisorId, Remedy: View(e.Gift)),
            RemedyDelayed e => new(seq, at, TicketEventTypes.RemedyDelayed, DueAt: e.NextAt, Remedy: View(e.Gift)),
            RemedyPaid e => new(seq, at, TicketEventTypes.RemedyPaid, Remedy: View(e.Gift)),
            RemedyFailed e => new(seq, at, TicketEventTypes.RemedyFailed, Detail: Name(e.Fault), Remedy: View(e.Gift)),
            RemedyTakenBack e => new(seq, at, TicketEventTypes.RemedyTakenBack, e.By, e.ById, Remedy: View(e.Gift)),
            Answered e => new(seq, at, TicketEventTypes.Answered, Author.Bot, TicketRules.BotId, Detail: $"{e.ArticleId}@{e.Version}"),
            Misunderstood => new(seq, at, TicketEventTypes.Misunderstood, Author.Bot, TicketRules.BotId),
            AnswerJudged e => new(seq, at, TicketEventTypes.AnswerJudged, Author.Customer, Detail: e.Helped ? "helped" : "notHelped"),
            HandedOver e => new(seq, at, TicketEventTypes.HandedOver, Author.Bot, TicketRules.BotId, Text: text, Detail: Name(e.Reason)),
            Summarized => new(seq, at, TicketEventTypes.Summarized, Author.Bot, TicketRules.BotId, Text: text),
            Recategorized e => new(seq, at, TicketEventTypes.Recategorized, Author.Bot, TicketRules.BotId, Detail: Name(e.Category)),
            PersonalErased e => new(seq, at, TicketEventTypes.Erased, Detail: Name(e.Reason)),
            _ => throw new InvalidOperationException($"No view for {happened.GetType().Name}."),
        };
    }

    private static RemedyGiftView View(RemedyGift gift) => new(gift.Key, gift.Kind, gift.Fen);

    private static RemedyView View(Remedy remedy) =>
        new(remedy.Gift.Key, remedy.Gift.Kind, remedy.Gift.Fen, remedy.Order, remedy.Rule, remedy.PolicyVersion, remedy.At, remedy.State, remedy.GrantedBy, remedy.ApprovedBy, remedy.PaidAt, remedy.Fault);

    private static string EndName(ReservationState how) => how switch
    {
        ReservationState.Rejected => TicketEventTypes.OfferRejected,
        ReservationState.TimedOut => TicketEventTypes.OfferTimedOut,
        _ => TicketEventTypes.OfferRescinded,
    };
}
