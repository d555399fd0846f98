using System.Globalization;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Tickets;

namespace CampusCare.Domain.Replay;

/// <summary>How a journaled decision compares with the one that the rules make of the same situation.</summary>
public enum Verdict
{
    /// <summary>Same agent, same ring, same score.</summary>
    Identical,
    /// <summary>The same once the queue is taken not to have heard yet what was under way to it; the reason says what.</summary>
    AsKnown,
    /// <summary>Another one.</summary>
    Different,
    /// <summary>The journals of this campus don't tell enough; the reason says what is missing.</summary>
    NotComparable,
}

/// <summary>A decision, replayed.</summary>
/// <param name="Journaled">As the journal has it.</param>
/// <param name="Replayed">As the rules decide it; null when they would not have served the ticket then.</param>
/// <param name="Verdict">How the two compare.</param>
/// <param name="Reason">Why they don't simply agree; empty for identical ones.</param>
public sealed record ReplayedDecision(JournaledDecision Journaled, Explanation? Replayed, Verdict Verdict, string Reason);

/// <summary>
/// Walks through a history and makes each journaled decision again: rebuilds line and agents from the events, asks the
/// real matcher under the policy of that time, and compares.
/// </summary>
public static class DecisionReplay
{
    /// <summary>How old a queue's word of an agent may be: agents tell what they can take at least twice in this time.</summary>
    public static readonly TimeSpan NewsAge = TimeSpan.FromSeconds(10);

    /// <summary>How long the word of a stored event may be under way.</summary>
    public static readonly TimeSpan WordUnderWay = TimeSpan.FromSeconds(2);

    /// <summary>Scores agree within this much: handle times are known to the journal's milliseconds, not to the agent's own clock.</summary>
    public const double ScoreTolerance = 0.001;

    /// <summary>The decisions of the span, in their order.</summary>
    public static IReadOnlyList<ReplayedDecision> Run(History history)
    {
        var campus = new ReplayedCampus();
        var steps = Step.Of(history);
        var later = new Later(
            history.Staff.Where(static happened => happened.Event is RecordsSet).ToLookup(static happened => happened.AgentId),
            steps.Select(static step => step.Decision).OfType<JournaledDecision>().ToLookup(static decision => decision.Offered.AgentId));
        var replayed = new List<ReplayedDecision>();
        foreach (var step in steps)
        {
            if (step.Staff is { } staff) campus.Apply(staff);
            else if (step.Ticket is { } ticket) campus.Apply(ticket);
            else if (step.Decision is { } decision)
            {
                var (result, queue) = Replay(campus, decision, later);
                if (decision.At >= history.From) replayed.Add(result);
                campus.Apply(decision, queue);
            }
        }
        return replayed;
    }

    private static (ReplayedDecision Result, string Queue) Replay(
        ReplayedCampus campus, JournaledDecision decision, Later later)
    {
        if (NotComparable(campus, decision) is { } missing) return (new(decision, null, Verdict.NotComparable, missing), decision.Queue);
        ReplayedDecision? first = null;
        foreach (var queue in QueuesAsked(campus, decision))
        {
            var result = new Situation(campus, decision, queue, later).Decide();
            if (result.Verdict is Verdict.Identical or Verdict.AsKnown) return (result, queue);
            first ??= result;
        }
        return (first!, decision.Queue);
    }

    private static string? NotComparable(ReplayedCampus campus, JournaledDecision decision)
    {
        var agentId = decision.Offered.AgentId;
        if (decision.Offered.Explanation is null) return "The offer was journaled without its figures.";
        if (agentId.Contains('/')) return $"Agent {agentId} was lent; another campus's journals tell about that agent.";
        if (campus.PolicyOf(decision.Queue) is null) return $"The staff journal doesn't tell how queue {decision.Queue} was set then.";
        if (campus.Agent(agentId) is null) return $"The staff journal doesn't know agent {agentId}.";
        return null;
    }

