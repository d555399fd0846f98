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
        var (to, toId) = command.Author == Author.Customer ? (Author.Agent, state.AgentId!) : (Author.Customer, state.CustomerId);
        var news = new SignalNews(_campus, _id, command.Author, to, toId, command.Signal);
        _followers.Tell(gateway => gateway.Signaled(news));
        return _ticket.View;
    }

    public Task<Outcome<TicketView>> MoveCall(MoveCall command) =>
        Answer(ticket => TicketRules.MoveCall(ticket, command.Author, command.AuthorId, command.Step));
}
