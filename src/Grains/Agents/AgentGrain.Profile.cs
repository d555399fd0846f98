using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Domain;
using CampusCare.Domain.Routing;

namespace CampusCare.Grains.Agents;

/// <summary>Who the agent is, which may change while the agent works, and ends when the agent is retired.</summary>
public sealed partial class AgentGrain
{
    /// <summary>The reason of the status of somebody who is retired.</summary>
    public const string RetiredReason = "retired";

    private static readonly Refusal ChangedMeanwhile =
        new(RefusalCode.PreconditionFailed, "This agent was changed meanwhile. Read it again, and change what is there now.");

    private static readonly Refusal StillTalking =
        new(RefusalCode.HasConversations, "This agent has conversations in hand. They are handed over first: by the agent, or by a supervisor who takes them over.");

    // Who is retired serves nobody; the profile stays, for whoever brings the agent back.
    private ImmutableArray<string> Serving => Profile is { Retired: false } profile ? profile.Queues : [];

    public Task<AgentProfile?> Who() => Task.FromResult(Profile);

    public Task Configure(AgentProfile profile) => Become(profile);

    public async Task<Outcome<AgentProfile>> Change(AgentProfile profile, long? version)
    {
        // Said again because the answer got lost: it is done, whichever version the caller saw.
        if (Profile is { } known && known.SaysTheSameAs(profile)) return known;
        if (IsAnother(version)) return ChangedMeanwhile;
        return await Become(profile);
    }

    public async Task<Outcome<AgentProfile>> Retire(long? version)
    {
        if (Profile is not { } known) return Unknown;
        if (known.Retired) return known;
        if (IsAnother(version)) return ChangedMeanwhile;
        if (_slots.Any(ReservationState.Accepted)) return StillTalking;
        return await Become(known with { Retired = true });
    }

    private bool IsAnother(long? version) => version is { } seen && seen != (Profile?.Version ?? 0);

    // The queues that were left are told, too: one that isn't would count on the agent until it wakes anew.
    private async Task<AgentProfile> Become(AgentProfile profile)
    {
        var (before, now) = (Serving, time.GetUtcNow());
        var next = state.State with { Profile = profile with { Version = (Profile?.Version ?? 0) + 1 }, ProfileUntold = now };
        await Store(profile.Retired ? next with { Status = AgentStatus.Offline, Reason = RetiredReason, StatusUntold = now } : next);
        if (_keptBy is { } keeper && !Serving.Contains(keeper)) await KeepFor(null);
        Push();
        await TellQueues([.. Serving.Union(before)]);
        if (profile.Retired) HandBack();
        return Profile!;
    }

    // What is only on offer goes back to its line, and a wrap-up ends. A conversation that was accepted in the same moment goes to
    // the head of its line, as from somebody who is gone. A word that gets lost is said again with the next tick.
    private void HandBack()
    {
        foreach (var slot in _slots.All.ToList())
        {
            var ticket = TicketOf(slot.Reservation);
            _ = slot.State switch
            {
                ReservationState.Pending => ticket.ReservationRecalled(slot.Reservation.ReservationId),
                ReservationState.Wrapping => ticket.WrapUpExpired(slot.Reservation.ReservationId),
                _ => ticket.AgentGone(NameFor(slot.Reservation), slot.Reservation.ReservationId),
            };
        }
    }

    private AgentAvailability WordFor(string queue) => WordFor(queue, Availability());

    // To a queue that the agent doesn't serve: nothing is to be had here, though what is in hand is still looked after.
    private AgentAvailability WordFor(string queue, AgentAvailability word) =>
        Serving.Contains(queue) ? word : word with { AtWork = false, Free = Words(Room.None), KeptBy = null };
}
