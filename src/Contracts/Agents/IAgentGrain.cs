using CampusCare.Contracts.Queues;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Agents;

/// <summary>
/// A person who answers. The authority on that person's capacity: a reservation is granted or refused in one turn. What
/// two activations granted after a partition is settled by the journal: no two open tickets hold the same slot.
/// </summary>
[Alias("Agent")]
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>The agent with offers and tickets.</summary>
    Task<Outcome<AgentDesk>> Desk();

    /// <summary>Stores who the agent is and what the agent can do.</summary>
    Task Configure(AgentProfile profile);

    /// <summary>The agent says what the agent does now.</summary>
    Task<Outcome<AgentDesk>> SetStatus(SetStatus command);

    /// <summary>A queue asks for one slot. Granted only to an available agent with room.</summary>
    Task<ReserveAnswer> TryReserve(Reservation reservation);

    /// <summary>
    /// The ticket journaled the offer, and with it the slot: show it. False when the agent can't take it any more (a
    /// memory that was lost meanwhile gave the desk to a call, say): take it back.
    /// </summary>
    Task<bool> Present(TicketNewsForAgent offer);

    /// <summary>The ticket journaled a change that concerns the agent's slot.</summary>
    Task Settle(SlotChange change);

    /// <summary>Tells this gateway of offers and changes until the time is over (<see cref="FollowTimes.Lifetime"/>); renew before.</summary>
    Task Follow(string gatewayId, IGatewayObserver gateway);

    /// <summary>The gateway's last connection of this agent closed.</summary>
    Task Unfollow(string gatewayId);

    /// <summary>A queue's hint: take no more chats, my next call is yours. It ends by itself when it isn't renewed (Domain's CallKeeping).</summary>
    [OneWay] Task KeepForCall(string queue);

    /// <summary>A queue's hint: I keep you no longer.</summary>
    [OneWay] Task LetGo(string queue);

    /// <summary>A queue's hint: tell me (again) what you can take.</summary>
    [OneWay] Task Announce(string queue);
}
