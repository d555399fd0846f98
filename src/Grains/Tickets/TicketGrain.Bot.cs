using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Incidents;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Knowledge;
using Microsoft.Extensions.Logging;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>The bot's part in a conversation: it answers what a campus's articles answer, and calls a person otherwise.</summary>
public sealed partial class TicketGrain
{
    public async Task<Outcome<TicketView>> Judge(JudgeAnswer command)
    {
        await Read();
        if (_ticket.State.Phase == TicketPhase.New) return Unknown;
        var talk = _ticket.State.Bot;
        var route = await RouteAgain(await GrainFactory.Campus(_campus).Settings(), _ticket.State.Category);
        if (route.Value is not { } to) return route.Refusal!;
        var answer = await Answer(ticket => TicketRules.JudgeAnswer(ticket, command.CustomerId, command.Verdict, to, time.GetUtcNow()));
        TellDesk(talk);
        return answer;
    }

    // A customer's word while the bot has the conversation.
    private async Task<Outcome<TicketView>> TellBot(PostMessage command)
    {
        var state = _ticket.State;
        var meaning = triage.Classify(command.Text, withEntities: false);
        var campus = await GrainFactory.Campus(_campus).Settings();
        var order = await OrderAgain(command.Text);
        var turn = await AskBot(campus, new BotAsked(command.Text, meaning, state.Role, state.OrderNumber ?? order?.Number, command.ReplyTo is not null, order, state.Bot))
            ?? Bot.HandOver(HandOverReason.Misses, state.Bot!.Language);
        var route = await RouteAgain(campus, turn.Reason == HandOverReason.Urgent ? meaning.Category : state.Category);
        if (route.Value is not { } to) return route.Refusal!;
        var answer = await Answer(ticket => TicketRules.TellBot(
            ticket, command.MessageId, command.AuthorId, command.Text, turn, to, time.GetUtcNow(), command.Channel, AddressOf(command.ReplyTo), order));
        TellDesk(state.Bot);
        return answer;
    }

    // Null: the campus has no bot, or it can't be asked now, and the matter goes to a person.
    private async Task<BotTurn?> AskBot(CampusSettings? campus, BotAsked asked)
    {
        if (campus?.Bot is not { On: true } bot) return null;
        var (text, meaning, before) = (asked.Text, asked.Meaning, asked.Before);
        var question = new BotQuestion(text, meaning.Category, meaning.Urgency, meaning.Sentiment, asked.Role, asked.OrderNumber, time.GetUtcNow(), asked.Outside);
        if (OrderBot.Answer(new BotPolicy(bot.Confidence, bot.NotFor), asked.Order, question, before?.Language ?? Language.Of(text)) is { } known) return known;
        try
        {
            var reply = await GrainFactory.KnowledgeDesk(_campus).Ask(
                new BotWords(text, meaning.Category, meaning.Urgency, meaning.Sentiment, asked.Role, asked.OrderNumber, asked.Outside, bot.Confidence) { NotFor = bot.NotFor, Before = before?.Said() });
            return reply.Turn() is { Does: not BotDoes.Nothing } turn || asked.Incident is null ? reply.Turn() : KnownIncident.Answer(new BotPolicy(bot.Confidence, bot.NotFor), question, meaning.Confidence, Language.Of(text));
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NoBot(error, _campus, _id);
            return null;
        }
    }

    private sealed record BotAsked(string Text, TriageResult Meaning, CustomerRole Role, string? OrderNumber, bool Outside, OrderFacts? Order, BotTalk? Before = null)
    {
        public KnownIncident? Incident { get; init; }
    }

    private async Task<Outcome<Route>> RouteAgain(CampusSettings? campus, Category category)
    {
        if (campus is null) return new Refusal(RefusalCode.NotFound, $"There is no campus '{_campus}'.", "campus");
        var state = _ticket.State;
        return await RouteTo(campus, new Contact(state.ContactId, state.CustomerId, state.CustomerName, state.Role, null, state.Channel, state.Text, state.OrderNumber, state.Tier), category);
    }

    // What became of an answer, when this word changed it.
    private void TellDesk(BotTalk? before)
    {
        if (_ticket.State.Bot is not { } now || before is null || now == before) return;
        // What was said of an incident is no article: nothing is learnt of it.
        if (now.ArticleId == KnownIncident.ArticleId) return;
        var helped = now.Helped != before.Helped || now.ArticleId != before.ArticleId ? now.Helped : null;
        var over = now.HandedOver is not null && before.HandedOver is null;
        if (helped is null && !over) return;
        _ = GrainFactory.KnowledgeDesk(_campus).Heard(new AnswerNews(helped is null ? null : now.ArticleId, helped, over, false, _ticket.State.Text));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bot could not be asked about {Campus}/{Ticket}; it goes to a person.")]
    private partial void NoBot(Exception error, string campus, string ticket);
}
