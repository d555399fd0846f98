using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>Handing on and asking around.</summary>
public sealed partial class TicketGrain
{
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
}
