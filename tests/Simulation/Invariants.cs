using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Simulation;

/// <summary>
/// What must always hold, checked at every append and every second. It keeps a picture of its own, drawn from the
/// stored events alone, so that a fault in a grain can't hide itself.
/// </summary>
public sealed class Invariants(TimeProvider time, WorldOptions options)
{
    public const string OneAgent = "a ticket has at most one agent";
    public const string Capacity = "an agent never exceeds the capacity";
    public const string Nowhere = "an acknowledged contact is never nowhere";
    public const string IdleAgent = "nobody waits while an eligible agent stands by";
    public const string Order = "the order bound holds";
    public const string Chain = "every chain verifies";

    // Without faults a hint arrives at once. With them a slot may hang until its reservation's deadline, its grace,
    // the agent's tick and a silo's death that takes a while to be noticed.
    private TimeSpan Tolerance => options.Faults ? TimeSpan.FromSeconds(90) : TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Case> _cases = [];
    private readonly HashSet<Case> _waiting = [];
    private readonly Dictionary<string, Person> _agents = [];
    private readonly Dictionary<string, string> _acknowledged = [];

    /// <summary>Why the run must end; null while everything holds.</summary>
    public InvariantBrokenException? Broken { get; private set; }

    public int Acknowledged => _acknowledged.Count;

    public IEnumerable<Case> Cases => _cases.Values;

    /// <summary>Everybody who asked has an end: solved or given up.</summary>
    public bool AllEnded => _acknowledged.Values.All(id => _cases.TryGetValue(id, out var c) && c.Phase is TicketPhase.Resolved or TicketPhase.Closed);

    /// <summary>A ticket as the stored events tell it.</summary>
    public sealed class Case(string id)
    {
        public string Id { get; } = id;
        public TicketPhase Phase { get; set; }
        public string Queue { get; set; } = "";
        public int Level { get; set; }
        public long Key { get; set; }
        public DateTimeOffset WaitingFrom { get; set; }
        public string? Agent { get; set; }
        public string? Reservation { get; set; }
        public HashSet<string> Declined { get; } = [];
    }

    /// <summary>An agent as the person and the stored events tell it.</summary>
    public sealed class Person(string id, IReadOnlyDictionary<string, int> levels, int capacity)
    {
        public string Id { get; } = id;
        public IReadOnlyDictionary<string, int> Levels { get; } = levels;
        public int Capacity { get; } = capacity;
        public HashSet<string> Held { get; } = [];
        public HashSet<string> Offered { get; } = [];
        public bool StandsBy { get; set; }
        public DateTimeOffset FreeSince { get; set; }
    }

    public void Enroll(string agent, IReadOnlyDictionary<string, int> levels) => _agents[agent] = new Person(agent, levels, options.Capacity);

    /// <summary>The person says whether offers are welcome.</summary>
    public void StandsBy(string agent, bool standsBy)
    {
        var person = _agents[agent];
        if (person.StandsBy == standsBy) return;
        person.StandsBy = standsBy;
        person.FreeSince = time.GetUtcNow();
    }

    /// <summary>What went wrong in the world, the last few, for the reader of a broken invariant.</summary>
    private readonly Queue<string> _troubles = [];

    /// <summary>Something broke, or was mended: what was free for long begins anew.</summary>
    public void Disturbed(string what)
    {
        _troubles.Enqueue($"{time.GetUtcNow():mm:ss} {what}");
        if (_troubles.Count > 8) _troubles.Dequeue();
        foreach (var person in _agents.Values) person.FreeSince = time.GetUtcNow();
    }

    /// <summary>The customer has a receipt.</summary>
    public void Acknowledge(string contact, string ticketId)
    {
        _acknowledged[contact] = ticketId;
        if (!_cases.ContainsKey(ticketId)) Break(Nowhere, $"{ticketId} was acknowledged, but nothing of it is stored.");
    }

    /// <summary>Events were stored.</summary>
    public void Stored(Append append)
    {
        if (!_cases.TryGetValue(append.TicketId, out var c)) _cases[append.TicketId] = c = new Case(append.TicketId);
        foreach (var stored in append.Events)
        {
            var happened = TicketEventCodec.Decode(new JournalEvent(append.TicketId, 1, append.Campus, stored.At, stored.Type, stored.Payload, stored.Personal, EventHash.None));
            See(c, happened);
            if (c.Phase == TicketPhase.Waiting) _waiting.Add(c);
            else _waiting.Remove(c);
        }
    }

