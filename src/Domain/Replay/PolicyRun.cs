using System.Collections.Immutable;
using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Replay;

/// <summary>What becomes of a round under a policy.</summary>
/// <param name="Stint">The round as the journal has it.</param>
/// <param name="AgentId">Who gets it; null when nobody does before the customer gives up or the day ends.</param>
/// <param name="Waited">How long the customer waits until somebody takes it.</param>
/// <param name="GaveUp">Whether the customer gives up before.</param>
public sealed record ModelledStint(Stint Stint, string? AgentId, TimeSpan? Waited, bool GaveUp);

/// <summary>
/// The arrivals of a history under a policy, in virtual time, with the real matcher and rings. What can't be known is
/// assumed: whoever gets a ticket accepts it, in the journaled time to answer, and needs the journaled time to handle it
/// (the mean of its queue where nobody took it); customers give up when they did, if nobody took their ticket by then;
/// who was served waits as long as it takes. Work that began before the span ends as it did. Agents lent by other
/// campuses are not there.
/// </summary>
public sealed class PolicyRun
{
    private readonly History _history;
    private readonly ChangedPolicy _changes;
    private readonly ILookup<string, Stint> _rounds;
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _agenda = new();
    private readonly Dictionary<string, ReplayedAgent> _agents = [];
    private readonly SortedDictionary<string, Matcher> _matchers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallKeeping> _keepings = [];
    private readonly Dictionary<string, Stint> _waiting = [];
    private readonly Dictionary<string, TimeSpan> _meanHandleTime;
    private readonly List<ModelledStint> _results = [];
    private ImmutableDictionary<string, QueuePolicy> _policies = ImmutableDictionary<string, QueuePolicy>.Empty;
    private DateTimeOffset _now;
    private long _order;

    private PolicyRun(History history, ChangedPolicy changes)
    {
        (_history, _changes) = (history, changes);
        var stints = Stint.Of(history);
        _rounds = stints.ToLookup(static stint => stint.TicketId);
        _meanHandleTime = stints.Where(static stint => stint.HandleTime is not null).GroupBy(static stint => stint.Ticket.Queue)
            .ToDictionary(static queue => queue.Key, static queue => TimeSpan.FromSeconds(queue.Average(static stint => stint.HandleTime!.Value.TotalSeconds)));
    }

    /// <summary>Plays the history's arrivals, each round that began in the span or still waited at its begin.</summary>
    public static IReadOnlyList<ModelledStint> Run(History history, ChangedPolicy changes)
    {
        var run = new PolicyRun(history, changes);
        run.Prepare();
        while (run._agenda.TryDequeue(out var next, out var due) && due.At < history.To)
        {
            run._now = due.At;
            next();
        }
        foreach (var stint in run._waiting.Values) run._results.Add(new ModelledStint(stint, null, null, GaveUp: false));
        return [.. run._results.OrderBy(static result => result.Stint.ArrivedAt).ThenBy(static result => result.Stint.TicketId, StringComparer.Ordinal).ThenBy(static result => result.Stint.Round)];
    }

    private void Prepare()
    {
        foreach (var happened in _history.Staff) At(happened.At, () => Staff(happened));
        foreach (var ticket in _rounds)
        {
            foreach (var stint in ticket)
                if (stint.AcceptedAt is { } accepted && accepted < _history.From) Keep(stint, accepted);
            var first = ticket.FirstOrDefault(stint => (stint.AcceptedAt ?? stint.GaveUpAt ?? DateTimeOffset.MaxValue) >= _history.From);
            if (first is not null) At(first.ArrivedAt > _history.From ? first.ArrivedAt : _history.From, () => Arrive(first));
        }
    }

