using CampusCare.Client;

namespace CampusCare.PeakHour;

/// <summary>What the gateway acknowledged about one ticket. Each of these has to be in its journal.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Text">What was asked.</param>
/// <param name="AcceptedBy">Agents who were told that they have it.</param>
/// <param name="MessageIds">Messages that were taken.</param>
/// <param name="Resolved">Whether an agent was told that it is resolved.</param>
public sealed record Acknowledged(string TicketId, string Text, IReadOnlyList<string> AcceptedBy, IReadOnlyList<string> MessageIds, bool Resolved);

/// <summary>What the journals say about a run.</summary>
/// <param name="Offered">Tickets that were offered to an agent.</param>
/// <param name="Resolved">Tickets that were resolved.</param>
/// <param name="Unfinished">Tickets that still wait, are offered or are with an agent.</param>
/// <param name="Lost">Tickets of which something acknowledged is missing.</param>
/// <param name="Doubled">Tickets in which a message stands more than once.</param>
/// <param name="DoubleAssigned">Tickets that two agents had at once, or that somebody took without an offer.</param>
/// <param name="OverCapacity">How often an agent got a ticket beyond the capacity.</param>
/// <param name="Findings">One line for each thing that is wrong.</param>
public sealed record Verdict(int Offered, int Resolved, int Unfinished, int Lost, int Doubled, int DoubleAssigned, int OverCapacity, IReadOnlyList<string> Findings);

/// <summary>Compares what was acknowledged with the journals, event by event.</summary>
public static class Truth
{
    /// <summary>Judges a run.</summary>
    /// <param name="acknowledged">Every ticket that was acknowledged, repeated if it was acknowledged for two contacts.</param>
    /// <param name="journals">Each ticket's journal as read back afterwards; a ticket that can't be read is left out.</param>
    /// <param name="capacities">The agents whose capacity is known.</param>
    public static Verdict Judge(
        IReadOnlyCollection<Acknowledged> acknowledged,
        IReadOnlyDictionary<string, TicketHistory> journals,
        IReadOnlyDictionary<string, Desks> capacities)
    {
        var findings = new List<string>();
        var slots = new List<SlotUse>();
        int offered = 0, resolved = 0, unfinished = 0, doubled = 0;
        var lost = new HashSet<string>();
        var twofold = new HashSet<string>();

        foreach (var twice in acknowledged.GroupBy(ticket => ticket.TicketId).Where(same => same.Count() > 1))
            Lose(twice.Key, "acknowledged for more than one contact");
        foreach (var ticket in acknowledged.DistinctBy(ticket => ticket.TicketId))
        {
            if (!journals.TryGetValue(ticket.TicketId, out var journal))
            {
                Lose(ticket.TicketId, "can't be read back");
                continue;
            }
            foreach (var missing in Missing(ticket, journal)) Lose(ticket.TicketId, missing);
            foreach (var message in ticket.MessageIds.Where(message => Times(journal, message) > 1)) Double(ticket.TicketId, $"message {message} is there {Times(journal, message)} times");
            var walk = TicketWalk.Over(journal, slots);
            if (walk.Wrong is { } wrong)
            {
                doubled++;
                findings.Add($"{ticket.TicketId}: {wrong}");
            }
            if (walk.Offered) offered++;
            if (journal.Ticket.Phase is "resolved" or "closed") resolved++;
            else unfinished++;
        }
        var over = OverCapacity(slots, capacities, findings);
        return new(offered, resolved, unfinished, lost.Count, twofold.Count, doubled, over, findings);

        void Lose(string ticketId, string why)
        {
            lost.Add(ticketId);
            findings.Add($"{ticketId}: {why}");
        }

        void Double(string ticketId, string why)
        {
            twofold.Add(ticketId);
            findings.Add($"{ticketId}: {why}");
        }
    }

    private static int Times(TicketHistory journal, string message) => journal.Events.Count(e => e.Type == "message" && e.MessageId == message);

    /// <summary>An agent's own id, also when the agent was lent and is named with the campus.</summary>
    internal static string? Bare(string? agentId) => agentId?[(agentId.LastIndexOf('/') + 1)..];

