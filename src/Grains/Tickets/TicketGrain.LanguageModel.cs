using CampusCare.Contracts;
using CampusCare.Contracts.LanguageModels;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;

namespace CampusCare.Grains.Tickets;

/// <summary>
/// A language model is asked after a commit, by hints to another grain: no turn of a ticket and no customer waits for it, and
/// what comes too late changes nothing.
/// </summary>
public sealed partial class TicketGrain
{
    public Task Summarized(ModelSummary summary) => Hear(ticket => TicketRules.Summarize(ticket, summary.OfSeq, summary.Text));

    public async Task Categorized(ModelCategory said)
    {
        await Read();
        if (!TicketRules.MayBeRecategorized(_ticket.State, said.Category)) return;
        var route = await RouteAgain(await GrainFactory.Campus(_campus).Settings(), said.Category);
        if (route.Value is { } to) await Hear(ticket => TicketRules.Recategorize(ticket, said.Category, to));
    }

    private void AskModel(Ticket before)
    {
        if (!model.IsThere) return;
        foreach (var (seq, happened, _) in _ticket.EventsAfter(before.Seq))
        {
            if (happened is HandedOver or Transferred) _ = GrainFactory.LanguageDesk(_campus).Summarize(_id, seq);
            else if (happened is Opened opened && TicketRules.IsDoubtful(opened) && _ticket.State.Phase == TicketPhase.Waiting) _ = GrainFactory.LanguageDesk(_campus).Categorize(_id);
        }
    }
}