    // A ticket that relaxed so far stands in the lines of sibling queues too; the offer doesn't say whose it was.
    private static IEnumerable<string> QueuesAsked(ReplayedCampus campus, JournaledDecision decision)
    {
        yield return decision.Queue;
        var policy = campus.PolicyOf(decision.Queue)!;
        var ring = Ring.At(policy.Rings, decision.At - campus.TicketOf(decision.TicketId).WaitingSince);
        if (ring == 0 || policy.Rings[ring - 1].Queues is not { IsDefaultOrEmpty: false } siblings) yield break;
        foreach (var sibling in siblings.Where(sibling => campus.PolicyOf(sibling) is not null)) yield return sibling;
    }

    // The journal's own times are cut to microseconds, those within events are not: a ticket never waited less than nothing.
    internal static Stage StageOf(Ticket ticket, QueuePolicy policy, Func<string, bool> isAtWork, DateTimeOffset at) => Stage.At(
        new Demand(ticket.Category, ticket.Requirements, ticket.Wishes, Medium: Media.Of(ticket.Channel)),
        ticket.LastAgent is { } last && isAtWork(last) ? last : null,
        TimeSpan.FromSeconds(ticket.PatienceSeconds), policy.Rings, at > ticket.WaitingSince ? at - ticket.WaitingSince : TimeSpan.Zero);

    /// <summary>What the journals tell of a moment later: the records that agents told, and who was offered what.</summary>
    private sealed record Later(ILookup<string?, StaffHappened> Told, ILookup<string, JournaledDecision> Offers);

    /// <summary>One decision: what the queue knew, as far as the journals tell, and what follows from it.</summary>
    private sealed class Situation
    {
        private const int MostDoubts = 32;

        private readonly ReplayedCampus _campus;
        private readonly JournaledDecision _decision;
        private readonly string _queue;
        private readonly QueuePolicy _policy;
        private readonly Later _later;
        private readonly Explanation _journaled;
        private readonly Dictionary<string, Candidate> _words;
        private readonly HashSet<string> _notHeardOf = [];
        private readonly HashSet<string> _refused = [];
        private readonly Dictionary<string, int> _doubted = [];
        private readonly List<string> _notes = [];

        public Situation(ReplayedCampus campus, JournaledDecision decision, string queue, Later later)
        {
            (_campus, _decision, _queue, _later) = (campus, decision, queue, later);
            _policy = campus.PolicyOf(queue)!;
            _journaled = decision.Offered.Explanation!;
            _words = campus.AgentsOf(queue).ToDictionary(static agent => agent.Id, agent => WithJournaledIdle(agent.Word));
            foreach (var known in _journaled.Best) Believe(known);
        }

        public ReplayedDecision Decide()
        {
            for (var doubts = 0; ; doubts++)
            {
                var match = Ask();
                var fault = FaultOf(match);
                if (fault is null) return Result(match, _notes.Count == 0 ? Verdict.Identical : Verdict.AsKnown, string.Join(" ", _notes));
                if (doubts == MostDoubts || !Doubt(match)) return Result(match, Verdict.Different, string.Join(" ", [fault, .. _notes]));
            }
        }

        private ReplayedDecision Result(Match? match, Verdict verdict, string reason) =>
            new(_decision, match is { } m && m.Ticket.TicketId == _decision.TicketId ? m.Why : null, verdict, reason);

        private Match? Ask()
        {
            var matcher = new Matcher(_policy.Strategy);
            foreach (var agent in _words.Values)
                if (agent.Free.Any) matcher.Set(_campus.WithTurn(_queue, agent));
            var own = _campus.TicketOf(_decision.TicketId);
            if (_queue == _decision.Queue)
                foreach (var ticketId in _campus.Before(_queue, own.PriorityKey, _decision.TicketId))
                    if (!_notHeardOf.Contains(ticketId)) matcher.Add(Waiting(ticketId));
            matcher.Add(Waiting(_decision.TicketId));
            var match = matcher.Take();
            while (match is { } refused && _refused.Contains(refused.Ticket.TicketId)) match = matcher.Take();
            return match;
        }

