using CampusCare.Contracts;
using CampusCare.Contracts.LanguageModels;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.LanguageModels;
using CampusCare.Domain.Routing;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.LanguageModels;

/// <inheritdoc cref="ILanguageDeskGrain"/>
/// <remarks>One on each silo, with many questions on their way at once: how many, the model's client says.</remarks>
[StatelessWorker(1), Reentrant]
public sealed partial class LanguageDeskGrain(ILanguageModel model, TimeProvider time, ILogger<LanguageDeskGrain> log) : Grain, ILanguageDeskGrain
{
    /// <summary>What is shorter is read faster than a summary of it.</summary>
    public const int LeastLines = 3;

    private static readonly Refusal None = new(RefusalCode.NoSuggestion, "No language model answered in time, or the campus's budget of the day is used. Write the reply yourself, or try again later.");

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public Task<bool> IsThere() => Task.FromResult(model.IsThere);

    public async Task Summarize(string ticketId, long seq)
    {
        if (await Read(ticketId) is not { } history || Said(history).Count() < LeastLines) return;
        var question = ModelPrompts.Summary(Said(history), Names(history), LanguageOf(history));
        if (ModelAnswers.Words(await Ask(question, ticketId)) is { } text) _ = GrainFactory.Ticket(Campus, ticketId).Summarized(new ModelSummary(seq, text));
    }

    public async Task Categorize(string ticketId)
    {
        if (await Read(ticketId) is not { Ticket.Phase: TicketPhase.Waiting } history) return;
        var question = ModelPrompts.Category(history.Events[0].Text ?? "", Names(history));
        if (ModelAnswers.Category(await Ask(question, ticketId)) is { } category) _ = GrainFactory.Ticket(Campus, ticketId).Categorized(new ModelCategory(category));
    }

    public async Task<Outcome<SuggestedReply>> Suggest(string ticketId, string agentId)
    {
        if (!model.IsThere) return None;
        var found = await GrainFactory.Ticket(Campus, ticketId).History(0);
        if (found.Value is not { } history) return found.Refusal!;
        if (history.Ticket.AgentId != agentId || history.Ticket.Phase != TicketPhase.Assigned) return new Refusal(RefusalCode.NotYourTicket, "The ticket is with another agent, or with none.");
        var question = ModelPrompts.Reply(Said(history), Names(history), LanguageOf(history));
        return ModelAnswers.Words(await Ask(question, ticketId)) is { } text ? new SuggestedReply(text) : None;
    }

    // Null: the ticket is gone, or can't be read now; then it goes on without.
    private async Task<TicketHistory?> Read(string ticketId)
    {
        if (!model.IsThere) return null;
        try
        {
            return (await GrainFactory.Ticket(Campus, ticketId).History(0)).Value;
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NotAsked(error, Campus, ticketId);
            return null;
        }
    }

    private async Task<string?> Ask(ModelQuestion question, string ticketId)
    {
        try
        {
            var budget = GrainFactory.LanguageBudget(Campus, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
            if (!await budget.Take(model.CallsPerDay, model.TokensPerDay))
            {
                LanguageMeter.Refused(question.Use);
                return null;
            }
            if (await model.Ask(question) is not { } answer) return null;
            _ = budget.Used(answer.Tokens);
            return answer.Text;
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NotAsked(error, Campus, ticketId);
            return null;
        }
    }

    // What was said to or by the customer: colleagues' words stay here.
    private static IEnumerable<SaidLine> Said(TicketHistory history) => history.Events
        .Where(static happened => happened is { Type: TicketEventTypes.Opened or TicketEventTypes.Message, Text.Length: > 0 })
        .Select(static happened => new SaidLine(happened.Author ?? Author.System, happened.Text!));

    private static IEnumerable<string?> Names(TicketHistory history) =>
        [history.Ticket.Customer.Name, history.Ticket.AgentName, history.Ticket.Order?.Rider, .. history.Events.Where(static happened => happened.Author is not (Author.Bot or Author.System)).Select(static happened => happened.AuthorName).Distinct()];

    private static string LanguageOf(TicketHistory history) => Language.Of(history.Ticket.Subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language model could not be asked about {Campus}/{Ticket}; it goes on without.")]
    private partial void NotAsked(Exception error, string campus, string ticket);
}
