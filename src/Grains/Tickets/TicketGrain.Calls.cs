using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>Calls: the ticket knows who is in one, so what their browsers tell each other goes through it.</summary>
public sealed partial class TicketGrain
{
    public async Task<Outcome<TicketView>> Signal(SendSignal command)
    {
        // Who had the ticket before must not be heard because this memory is old.
        await ReadToTell();
        var state = _ticket.State;
        if (state.Phase == TicketPhase.New) return Unknown;
        if (TicketRules.NotInCall(state, command.Author, command.AuthorId) is { } no) return new Refusal(no.No!.Value, no.Detail, no.Field);
        if (Addressed(state, command) is not { } news) return Unknown;
        _followers.Tell(gateway => gateway.Signaled(news));
        return _ticket.View;
    }

    // Customer and agent speak with each other, supervisors with the agent alone; so an agent says with whom.
    private SignalNews? Addressed(Ticket state, SendSignal command)
    {
        var (author, agent) = (command.AuthorId == state.AgentId && command.Author != Author.Customer ? Author.Agent : command.Author, state.AgentId!);
        var supervisor = author switch { Author.Customer => null, Author.Supervisor => command.AuthorId, _ => command.Signal.Supervisor };
        if (supervisor is not null && !state.ListenedBy.Contains(supervisor)) return null;
        var (to, toId) = author != Author.Agent ? (Author.Agent, agent) : supervisor is null ? (Author.Customer, state.CustomerId) : (Author.Supervisor, supervisor);
        return new SignalNews(_campus, _id, author, to, toId, command.Signal with { Supervisor = supervisor });
    }

    public Task<Outcome<TicketView>> MoveCall(MoveCall command) =>
        Answer(ticket => TicketRules.MoveCall(ticket, command.Author, command.AuthorId, command.Step, command.Name));
}
