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

    /// <summary>Stores who the agent is and what the agent can do, whatever was known before.</summary>
    Task Configure(AgentProfile profile);

    /// <summary>Who the agent is, at work or retired; null for somebody who was never enrolled.</summary>
    Task<AgentProfile?> Who();

    /// <summary>Changes who the agent is and what the agent can do. Saying the same again is harmless.</summary>
    /// <param name="profile">All of it.</param>
    /// <param name="version">The version that the caller saw, 0 for somebody new; null: whatever there is.</param>
    Task<Outcome<AgentProfile>> Change(AgentProfile profile, long? version);

    /// <summary>The agent answers no longer. Refused while conversations are in hand; what is only on offer goes back to its lines. A version is looked at as for a change.</summary>
    Task<Outcome<AgentProfile>> Retire(long? version);

    /// <summary>The agent says what the agent does now.</summary>
    Task<Outcome<AgentDesk>> SetStatus(SetStatus command);

    /// <summary>A queue asks for one slot. Granted only by an available agent with room, and only to a queue that the agent serves.</summary>
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