    private static IEnumerable<string> Missing(Acknowledged ticket, TicketHistory journal)
    {
        var events = journal.Events;
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Seq == i + 1) continue;
            yield return $"event {i + 1} is missing";
            yield break;
        }
        if (events is not [{ Type: "opened" }, ..] || events[0].Text != ticket.Text) yield return "the journal does not begin with what was asked";
        foreach (var agent in ticket.AcceptedBy)
            if (!events.Any(e => e.Type == "accepted" && Bare(e.AuthorId) == agent)) yield return $"{agent} was told to have it, the journal does not say so";
        foreach (var message in ticket.MessageIds)
            if (Times(journal, message) == 0) yield return $"message {message} is not there";
        if (ticket.Resolved && !events.Any(e => e.Type == "resolved")) yield return "the acknowledged end is missing";
    }

    private static int OverCapacity(List<SlotUse> slots, IReadOnlyDictionary<string, Desks> capacities, List<string> findings)
    {
        var over = 0;
        foreach (var desk in slots.Where(slot => capacities.ContainsKey(slot.AgentId)).GroupBy(slot => (slot.AgentId, slot.Medium)))
        {
            var (inUse, capacity) = (0, capacities[desk.Key.AgentId].Of(desk.Key.Medium));
            // At one instant a slot is given back before it is taken again.
            foreach (var slot in desk.OrderBy(slot => slot.At).ThenBy(slot => slot.Change))
            {
                inUse += slot.Change;
                if (slot.Change < 0 || inUse <= capacity) continue;
                over++;
                findings.Add($"{slot.TicketId}: the {inUse}th {desk.Key.Medium} at once for {desk.Key.AgentId}, who can take {capacity}");
            }
        }
        return over;
    }
}

/// <summary>What an agent takes at once, by medium.</summary>
public readonly record struct Desks(int Chats, int Calls, int Forms)
{
    public int Of(string medium) => medium switch { "call" => Calls, "form" => Forms, _ => Chats };
}

/// <summary>An agent's slot taken (+1) or given back (−1).</summary>
internal readonly record struct SlotUse(string AgentId, string TicketId, string Medium, DateTimeOffset At, int Change);

/// <summary>Follows one ticket from hand to hand.</summary>
internal sealed class TicketWalk
{
    private readonly string _ticketId;
    private readonly List<SlotUse> _slots;
    private string? _offeredTo;
    private string? _holder;
    private string? _slotOf;

    private readonly string _medium;

    private TicketWalk(Ticket ticket, List<SlotUse> slots) => (_ticketId, _slots, _medium) = (ticket.TicketId, slots, MediumOf(ticket));

    private static string MediumOf(Ticket ticket) => ticket.Channel switch
    {
        "phone" or "voice" => "call",
        "rest" or "email" or "sms" => "form",
        _ => "chat",
    };

    public bool Offered { get; private set; }
    public string? Wrong { get; private set; }

    public static TicketWalk Over(TicketHistory journal, List<SlotUse> slots)
    {
        var walk = new TicketWalk(journal.Ticket, slots);
        foreach (var e in journal.Events) walk.Step(e);
        return walk;
    }

    private void Step(TicketEvent e)
    {
        switch (e.Type)
        {
            case "offered":
                Offered = true;
                if (_holder is not null) Wrong ??= $"offered to {e.AuthorId} while {_holder} has it";
                if (_offeredTo is not null) Wrong ??= $"offered to {e.AuthorId} while {_offeredTo} may still accept";
                GiveBack(e);
                _offeredTo = e.AuthorId;
                TakeSlot(e);
                break;
            case "accepted":
                if (_holder is not null) Wrong ??= $"accepted by {e.AuthorId} while {_holder} has it";
                if (_offeredTo != e.AuthorId) Wrong ??= $"accepted by {e.AuthorId}, offered to {_offeredTo ?? "nobody"}";
                (_holder, _offeredTo) = (e.AuthorId, null);
                break;
            case "offerRejected" or "offerTimedOut" or "offerRescinded" or "queued" or "transferred" or "returned":
                (_holder, _offeredTo) = (null, null);
                GiveBack(e);
                break;
            case "resolved":
                _holder = null;
                if (e.Detail is not null) GiveBack(e); // With a disposition no after-contact work is left.
                break;
            case "wrappedUp" or "closed":
                (_holder, _offeredTo) = (null, null);
                GiveBack(e);
                break;
        }
    }

    private void TakeSlot(TicketEvent e)
    {
        _slotOf = Truth.Bare(e.AuthorId);
        if (_slotOf is not null) _slots.Add(new(_slotOf, _ticketId, _medium, e.At, +1));
    }

    private void GiveBack(TicketEvent e)
    {
        if (_slotOf is not null) _slots.Add(new(_slotOf, _ticketId, _medium, e.At, -1));
        _slotOf = null;
    }

}