    // Work that began before the span holds its agent for as long as it did.
    private void Keep(Stint stint, DateTimeOffset accepted)
    {
        At(accepted, () => ChangeAgent(stint.AgentId!, agent =>
        {
            agent.Hold(ReservationOf(stint), Media.Of(stint.Ticket.Channel), _now);
            agent.Accept(ReservationOf(stint), _now);
        }));
        if (stint.EndedAt is { } ended) At(ended, () => Release(stint, stint.AgentId!));
    }

    private void At(DateTimeOffset at, Action what) => _agenda.Enqueue(what, (at, _order++));

    private void Staff(StaffHappened happened)
    {
        if (happened.Event is QueuesSet set) SetPolicies(set);
        else if (happened.Event is KeptSet) return; // for whom an agent is kept follows from the model's own line
        else if (happened.AgentId is { } agentId)
        {
            if (!_agents.ContainsKey(agentId)) _agents[agentId] = new ReplayedAgent(agentId);
            ChangeAgent(agentId, agent => agent.Set(happened.Event, _now));
        }
    }

    private void SetPolicies(QueuesSet set)
    {
        _policies = set.Queues.Select(policy => _changes.For(policy.Queue)?.Of(policy) ?? policy).ToImmutableDictionary(static policy => policy.Queue);
        _matchers.Clear();
        foreach (var policy in _policies.Values)
        {
            _matchers[policy.Queue] = new Matcher(policy.Strategy);
            _keepings.TryAdd(policy.Queue, new CallKeeping(policy.Queue));
        }
        foreach (var agent in _agents.Values) Tell(agent);
        foreach (var stint in _waiting.Values.ToList()) Place(stint);
        Match();
    }

    private void Arrive(Stint stint)
    {
        _waiting[stint.TicketId] = stint;
        if (stint.GaveUpAt is { } gaveUp) At(gaveUp, () => GiveUp(stint));
        if (IsCall(stint) && stint.Ticket.WaitingSince + CallKeeping.Patience > _now) At(stint.Ticket.WaitingSince + CallKeeping.Patience, Match);
        Place(stint);
        Match();
    }

    private void GiveUp(Stint stint)
    {
        if (!_waiting.TryGetValue(stint.TicketId, out var waiting) || waiting != stint) return;
        Leave(stint);
        _results.Add(new ModelledStint(stint, null, null, GaveUp: true));
    }

    private void Leave(Stint stint)
    {
        _waiting.Remove(stint.TicketId);
        foreach (var matcher in _matchers.Values) matcher.Remove(stint.TicketId);
    }

    private void Place(Stint stint)
    {
        if (!_waiting.TryGetValue(stint.TicketId, out var waiting) || waiting != stint) return;
        var ticket = stint.Ticket;
        if (!_policies.TryGetValue(ticket.Queue, out var policy)) return;
        if (_changes.For(ticket.Queue)?.StickySeconds is { } patience) ticket = ticket with { PatienceSeconds = patience };
        var stage = DecisionReplay.StageOf(ticket, policy, _matchers[ticket.Queue].Knows, _now);
        foreach (var matcher in _matchers.Values) matcher.Remove(stint.TicketId);
        var place = new Waiting(stint.TicketId, ticket.PriorityKey, stage.Demand, [], stage.Ring);
        _matchers[ticket.Queue].Add(place);
        if (stage.Ring > 0 && policy.Rings[stage.Ring - 1].Queues is { IsDefaultOrEmpty: false } siblings)
            foreach (var sibling in siblings)
                if (_matchers.TryGetValue(sibling, out var matcher)) matcher.Add(place);
        if (stage.NextChange is { } next && ticket.WaitingSince + next > _now) At(ticket.WaitingSince + next, () => { Place(stint); Match(); });
    }

    private void Match()
    {
        if (_now < _history.From) return;
        do
        {
            foreach (var matcher in _matchers.Values)
                while (matcher.Take() is { } match) Take(_waiting[match.Ticket.TicketId], match.Agent.AgentId);
        }
        while (KeepForCalls());
    }

