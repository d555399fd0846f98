using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Agents;
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
    public const string Clocks = "every clock fires once, when it runs out";
    public const string Replies = "every reply reaches the customer's channel, or is told not to";
    public const string Kept = "no more agents are kept than calls wait";
    public const string Deserted = "no ticket stays with somebody who is gone";

    private const int RememberedTroubles = 8;

    // Without faults a hint arrives at once. With them a slot may hang until its reservation's deadline, its grace,
    // the agent's tick and a silo's death that takes a while to be noticed.
    private TimeSpan Tolerance => options.Faults ? TimeSpan.FromSeconds(90) : TimeSpan.FromSeconds(1);

    // Until a gateway that is gone is forgotten, a memory that is lost meanwhile expects it again, and the grace is over.
    private TimeSpan Desertion => AgentGrain.ReturnGrace + Contracts.FollowTimes.Lifetime + Contracts.FollowTimes.Renewal + Tolerance;

    private readonly Dictionary<string, Case> _cases = [];
    private readonly HashSet<Case> _waiting = [];
    private readonly HashSet<Case> _open = [];
    private readonly Dictionary<string, Person> _agents = [];
    private readonly Dictionary<string, string> _acknowledged = [];
    private readonly RunningReplies _replies = new(time);
    private readonly Queue<string> _troubles = [];
    private DateTimeOffset _lastTrouble;

    /// <summary>Why the run must end; null while everything holds.</summary>
    public InvariantBrokenException? Broken { get; private set; }

    public int Acknowledged => _acknowledged.Count;

    public IEnumerable<Case> Cases => _cases.Values;

    /// <summary>How many wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>What happened how often, by the name of the event.</summary>
    public Dictionary<string, int> Happened { get; } = [];

    /// <summary>Everybody who asked has an end: solved or given up.</summary>
    public bool AllEnded => _acknowledged.Values.All(id => _cases.TryGetValue(id, out var c) && c.Phase is TicketPhase.Resolved or TicketPhase.Closed);

    public void Enroll(string agent, IReadOnlyDictionary<string, int> levels) => _agents[agent] = new Person(agent, levels, options);

    /// <summary>A provider took a reply.</summary>
    public void Taken(string ticketId, long seq) => _replies.Taken(ticketId, seq);

    /// <summary>The person says whether offers are welcome.</summary>
    public void StandsBy(string agent, bool standsBy)
    {
        var person = _agents[agent];
        if (person.StandsBy == standsBy) return;
        person.StandsBy = standsBy;
        person.FreeSince = person.UnkeptSince = time.GetUtcNow();
    }

    /// <summary>The agent is kept for a queue's call, or for none.</summary>
    public void Keep(string agent, string? queue)
    {
        _agents[agent].KeptBy = queue;
        _agents[agent].FreeSince = _agents[agent].UnkeptSince = time.GetUtcNow();
        RememberCalls();
    }

    /// <summary>The person is gone without a word, or back.</summary>
    public void Away(string agent, bool isAway) => _agents[agent].AwaySince = isAway ? time.GetUtcNow() : null;

    /// <summary>Something broke, or was mended: what was free for long begins anew.</summary>
    public void Disturbed(string what)
    {
        _troubles.Enqueue($"{time.GetUtcNow():mm:ss} {what}");
        if (_troubles.Count > RememberedTroubles) _troubles.Dequeue();
        _lastTrouble = time.GetUtcNow();
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
        var number = 0;
        foreach (var stored in append.Events)
        {
            var before = c.Phase;
            var happened = TicketEventCodec.Decode(new JournalEvent(append.TicketId, 1, append.Campus, stored.At, stored.Type, stored.Payload, stored.Personal, EventHash.None));
            Happened[stored.Type] = Happened.GetValueOrDefault(stored.Type) + 1;
            See(c, happened);
            if (_replies.See(append.TicketId, happened, append.ExpectedSeq + ++number) is { } unreplied) Break(Replies, unreplied);
            if (c.Clocks.See(happened, c.Medium, time.GetUtcNow()) is { } wrong) Break(Clocks, $"{c.Id}: {wrong}.");
            if (c.Phase != before) c.PhaseSince = time.GetUtcNow();
            if (c.Phase == TicketPhase.Waiting) _waiting.Add(c);
            else if (_waiting.Remove(c) && c.Medium == Medium.Call) CallLeft(c.Queue);
            if (c.Phase is TicketPhase.Resolved or TicketPhase.Closed && !c.IsWrapping) _open.Remove(c);
            else _open.Add(c);
        }
    }

    private void See(Case c, TicketEvent happened)
    {
        switch (happened)
        {
            case Opened e:
                c.Medium = Media.Of(e.Channel);
                if (options.Mutation == Mutation.CallsAreTakenForForms && c.Medium == Medium.Form) c.Medium = Medium.Call;
                break;
            case Answered e:
                (c.Phase, c.Queue) = (TicketPhase.Resolved, e.Queue);
                break;
            case HandedOver when c.Agent is not null:
                Break(OneAgent, $"{c.Id} is handed to a person by the bot while {c.Agent} has it.");
                break;
            case Queued e:
                Wait(c, e.Queue, e.PriorityKey, e.Requirements[0].Level, e.LastAgent is null ? 0 : e.PatienceSeconds);
                break;
            case Offered e:
                if (c.Agent is not null) Break(OneAgent, $"{c.Id} is offered to {e.AgentId} while {c.Agent} has it.");
                CheckOrder(c, e.AgentId);
                (c.Phase, c.Reservation) = (TicketPhase.Offered, e.ReservationId);
                _agents[e.AgentId].Offered.Add(c);
                if (c.Medium == Medium.Call) _agents[e.AgentId].KeptBy = null;
                break;
            case OfferEnded e:
                Free(e.AgentId, c);
                if (e.How != ReservationState.Rescinded) c.Declined.Add(e.AgentId);
                Wait(c);
                break;
            case Accepted e:
                if (c.Agent is not null || c.Reservation != e.ReservationId) Break(OneAgent, $"{c.Id} is taken by {e.AgentId} while {c.Agent ?? c.Reservation} has it.");
                (c.Phase, c.Agent) = (TicketPhase.Assigned, e.AgentId);
                Hold(e.AgentId, c);
                break;
            case Transferred e:
                Release(c);
                Wait(c, e.ToQueue, e.PriorityKey, e.Requirements[0].Level, e.ToAgent is null ? 0 : e.PatienceSeconds);
                break;
            case Returned e:
                Release(c);
                Wait(c, c.Queue, e.PriorityKey, c.Level, 0);
                break;
            case Escalated { Moves: true } e:
                Wait(c, e.ToQueue!, e.PriorityKey, e.Requirements[0].Level, 0);
                break;
            case ClockMissed { PriorityKey: { } key }:
                c.Key = key;
                Later(c);
                break;
            case PlaceKept e:
                c.Medium = Media.Of(e.Channel);
                Later(c);
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
                Wait(c, c.Queue, e.PriorityKey, c.Level, 0);
                break;
            case Closed:
                if (c.Phase == TicketPhase.Offered) foreach (var person in _agents.Values.Where(p => p.Offered.Contains(c))) Free(person.Id, c);
                Release(c);
                c.Phase = TicketPhase.Closed;
                break;
        }
    }

    // For its patience it waits for one agent alone; that is looked at once a second.
    private void Wait(Case c, string queue, long key, int level, int patienceSeconds)
    {
        if (c.Queue.Length > 0 && c.Queue != queue) c.MovedAt = time.GetUtcNow();
        (c.Queue, c.Key, c.Level) = (queue, key, level);
        c.Declined.Clear();
        Wait(c);
        if (patienceSeconds > 0) c.WaitingFrom = time.GetUtcNow().AddSeconds(patienceSeconds + 1);
    }

    private void Wait(Case c)
    {
        (c.Phase, c.Agent, c.Reservation, c.PassedOverAt, c.Overtaken, c.ForgottenAt) = (TicketPhase.Waiting, null, null, null, null, null);
        Later(c);
    }

    // Its place is new, or what it needs; who waits for one agent alone goes on doing so.
    private void Later(Case c)
    {
        if (c.WaitingFrom < time.GetUtcNow()) c.WaitingFrom = time.GetUtcNow();
    }

    private void Hold(string agent, Case c)
    {
        var person = _agents[agent];
        person.Offered.Remove(c);
        person.Held.Add(c);
        if (person.Excess() is { } excess) Break(Capacity, $"{excess}.");
    }

    private void Release(Case c)
    {
        if (c.Agent is not { } agent) return;
        _agents[agent].Held.Remove(c);
        BecomesFree(agent, c);
        c.Agent = null;
    }

    private void Free(string agent, Case c)
    {
        _agents[agent].Offered.Remove(c);
        BecomesFree(agent, c);
    }

    private void BecomesFree(string agent, Case of)
    {
        _agents[agent].FreeSince = time.GetUtcNow();
        if (of.Medium == Medium.Call) _agents[agent].UnkeptSince = time.GetUtcNow();
    }

    // A ticket that waited before this one could have been taken, with a smaller key, for an agent who can serve both, in
    // the slot that this one gets. Once that is bad luck: another queue was faster with the agent meant for it.
    private void CheckOrder(Case chosen, string agent)
    {
        if (options.Faults) return;
        var now = time.GetUtcNow();
        // The line it just left may have given it away in the same moment.
        if (now - chosen.MovedAt <= Tolerance) return;
        foreach (var other in _waiting)
        {
            if (other.Queue != chosen.Queue || other.Key >= chosen.Key || now - other.WaitingFrom <= Tolerance || !Knows(_agents[agent], other)) continue;
            if (other.Medium == Medium.Call && chosen.Medium == Medium.Chat) CheckForgotten(other, chosen, _agents[agent]);
            if (other.Medium != chosen.Medium) continue;
            other.PassedOverAt ??= now;
            if (now - other.PassedOverAt > Tolerance) other.Overtaken ??= new Overtaken(now, $"{chosen.Medium} {chosen.Id} is served by {agent} before {other.Medium} {other.Id}, which waits longer, since {other.WaitingFrom:mm:ss}, and was passed over first at {other.PassedOverAt:mm:ss}.");
        }
    }

    // Its own agent may be asked in the same round, and the answer may come a moment later.
    private void CheckOvertaken(DateTimeOffset now)
    {
        foreach (var c in _waiting)
            if (c.Overtaken is { } overtaken && now - overtaken.At > Tolerance) Break(Order, overtaken.How);
    }

    // A call whose turn it is has an agent kept for it, or gets one: its queue looks once a second. Who came off a call just
    // now, or was kept by another queue meanwhile, could not be had.
    private void CheckForgotten(Case call, Case chosen, Person agent)
    {
        var now = time.GetUtcNow();
        if (now - call.WaitingFrom <= CallKeeping.Patience + Tolerance || now - agent.UnkeptSince <= Tolerance + Tolerance || HasSomebodyKept(call, c => Knows(agent, c))) return;
        call.ForgottenAt ??= now;
        if (now - call.ForgottenAt > Tolerance + Tolerance) Break(Order, $"{chosen.Id} is served by {agent.Id} before {call.Id}, a call of {call.Queue} for which nobody is kept since {call.ForgottenAt:mm:ss}; kept are {string.Join(", ", _agents.Values.Where(static p => p.KeptBy is not null).Select(static p => $"{p.Id} for {p.KeptBy}"))}.");
    }

    private bool HasSomebodyKept(Case call, Func<Case, bool> counts) =>
        KeptFor(call.Queue) >= _waiting.Count(c => c.Medium == Medium.Call && c.Queue == call.Queue && c.Key <= call.Key
            && time.GetUtcNow() - c.WaitingFrom > CallKeeping.Patience + Tolerance && counts(c));

    private void RememberCalls()
    {
        foreach (var call in _waiting)
            if (call.ForgottenAt is not null && HasSomebodyKept(call, static _ => true)) call.ForgottenAt = null;
    }

    private int KeptFor(string queue) => _agents.Values.Count(person => person.KeptBy == queue);

    // Whoever was kept for it is let go now, or goes to the next one.
    private void CallLeft(string queue)
    {
        foreach (var person in _agents.Values)
            if (person.KeptBy == queue) person.FreeSince = time.GetUtcNow();
    }

    /// <summary>Called every second.</summary>
    public void LookAround()
    {
        var now = time.GetUtcNow();
        if (!options.Faults) CheckKept(now);
        RememberCalls();
        CheckOvertaken(now);
        CheckIdle(now);
        CheckClocks(now);
        foreach (var gone in _agents.Values)
            if (gone.AwaySince is { } since && now - since > Desertion && gone.Held.FirstOrDefault(static c => c.Phase == TicketPhase.Assigned) is { } left)
                Break(Deserted, $"{left.Id} is with {gone.Id}, who is away since {since:T}; it is {now:T}.");
    }

    private void CheckIdle(DateTimeOffset now)
    {
        if (_waiting.Count == 0) return;
        var free = _agents.Values.Where(p => p.StandsBy && now - p.FreeSince > Tolerance && HasSomeRoom(p)).ToList();
        if (free.Count == 0) return;
        // Hundreds wait at a rush, for few kinds of people: who could take one of a kind is found once.
        var able = new Dictionary<(string Queue, int Level, Medium Medium), List<Person>>();
        var calling = _waiting.Where(static c => c.Medium == Medium.Call).Select(static c => c.Queue).ToHashSet();
        foreach (var c in _waiting)
        {
            if (now - c.WaitingFrom <= Tolerance) continue;
            if (!able.TryGetValue((c.Queue, c.Level, c.Medium), out var people))
                able[(c.Queue, c.Level, c.Medium)] = people = [.. free.Where(p => CanDo(p, c) && p.HasRoomFor(c.Medium) && !IsKeptFromIt(c, p, calling))];
            foreach (var idle in people)
                if (!c.Declined.Contains(idle.Id)) Break(IdleAgent, $"{c.Id} waits since {c.WaitingFrom:T} while {idle.Id} is free since {idle.FreeSince:T}; it is {now:T}.");
        }
    }

    private void CheckKept(DateTimeOffset now)
    {
        foreach (var queue in _agents.Values.Where(person => person.KeptBy is not null && now - person.FreeSince > Tolerance).GroupBy(static person => person.KeptBy))
            if (queue.Count() > _waiting.Count(c => c.Medium == Medium.Call && c.Queue == queue.Key))
                Break(Kept, $"{queue.Key} keeps {string.Join(", ", queue.Select(static person => person.Id))}.");
    }

    private void CheckClocks(DateTimeOffset now)
    {
        if (_replies.Overdue() is { } lost) Break(Replies, lost);
        if (now - _lastTrouble <= Tolerance) return;
        foreach (var c in _open)
            if (c.Clocks.Earliest < now - Tolerance && c.Clocks.Overdue(now - Tolerance, c.Phase) is { } late && (late.Kind != ClockKind.Tier || now - c.PhaseSince > Tolerance))
                Break(Clocks, $"{c.Id}: {late.Kind} ran out at {late.DueAt:T} and did not fire; it is {now:T}.");
    }

    public void Break(string invariant, string detail) =>
        Broken ??= new InvariantBrokenException(invariant, $"{detail} It is {time.GetUtcNow():mm:ss}; before: {string.Join(", ", _troubles)}.");

    /// <summary>Those who asked and have no end, in words.</summary>
    public string Lost => string.Join(", ", _acknowledged.Values.Distinct().Where(id => !_cases.TryGetValue(id, out var c) || c.Phase is not (TicketPhase.Resolved or TicketPhase.Closed))
        .Select(id => _cases.TryGetValue(id, out var c) ? $"{id} {c.Phase} in {c.Queue} since {c.WaitingFrom:mm:ss} with {c.Agent ?? c.Reservation}" : $"{id} unknown"));

    private static bool HasSomeRoom(Person person) => person.HasRoomFor(Medium.Chat) || person.HasRoomFor(Medium.Call) || person.HasRoomFor(Medium.Form);

    // Kept for a call that waits: takes no chat, and no call of another queue.
    private static bool IsKeptFromIt(Case c, Person person, HashSet<string> calling) =>
        person.KeptBy is { } queue && (c.Medium == Medium.Chat || (c.Medium == Medium.Call && c.Queue != queue)) && calling.Contains(queue);

    private static bool Knows(Person person, Case c) => !c.Declined.Contains(person.Id) && CanDo(person, c);

    private static bool CanDo(Person person, Case c) => person.Levels.GetValueOrDefault(c.Queue) >= c.Level;
}