        private Waiting Waiting(string ticketId) => Waiting(ticketId, _decision.At);

        private Waiting Waiting(string ticketId, DateTimeOffset at)
        {
            var ticket = _campus.TicketOf(ticketId);
            var stage = StageOf(ticket, _campus.PolicyOf(ticket.Queue)!, agent => _campus.Agent(agent) is { IsAtWork: true } known && known.Queues.Contains(ticket.Queue), at);
            return new Waiting(ticketId, ticket.PriorityKey, stage.Demand, ticket.DeclinedBy, stage.Ring);
        }

        private string? FaultOf(Match? match)
        {
            if (match is not { } found) return "Nobody who could take it had room.";
            var (theirs, ours) = (_journaled.Best[0], found.Why.Best[0]);
            if (found.Ticket.TicketId != _decision.TicketId) return $"{found.Ticket.TicketId} came before it, and {found.Agent.AgentId} could take that.";
            if (_decision.Offered.AgentId != ours.AgentId) return $"The rules choose {ours.AgentId}, not {_decision.Offered.AgentId}.";
            if (_decision.Offered.AgentId != theirs.AgentId) return $"The journal offers it to {_decision.Offered.AgentId} and explains {theirs.AgentId}.";
            if (_journaled.Strategy != found.Why.Strategy) return $"The journal says {_journaled.Strategy}; the queue was set to {found.Why.Strategy}.";
            if (_queue == _decision.Queue && _journaled.Ring != found.Why.Ring) return $"The journal says ring {_journaled.Ring}; by its waiting time it was in ring {found.Why.Ring}.";
            return IsScore(theirs, ours.Score) ? null : $"The journal scores {theirs.AgentId} with {Number(theirs.Score)}, the rules with {Number(ours.Score)}.";
        }

        // A queue's own turns are counted from its waking: their numbers differ, their order doesn't.
        private bool IsScore(ScoredAgent journaled, double score) =>
            _journaled.Strategy == StrategyName.RoundRobin || Math.Abs(journaled.Score - score) <= ScoreTolerance;

        // Since when an agent is idle was the agent's own word; the journals know it to some milliseconds.
        private Candidate WithJournaledIdle(Candidate word) =>
            _journaled.Best.FirstOrDefault(best => best.AgentId == word.AgentId) is { IdleSince: > 0 } best
            && best.IdleSince <= _decision.At.ToUnixTimeMilliseconds() + WordUnderWay.TotalMilliseconds
            && best.IdleSince >= word.IdleSince - NewsAge.TotalMilliseconds
                ? word with { IdleSince = best.IdleSince }
                : word;

        // What the queue believed of an agent whom it scored must have been true a moment before, if it isn't now.
        private void Believe(ScoredAgent known)
        {
            if (_campus.Agent(known.AgentId) is not { } agent || !_words.TryGetValue(known.AgentId, out var word) || Fits(known, word)) return;
            foreach (var (until, before) in agent.Before(_decision.At).Prepend((_decision.At, word)))
            {
                if (AfterOffersOfTheMoment(known.AgentId, before).FirstOrDefault(guess => Fits(known, guess)) is not { } believed) continue;
                _words[known.AgentId] = WithJournaledIdle(believed);
                NoteOld(known.AgentId, until);
                return;
            }
            BelieveNextRecord(known, word);
        }

        // A round of reservations is journaled within one instant, in any order: some slots may have been taken before this one.
        private IEnumerable<Candidate> AfterOffersOfTheMoment(string agentId, Candidate word)
        {
            yield return word;
            foreach (var other in _later.Offers[agentId].Where(other => other.At == _decision.At && other.TicketId != _decision.TicketId))
                yield return word = word with { Free = word.Free.After(Media.Of(_campus.TicketOf(other.TicketId).Channel)) };
        }

