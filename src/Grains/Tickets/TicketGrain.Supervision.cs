using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Tickets;

namespace CampusCare.Grains.Tickets;

/// <summary>Supervisors in a conversation. One of another campus meets no ticket.</summary>
public sealed partial class TicketGrain
{
    public Task<Outcome<TicketView>> Listen(SupervisorRef supervisor) =>
        Supervise(supervisor, static (ticket, by) => TicketRules.Listen(ticket, by.Id));

    public Task<Outcome<TicketView>> Whisper(WhisperToAgent command) =>
        Supervise(command.Supervisor, (ticket, by) => TicketRules.Whisper(ticket, command.WhisperId, by, command.Text));

    public Task<Outcome<TicketView>> Join(SupervisorRef supervisor) => Supervise(supervisor, TicketRules.Join);

    public Task<Outcome<TicketView>> Leave(SupervisorRef supervisor) => Supervise(supervisor, TicketRules.Leave);

    public async Task<Outcome<TicketView>> TakeOver(TakeOverTicket command)
    {
        if (command is { ToQueue: null, ToAgent: null })
            return await Supervise(command.Supervisor, (ticket, by) => TicketRules.TakeOver(ticket, by, $"{_id}-taken-{ticket.Seq + 1}", command.Note));
        if (command.Supervisor.Campus != _campus) return Unknown;
        await Read();
        var target = await TargetOf(command.ToQueue, command.ToAgent);
        if (target.Value is not { } route) return target.Refusal!;
        return await Supervise(command.Supervisor, (ticket, by) => TicketRules.Reassign(ticket, by, route, command.Note, time.GetUtcNow()));
    }

    private Task<Outcome<TicketView>> Supervise(SupervisorRef supervisor, Func<Ticket, Supervisor, Decision> rule) => supervisor.Campus == _campus
        ? Answer(ticket => rule(ticket, new Supervisor(supervisor.Id, supervisor.Name)))
        : Task.FromResult<Outcome<TicketView>>(Unknown);
}
