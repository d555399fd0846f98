using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Queues;

namespace CampusCare.Grains.Tickets;

/// <summary>Clocks that run out: what is promised and not kept goes up, in a second.</summary>
public sealed partial class TicketGrain
{
    public async Task ClocksDue()
    {
        await Read();
        var before = _ticket.State;
        if (before.Clocks.NextDue() is not { } due) return;
        if (due > time.GetUtcNow())
        {
            await Queue.Watch(_id, due);
            return;
        }
        await BringReply();
        PayRemedy();
        if (_ticket.State.Clocks.NextDue(ClockKind.Reply, ClockKind.Payment) is not { } other) return;
        if (other > time.GetUtcNow())
        {
            await Queue.Watch(_id, other);
            return;
        }
        var next = await NextTierOf(before.Queue);
        if (await Do(ticket => TicketRules.ClocksDue(ticket, next, time.GetUtcNow())) is not null) return;
        if (_ticket.State is { Phase: TicketPhase.Assigned } state && state.Escalations > before.Escalations && next.Queue is { } experts)
            await AskTheNextTier(experts, state);
        if (_ticket.State.Clocks.Running(ClockKind.Product) is { } product && product.DueAt <= time.GetUtcNow()) await TellProduct();
    }

    // Who has the ticket keeps it; the next line is asked to help.
    private Task AskTheNextTier(string experts, Ticket state) => Consult(new ConsultColleague(
        state.AgentId!, $"tier-{state.Escalations}", $"升级协助 · needs help: {TicketViews.Subject(state.Text)}", experts, null));

    private async Task TellProduct()
    {
        var state = _ticket.State;
        var taken = await product.Tell(new ProductEscalation(_campus, _id, state.Category, state.Urgency, state.OpenedAt, state.Escalations, state.ProductAttempts + 1));
        await Do(ticket => TicketRules.TellProduct(ticket, taken, time.GetUtcNow()));
    }

    private async Task<NextTier> NextTierOf(string queue)
    {
        var campus = await GrainFactory.Campus(_campus).Settings();
        var here = campus?.Queues.FirstOrDefault(settings => settings.Queue == queue);
        return campus?.Queues.FirstOrDefault(settings => settings.Queue == here?.EscalateTo) is { } next
            ? new NextTier(next.Queue, [new SkillLevel(next.Queue, next.MinimumLevel)], QueueRules.Of(next).TierDueAt(time.GetUtcNow()), product.IsThere)
            : new NextTier(null, [], null, product.IsThere);
    }

    // The queue wakes the ticket when its next clock runs out, wherever the ticket is by then. Who takes a place in the line
    // brings the time along; who stands there already, and got another clock, says so.
    private async Task TellClocks(Ticket before)
    {
        var state = _ticket.State;
        foreach (var alert in state.Alerts)
            if (alert.Seq > before.Seq) await Queue.Alert(new ClockAlert(_campus, _id, state.Queue, alert.Kind, alert.DueAt, _ticket.View.AgentId, alert.Seq));
        if (WakeAt(state) is not { } due || (state.Phase == TicketPhase.Waiting && PlaceChanged(before))) return;
        if (due != WakeAt(before) || before.Phase != state.Phase) await Queue.Watch(_id, due);
    }

    // A reply in a courier's hands needs no waking, nor does a payment that is being asked for.
    private DateTimeOffset? WakeAt(Ticket state) => (_handedOver.Reply is null, _paying.Key is null) switch
    {
        (true, true) => state.Clocks.NextDue(),
        (false, true) => state.Clocks.NextDue(ClockKind.Reply),
        (true, false) => state.Clocks.NextDue(ClockKind.Payment),
        _ => state.Clocks.NextDue(ClockKind.Reply, ClockKind.Payment),
    };
}