        // An agent counts what was solved by its own clock and memory; what it believed it tells a little later.
        private void BelieveNextRecord(ScoredAgent known, Candidate word)
        {
            var next = _later.Told[known.AgentId].FirstOrDefault(happened => happened.At >= _decision.At);
            if (next.Event is not RecordsSet told || next.At - _decision.At > NewsAge) return;
            var later = word with { Records = ReplayedAgent.RecordsOf(told.Records) };
            if (!Fits(known, later)) return;
            _words[known.AgentId] = later;
            _notes.Add($"The record of agent {known.AgentId} was the one that was under way, told {(next.At - _decision.At).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms later.");
        }

        private bool Fits(ScoredAgent known, Candidate word)
        {
            var demand = Waiting(_decision.TicketId).Demand;
            return word.Free.Of(demand.Medium) > 0
                && Math.Abs(known.Load - word.Load) <= ScoreTolerance
                && IsScore(known, Strategy.Of(_policy.Strategy).Score(demand, word));
        }

        // What speaks against the journal may not have been heard of: a ticket just stored, or a change of the agent.
        private bool Doubt(Match? match)
        {
            if (match is not { } found) return _refused.Count > 0 && BelieveOlder(_decision.Offered.AgentId);
            if (found.Ticket.TicketId != _decision.TicketId && _decision.At - _campus.TicketOf(found.Ticket.TicketId).UpdatedAt <= WordUnderWay)
            {
                _notes.Add($"Word of {found.Ticket.TicketId}, stored {Milliseconds(_campus.TicketOf(found.Ticket.TicketId).UpdatedAt)} ms before, was under way.");
                return _notHeardOf.Add(found.Ticket.TicketId);
            }
            if (found.Ticket.TicketId != _decision.TicketId && Waiting(found.Ticket.TicketId, _decision.At - WordUnderWay).Demand != found.Ticket.Demand)
            {
                _notes.Add($"That {found.Ticket.TicketId} may ask for less by now was under way.");
                return _notHeardOf.Add(found.Ticket.TicketId);
            }
            if (found.Ticket.TicketId != _decision.TicketId && IsContested(found.Agent.AgentId) && _refused.Add(found.Ticket.TicketId))
            {
                _notes.Add($"A slot of {found.Agent.AgentId} for {found.Ticket.TicketId} was refused: that another queue was faster was under way.");
                return true;
            }
            return BelieveOlder(found.Agent.AgentId);
        }

        private bool BelieveOlder(string agentId)
        {
            var doubted = _doubted.GetValueOrDefault(agentId);
            if (_campus.Agent(agentId)!.Before(_decision.At).ElementAtOrDefault(doubted) is not { Word: { } before } older) return false;
            // Whom the queue scored it believed to be as it scored them, unless it had taken from them for others.
            if (_refused.Count == 0 && _journaled.Best.FirstOrDefault(best => best.AgentId == agentId) is { } scored && !Fits(scored, before)) return false;
            _doubted[agentId] = doubted + 1;
            _words[agentId] = before;
            NoteOld(agentId, older.Until);
            return true;
        }

        // Two queues may decide at once for the same slots; who is refused goes back in line, and no journal tells of it.
        private bool IsContested(string agentId) =>
            _later.Offers[agentId].Any(offer => offer.Queue != _queue && (offer.At - _decision.At).Duration() <= WordUnderWay);

        private void NoteOld(string agentId, DateTimeOffset until) =>
            _notes.Add($"Word of agent {agentId}, who changed {Milliseconds(until)} ms before, was under way.");

        private string Milliseconds(DateTimeOffset since) => (_decision.At - since).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);

        private static string Number(double score) => score.ToString("0.####", CultureInfo.InvariantCulture);
    }
}