    private void See(Case c, TicketEvent happened)
    {
        switch (happened)
        {
            case Queued e:
                (c.Queue, c.Key, c.Level) = (e.Queue, e.PriorityKey, e.Requirements[0].Level);
                Wait(c);
                break;
            case Offered e:
                if (c.Agent is not null) Break(OneAgent, $"{c.Id} is offered to {e.AgentId} while {c.Agent} has it.");
                CheckOrder(c, e.AgentId);
                (c.Phase, c.Reservation) = (TicketPhase.Offered, e.ReservationId);
                _agents[e.AgentId].Offered.Add(c.Id);
                break;
            case OfferEnded e:
                Free(e.AgentId, c.Id);
                if (e.How != ReservationState.Rescinded) c.Declined.Add(e.AgentId);
                Wait(c);
                break;
            case Accepted e:
                if (c.Agent is not null || c.Reservation != e.ReservationId) Break(OneAgent, $"{c.Id} is taken by {e.AgentId} while {c.Agent ?? c.Reservation} has it.");
                (c.Phase, c.Agent) = (TicketPhase.Assigned, e.AgentId);
                Hold(e.AgentId, c.Id);
                break;
            case Resolved e:
                c.Phase = TicketPhase.Resolved;
                if (e.Disposition is not null) Release(c);
                break;
            case WrappedUp:
                Release(c);
                break;
            case Reopened e:
                Release(c);
                c.Key = e.PriorityKey;
                Wait(c);
                break;
            case Closed:
                if (c.Phase == TicketPhase.Offered) foreach (var person in _agents.Values.Where(p => p.Offered.Contains(c.Id))) Free(person.Id, c.Id);
                Release(c);
                c.Phase = TicketPhase.Closed;
                break;
        }
    }

    private void Wait(Case c)
    {
        (c.Phase, c.Agent, c.Reservation) = (TicketPhase.Waiting, null, null);
        c.WaitingFrom = time.GetUtcNow();
    }

    private void Hold(string agent, string ticketId)
    {
        var person = _agents[agent];
        person.Offered.Remove(ticketId);
        person.Held.Add(ticketId);
        if (person.Held.Count > person.Capacity) Break(Capacity, $"{agent} has {person.Held.Count} tickets, and room for {person.Capacity}.");
    }

    private void Release(Case c)
    {
        if (c.Agent is not { } agent) return;
        _agents[agent].Held.Remove(c.Id);
        _agents[agent].FreeSince = time.GetUtcNow();
        c.Agent = null;
    }

    private void Free(string agent, string ticketId)
    {
        _agents[agent].Offered.Remove(ticketId);
        _agents[agent].FreeSince = time.GetUtcNow();
    }

    // A ticket that waited before this one could have been taken, with a smaller key, for an agent who can serve both.
    private void CheckOrder(Case chosen, string agent)
    {
        if (options.Faults) return;
        var now = time.GetUtcNow();
        foreach (var other in _waiting)
            if (other.Queue == chosen.Queue && other.Key < chosen.Key && now - other.WaitingFrom > Tolerance
                && Eligible(other, _agents[agent]))
                Break(Order, $"{chosen.Id} is served before {other.Id}, which waits longer.");
    }

    /// <summary>Called every second.</summary>
    public void LookAround()
    {
        var now = time.GetUtcNow();
        var free = _agents.Values.Where(p => p.StandsBy && p.Held.Count + p.Offered.Count < p.Capacity && now - p.FreeSince > Tolerance).ToList();
        if (free.Count == 0) return;
        foreach (var c in _waiting)
        {
            if (now - c.WaitingFrom <= Tolerance) continue;
            if (free.FirstOrDefault(p => Eligible(c, p)) is { } idle)
                Break(IdleAgent, $"{c.Id} waits since {c.WaitingFrom:T} while {idle.Id} is free since {idle.FreeSince:T}; it is {now:T}.");
        }
    }

    public void Break(string invariant, string detail) =>
        Broken ??= new InvariantBrokenException(invariant, $"{detail} It is {time.GetUtcNow():mm:ss}; before: {string.Join(", ", _troubles)}.");

    /// <summary>Those who asked and have no end, in words.</summary>
    public string Lost => string.Join(", ", _acknowledged.Values.Distinct().Where(id => !_cases.TryGetValue(id, out var c) || c.Phase is not (TicketPhase.Resolved or TicketPhase.Closed))
        .Select(id => _cases.TryGetValue(id, out var c) ? $"{id} {c.Phase} in {c.Queue} since {c.WaitingFrom:mm:ss} with {c.Agent ?? c.Reservation}" : $"{id} unknown"));

    private static bool Eligible(Case c, Person person) => !c.Declined.Contains(person.Id) && person.Levels.GetValueOrDefault(c.Queue) >= c.Level;
}
