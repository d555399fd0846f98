using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Queues;
using CampusCare.Storage;

namespace CampusCare.Grains.Tickets;

/// <summary>Where a ticket goes, and what is promised there.</summary>
public sealed partial class TicketGrain
{
    /// <summary>How far back a customer's tickets are looked at for the agent who knows them.</summary>
    public const int RememberedTickets = 5;

    /// <summary>How long a ticket that was handed to one agent waits for that agent alone.</summary>
    public static readonly TimeSpan HandingPatience = TimeSpan.FromMinutes(1);

    private async Task<Route> RouteTo(CampusSettings campus, Contact contact, Category category)
    {
        var queue = campus.Queues.FirstOrDefault(queue => queue.Categories.Contains(category)) ?? campus.Queues[^1];
        var rules = QueueRules.Of(queue);
        var needs = rules.Needs(contact.Role, contact.Text, category, contact.Tier);
        return new Route(queue.Queue, needs.Hard, queue.StickySeconds > 0 ? await LastAgentOf(contact.CustomerId) : null)
        {
            Wishes = needs.Soft,
            PatienceSeconds = queue.StickySeconds,
            Clocks = rules.Clocks(category, contact.Tier, time.GetUtcNow()),
        };
    }

    private static Route RouteOf(CampusSettings campus, Consultation consultation) =>
        RouteTo(campus.Queues.First(queue => queue.Queue == consultation.Queue), consultation.ToAgent);

    // One who is asked by name need not know what the queue asks for.
    private static Route RouteTo(QueueSettings queue, string? agentId) =>
        new(queue.Queue, [new SkillLevel(queue.Queue, queue.MinimumLevel)], agentId)
        {
            PatienceSeconds = agentId is null ? 0 : (int)HandingPatience.TotalSeconds,
        };

    private async Task<string?> LastAgentOf(string customerId)
    {
        var before = await rows.OfCustomer(_campus, customerId, RememberedTickets);
        var served = before.FirstOrDefault(static row => row is { AgentId: not null, State: not (TicketStates.Waiting or TicketStates.Offered) });
        return served is null ? null : GrainKeys.Split(served.AgentId!).Id;
    }

    private async Task<Promises> PromisesNow()
    {
        var state = _ticket.State;
        if (state.Phase is not (TicketPhase.Assigned or TicketPhase.Resolved)) return Promises.None;
        if (await QueueSettingsOf(state.Queue) is not { } queue) return Promises.None;
        var (rules, now) = (QueueRules.Of(queue), time.GetUtcNow());
        return new Promises(rules.AnswerDueAt(state.Category, state.Tier, now), rules.Clocks(state.Category, state.Tier, now), queue.StickySeconds);
    }

    private async Task<QueueSettings?> QueueSettingsOf(string queue) =>
        (await GrainFactory.Campus(_campus).Settings())?.Queues.FirstOrDefault(settings => settings.Queue == queue);
}
