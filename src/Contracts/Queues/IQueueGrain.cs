using System.Collections.Immutable;
using CampusCare.Contracts.Agents;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Queues;

/// <summary>
/// The waiting line of one skill group of one campus. A cache of the journal: it may forget everything at any time and
/// rebuild from the read model. It owns the deadlines of reservations.
/// </summary>
[Alias("Queue")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Takes a waiting ticket into the line (or back to its place) and answers where it stands.</summary>
    Task<QueuePlace> Enqueue(WaitingTicket ticket);

    /// <summary>The ticket no longer waits: accepted, closed or moved. Its reservation, if any, is over.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="gaveUp">Whether its customer gave up waiting.</param>
    Task Leave(string ticketId, bool gaveUp);

    /// <summary>Where these tickets stand; those that don't wait here are left out.</summary>
    Task<ImmutableArray<QueuePlace>> PlacesOf(ImmutableArray<string> ticketIds);

    /// <summary>Figures for the wallboard.</summary>
    Task<QueueFigures> Figures();

    /// <summary>
    /// What supervisors should see of tickets that are not solved yet: the last that came, at most
    /// <see cref="AlertLimits.OfQueue"/>, the newest last.
    /// </summary>
    Task<ImmutableArray<ClockAlert>> OpenAlerts();

    /// <summary>Tells this gateway when the line moved, at most once a second.</summary>
    Task Follow(string gatewayId, IGatewayObserver gateway);

    /// <summary>An agent's hint: this is what I can take now.</summary>
    [OneWay] Task AgentChanged(AgentAvailability agent);

    /// <summary>The queue's own hint to itself: match what can be matched.</summary>
    [OneWay] Task Match();

    /// <summary>A sibling queue's hint: your agents may take this ticket too. It stands in this line as a guest, at its own place.</summary>
    [OneWay] Task Host(WaitingTicket guest);

    /// <summary>A sibling queue's hint: the guest left its line.</summary>
    [OneWay] Task Unhost(string ticketId);

    /// <summary>A ticket's hint: my next clock runs out then; wake me.</summary>
    [OneWay] Task Watch(string ticketId, DateTimeOffset dueAt);

    /// <summary>A ticket's hint: supervisors should see this. One that is known is not told again.</summary>
    [OneWay] Task Alert(ClockAlert alert);

    /// <summary>A campus's hint: your settings changed.</summary>
    [OneWay] Task SettingsChanged();
}
