using System.Collections.Immutable;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Orders;

namespace CampusCare.Domain.Tickets;

/// <summary>
/// Answers of the bot. An answered ticket counts as solved; the customer's next word is judged by the bot, and whatever it
/// can't carry on goes to a person, ahead of those who were never answered, with a summary.
/// </summary>
public static partial class TicketRules
{
    /// <summary>Who the bot is as an author.</summary>
    public const string BotId = "bot";

    private static Decision OpenWithBot(Contact contact, ImmutableArray<TicketEvent> first, Queued queued, Route route, BotTurn bot)
    {
        var said = Said(bot, after: first.Length);
        if (bot.Does == BotDoes.Answer) return Decision.That([.. first, said, AnsweredBy(bot, route)]);
        var over = new HandedOver(bot.Reason ?? HandOverReason.Urgent, bot.ArticleId)
        {
            Personal = new PersonalData(BotTexts.Summary(contact.Text, contact.OrderNumber, null, [], bot.Reason ?? HandOverReason.Urgent, bot.Language)),
        };
        return Decision.That([.. first, said, over, queued]);
    }

    /// <summary>A customer writes while the bot has the conversation; <paramref name="turn"/> is what the bot makes of it, with what it saw of the order for it.</summary>
    public static Decision TellBot(
        Ticket ticket, string messageId, string authorId, string text, BotTurn turn, Route route, DateTimeOffset now, Channel? channel = null, ReplyAddress? replyTo = null, OrderFacts? seen = null)
    {
        if (!ticket.IsWithBot) return Post(ticket, messageId, Author.Customer, authorId, text, Promises.None, now, channel, replyTo);
        if ((BadText(text, "text") ?? BadId(messageId, "messageId") ?? NotAPartner(ticket, Author.Customer, authorId)) is { } no) return no;
        if (ticket.ErasedAt is not null) return Erased;
        if (WrittenBefore(ticket, messageId, authorId, text, "messageId") is { } before) return before;
        var message = new MessagePosted(messageId, Author.Customer, authorId, null, ChangeOf(ticket, channel)) { Personal = new PersonalData(text, ticket.CustomerName, ReplyTo: replyTo) };
        ImmutableArray<TicketEvent> first = seen is null ? [message] : [message, .. SeeOrder(ticket, seen).Events];
        return Decision.That([.. first, .. After(ticket, turn, route, now, text, ticket.Seq + first.Length)]);
    }

    /// <summary>The customer says with a button whether the answer helped, or that a person shall come.</summary>
    public static Decision JudgeAnswer(Ticket ticket, string customerId, AnswerVerdict verdict, Route route, DateTimeOffset now)
    {
        if (ticket.CustomerId != customerId) return NotFound;
        if (ticket.Bot is not { } talk) return Decision.Refuse(RefusalCode.Invalid, "There is no automatic answer on this ticket to judge.", "verdict");
        if (talk.HandedOver is not null) return verdict == AnswerVerdict.Helped ? Decision.Refuse(RefusalCode.Invalid, "A person was called already.", "verdict") : Decision.Nothing;
        if (ticket.ErasedAt is not null) return Erased;
        if (ticket.Phase == TicketPhase.Closed) return verdict == AnswerVerdict.Helped && talk.Helped == true ? Decision.Nothing : Decision.Refuse(RefusalCode.TicketClosed, "This ticket is closed. Open a new contact; it can name the same order.");
        if (verdict == AnswerVerdict.Helped)
            return talk.Helped == true ? Decision.Nothing : Decision.That([.. After(ticket, new BotTurn(BotDoes.Thank, talk.Language, BotTexts.Thanks(talk.Language)), route, now, null, ticket.Seq)]);
        var reason = verdict == AnswerVerdict.Person ? HandOverReason.Asked : HandOverReason.NotHelped;
        return Decision.That([.. After(ticket, Bot.HandOver(reason, talk.Language), route, now, null, ticket.Seq)]);
    }

    private static List<TicketEvent> After(Ticket ticket, BotTurn turn, Route route, DateTimeOffset now, string? text, long seq)
    {
        var talk = ticket.Bot!;
        var events = new List<TicketEvent>();
        if (turn.Text is not null) events.Add(Said(turn, seq));
        switch (turn.Does)
        {
            case BotDoes.Answer:
                events.Add(AnsweredBy(turn, route));
                break;
            case BotDoes.AskAgain:
                events.Add(new Misunderstood(talk.Misses + 1));
                break;
            case BotDoes.Thank:
                if (talk.Helped != true) events.Add(new AnswerJudged(talk.ArticleId, talk.Version, Helped: true));
                break;
            default:
                AddHandOver(events, ticket, turn.Reason ?? HandOverReason.Misses, route, now, text);
                break;
        }
        return events;
    }

    private static void AddHandOver(List<TicketEvent> events, Ticket ticket, HandOverReason reason, Route route, DateTimeOffset now, string? text)
    {
        var talk = ticket.Bot!;
        if (reason is HandOverReason.NotHelped) events.Add(new AnswerJudged(talk.ArticleId, talk.Version, Helped: false));
        var summary = BotTexts.Summary(ticket.Text, ticket.OrderNumber, text, talk.Tried, reason, talk.Language);
        events.Add(new HandedOver(reason, talk.ArticleId) { Personal = new PersonalData(summary) });
        events.Add(QueuedBy(route, now, FactorsOf(ticket) with { Reopened = true }));
    }

    private static Answered AnsweredBy(BotTurn turn, Route route) =>
        new(turn.ArticleId!, turn.Version, turn.Language, Math.Round(turn.Confidence, 3), route.Queue, turn.Step) { Choices = turn.Choices };

    // A client's id has no spaces: the bot's can't be taken.
    private static MessagePosted Said(BotTurn turn, long after) =>
        new($"bot {after + 1}", Author.Bot, BotId) { Personal = new PersonalData(turn.Text, BotTexts.Name(turn.Language)) };
}
