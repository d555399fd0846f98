using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using Microsoft.Extensions.Logging;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>Handing on and asking around.</summary>
public sealed partial class TicketGrain
{
    /// <summary>Between two looks for answers whose word got lost.</summary>
    public static readonly TimeSpan AnswersPeriod = TimeSpan.FromSeconds(30);

    private DateTimeOffset _lookedForAnswersAt;

    public async Task<Outcome<TicketView>> Transfer(TransferTicket command)
    {
        var target = await TargetOf(command.ToQueue, command.ToAgent);
        if (target.Value is not { } route) return target.Refusal!;
        return await Answer(ticket => TicketRules.Transfer(ticket, command.AgentId, route, command.Note, time.GetUtcNow()));
    }

    // The question's ticket comes first: repeating the command meets it again, and a question that nobody can find is none.
    public async Task<Outcome<TicketView>> Consult(ConsultColleague command)
    {
        await Read();
        if (_ticket.State.Phase == TicketPhase.New) return Unknown;
        if (_ticket.State.OpenConsults.Length >= TicketRules.MaximumConsults) await LookForAnswers();
        if (TicketRules.BadConsult(_ticket.State, command.AgentId, command.ConsultId, command.Question) is { } bad)
            return bad.No is { } no ? new Refusal(no, bad.Detail, bad.Field) : _ticket.View;
        var target = await TargetOf(command.ToQueue, command.ToAgent);
        if (target.Value is not { } route) return target.Refusal!;
        return await Ask(command, route);
    }

    private async Task<Outcome<TicketView>> Ask(ConsultColleague command, Route route)
    {
        var asker = TicketRules.AskerId(command.AgentId);
        var id = TicketIds.For(_campus, asker, $"{_id}.{command.ConsultId}");
        var state = _ticket.State;
        var question = new OpenTicket(
            command.ConsultId, new CustomerRef(asker, state.AgentName ?? "", state.Role, Tier: state.Tier), Channel.Web, command.Question, state.OrderNumber)
        {
            Consultation = new Consultation(_id, route.Queue, route.LastAgent),
        };
        var opened = await GrainFactory.Ticket(_campus, id).Open(question);
        if (opened.Refusal is { } refused) return refused;
        return await Answer(ticket => TicketRules.Consult(ticket, command.AgentId, command.ConsultId, command.Question, id, route.Queue, route.LastAgent));
    }

    public Task ConsultAnswered(ConsultAnswer answer) =>
        Hear(ticket => TicketRules.AnswerConsult(ticket, answer.TicketId, answer.AgentId, answer.AgentName, answer.Words));

    public async Task<ConsultAnswer?> AnswerOfConsult()
    {
        await Read();
        return AnswerNow();
    }

    private ConsultAnswer? AnswerNow()
    {
        var state = _ticket.State;
        if (state.ConsultationOf is null || state.Phase is not (TicketPhase.Resolved or TicketPhase.Closed)) return null;
        var words = _ticket.After(0).LastOrDefault(happened => happened.Type == TicketEventTypes.Message && happened.AuthorId == state.AgentId)?.Text;
        return new ConsultAnswer(_id, state.AgentId ?? "", state.AgentName ?? "", words);
    }

    // The word of an answer may have got lost.
    private async Task LookForAnswers()
    {
        foreach (var question in _ticket.State.OpenConsults)
            if (await GrainFactory.Ticket(_campus, question).AnswerOfConsult() is { } answer) await ConsultAnswered(answer);
    }

    // Readers find what got lost; who can't be asked now is asked for a later one.
    private async Task LookForAnswersAgain()
    {
        var now = time.GetUtcNow();
        if (_ticket.State.OpenConsults.IsEmpty || now - _lookedForAnswersAt < AnswersPeriod) return;
        _lookedForAnswersAt = now;
        try
        {
            await LookForAnswers();
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NotAsked(error, _campus, _id);
        }
    }

    public Task AgentGone(string agentId, string reservationId) =>
        Hear(ticket => TicketRules.Return(ticket, agentId, reservationId, time.GetUtcNow()));

    public async Task<Outcome<PhoneNumber>> ShowPhone(string agentId)
    {
        var answer = await Answer(ticket => TicketRules.ShowPhone(ticket, agentId));
        return answer.Refusal is { } no ? no : new PhoneNumber(_ticket.State.CustomerPhone!);
    }

    public Task<Outcome<TicketView>> Promise(MakePromise command) =>
        Answer(ticket => TicketRules.Promise(ticket, command.AgentId, command.DueAt, command.Words, time.GetUtcNow()));

    public Task<Outcome<TicketView>> KeepPlace(KeepPlace command) =>
        Answer(ticket => TicketRules.KeepPlace(ticket, command.CustomerId, command.Channel, command.Phone));

    private async Task<Outcome<Route>> TargetOf(string? queue, string? agentId)
    {
        if (queue is null && agentId is null) return new Refusal(RefusalCode.Invalid, "Name a queue or an agent.", "toQueue");
        var campus = await GrainFactory.Campus(_campus).Settings();
        if (agentId is not null)
        {
            if (agentId.Contains('/')) return new Refusal(RefusalCode.NotFound, "There is no such agent on this campus.", "toAgent");
            if ((await Agent(agentId).Desk()).Value is not { } desk) return new Refusal(RefusalCode.NotFound, "There is no such agent.", "toAgent");
            queue ??= desk.Queues.Contains(_ticket.State.Queue) ? _ticket.State.Queue : desk.Queues.FirstOrDefault();
        }
        return campus?.Queues.FirstOrDefault(settings => settings.Queue == queue) is { } target
            ? RouteTo(target, agentId)
            : new Refusal(RefusalCode.NotFound, "There is no such queue.", "toQueue");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ticket {Campus}/{Ticket} could not ask what came of its open questions; a later reader makes it ask again.")]
    private partial void NotAsked(Exception error, string campus, string ticket);
}