    // True when somebody was let go, who may take something now.
    private bool KeepForCalls()
    {
        var due = _waiting.Values.Where(stint => IsCall(stint) && _now - stint.Ticket.WaitingSince >= CallKeeping.Patience).ToLookup(static stint => stint.Ticket.Queue);
        var anyLetGo = false;
        foreach (var (queue, matcher) in _matchers)
        {
            if (!due.Contains(queue) && _keepings[queue].Kept.Count == 0) continue;
            var calls = due[queue].Select(stint => matcher.TicketNamed(stint.TicketId)).OfType<Waiting>()
                .OrderBy(static call => call.PriorityKey).ThenBy(static call => call.TicketId, StringComparer.Ordinal);
            var (asked, letGo) = _keepings[queue].Arrange([.. calls], matcher);
            foreach (var agent in asked.Where(agent => KeeperOf(agent) is null)) KeepAgent(agent, queue);
            foreach (var agent in letGo.Where(agent => KeeperOf(agent) == queue))
            {
                KeepAgent(agent, null);
                anyLetGo = true;
            }
        }
        return anyLetGo;
    }

    // As the agent's grain does: the first who asks keeps, and nobody lets go whom another one keeps.
    private string? KeeperOf(string agentId) => _agents.GetValueOrDefault(agentId)?.Word.KeptBy;

    private void KeepAgent(string agentId, string? queue) => ChangeAgent(agentId, agent => agent.Set(new KeptSet(queue), _now), match: false);

    private static bool IsCall(Stint stint) => Media.Of(stint.Ticket.Channel) == Medium.Call;

    private void Take(Stint stint, string agentId)
    {
        Leave(stint);
        var taken = _now + (stint.AnswerTime ?? TimeSpan.Zero);
        _results.Add(new ModelledStint(stint, agentId, taken - stint.Ticket.WaitingSince, GaveUp: false));
        ChangeAgent(agentId, agent =>
        {
            agent.Hold(ReservationOf(stint), Media.Of(stint.Ticket.Channel), _now);
            agent.Accept(ReservationOf(stint), taken);
        }, match: false);
        var ended = taken + (stint.HandleTime ?? _meanHandleTime.GetValueOrDefault(stint.Ticket.Queue, TimeSpan.FromSeconds(AgentRecord.Prior.HandleSeconds)));
        At(ended, () => Release(stint, agentId));
        if (_rounds[stint.TicketId].FirstOrDefault(next => next.Round == stint.Round + 1) is { } next)
            Follow(next, ended + (next.ArrivedAt - (stint.EndedAt ?? next.ArrivedAt)));
    }

    // A later round comes as long after the end of the one before as it did.
    private void Follow(Stint next, DateTimeOffset arrival)
    {
        var later = arrival - next.ArrivedAt;
        var ticket = next.Ticket with { WaitingSince = next.Ticket.WaitingSince + later, PriorityKey = next.Ticket.PriorityKey + (long)later.TotalMilliseconds };
        At(arrival, () => Arrive(next with { Ticket = ticket, GaveUpAt = next.GaveUpAt + later }));
    }

    private void Release(Stint stint, string agentId) =>
        ChangeAgent(agentId, agent => agent.Release(ReservationOf(stint), true, stint.Ticket.Category, stint.Ticket.Reopenings == 0, _now));

    private void ChangeAgent(string agentId, Action<ReplayedAgent> change, bool match = true)
    {
        if (!_agents.TryGetValue(agentId, out var agent)) return;
        change(agent);
        Tell(agent);
        if (match) Match();
    }

    private void Tell(ReplayedAgent agent)
    {
        foreach (var (queue, matcher) in _matchers)
            if (agent.IsAtWork && agent.Queues.Contains(queue)) matcher.Set(agent.Word.For(queue));
            else matcher.Forget(agent.Id);
    }

    private static string ReservationOf(Stint stint) => $"{stint.TicketId}-{stint.Round}";
}
