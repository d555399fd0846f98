using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Remedies;

namespace CampusCare.Grains.Tickets;

/// <summary>Doubts: what would be given is proposed to a person instead, and a supervisor may clear it.</summary>
public sealed partial class TicketGrain
{
    public async Task<Outcome<TicketView>> ClearDoubts(ClearDoubts command)
    {
        var looked = ImmutableArray<DoubtView>.Empty;
        var answer = await Supervise(command.Supervisor, (ticket, by) =>
        {
            looked = ticket.ProposedRemedy?.Doubts.View() ?? [];
            return TicketRules.ClearDoubts(ticket, by.Id);
        });
        if (answer.Refusal is not null) return answer;
        // Whoever repeats it after a crash finds the ticket cleared and the account not: what was cleared stands in the journal.
        if (looked.IsEmpty) looked = _ticket.EventsAfter(0).Select(static entry => entry.Happened).OfType<DoubtsCleared>().LastOrDefault()?.Doubts.View() ?? [];
        await Account.Clear(looked);
        await GrainFactory.DoubtDesk(_campus).Settle(_id, command.Supervisor.Id);
        _ = GrainFactory.Ticket(_campus, _id).ConsiderRemedy();
        return answer;
    }

    private async Task Propose(string order, RemedyAnswer answer)
    {
        var proposal = new RemedyProposed(order, answer.Kind, answer.Fen, answer.Rule!, answer.PolicyVersion, answer.Needs, answer.Reason, answer.GivenBefore)
        {
            Doubts = [.. answer.Doubts.Select(Doubts.Doubt)],
        };
        var route = _ticket.State.IsWithBot && answer.Reason == RemedyReason.Doubtful ? (await RouteAgain(await GrainFactory.Campus(_campus).Settings(), _ticket.State.Category)).Value : null;
        var seq = _ticket.State.Seq;
        var no = await Do(ticket => TicketRules.Propose(ticket, proposal, route, time.GetUtcNow()));
        if (no is null && _ticket.State.Seq > seq && !answer.Doubts.IsEmpty)
            await GrainFactory.DoubtDesk(_campus).File(new DoubtCase(_id, _ticket.State.CustomerId, time.GetUtcNow(), answer.Kind, answer.Fen, answer.Doubts));
    }

    private static ImmutableArray<string> Links(Ticket state) =>
        [.. new[] { state.CustomerPhone is { } phone ? $"phone {phone}" : null, state.Correspondence?.Route is { } route ? $"{route.Channel} {route.To.Address}" : null }.OfType<string>()];

    // The places call nobody, so that they can be waited for.
    private async Task ForgetTraces()
    {
        var state = _ticket.State;
        await Task.WhenAll(state.Sketches.SelectMany(PicturePlaces.Of).Distinct().Select(place => GrainFactory.Trace(_campus, place).Forget(state.CustomerId, _id)));
        if (!state.Sketches.IsEmpty || state.ProposedRemedy is not null || state.DoubtsClearedBy is not null) await GrainFactory.DoubtDesk(_campus).Forget(_id);
    }
}
