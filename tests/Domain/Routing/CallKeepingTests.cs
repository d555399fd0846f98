using System.Collections.Immutable;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Routing;

/// <summary>A rush of chats that leaves nobody without one, and now and then a call.</summary>
public sealed class CallKeepingTests
{
    private const int LongestChat = 120;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_call_that_waited_its_patience_and_whose_turn_it_is_waits_no_longer_than_the_longest_chat_in_hand(int seed)
    {
        var rush = new Rush(seed, keeps: true);
        rush.Run(seconds: 1_800);

        rush.Calls.Count.ShouldBeGreaterThan(10);
        rush.Calls.ShouldAllBe(call => call.ServedAt - call.TurnAt <= LongestChat + 1);
        rush.MostKeptTooMany.ShouldBe(0);
    }

    [Fact]
    public void With_nobody_kept_calls_starve()
    {
        var starved = 0;
        foreach (var seed in Enumerable.Range(1, 50))
        {
            var rush = new Rush(seed, keeps: false);
            rush.Run(seconds: 1_800);
            starved += rush.CallsWaiting;
        }
        starved.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void The_agent_with_the_fewest_chats_is_asked_and_the_longest_idle_of_these()
    {
        var line = Line(Agent("busy", chats: 2), Agent("newer", chats: 1, idleSince: 9), Agent("older", chats: 1, idleSince: 5), Agent("noCalls", chats: 1) with { Capacity = new Room(3, 0, 0) });
        line.Add(Call("c1", 100));

        new CallKeeping("q").Arrange([Call("c1", 100)], line).Asked.ShouldBe(["older"]);
    }

    [Fact]
    public void While_a_chat_comes_before_it_nobody_is_kept_unless_that_one_can_not_take_the_chat()
    {
        var line = Line(Agent("able", chats: 1), Agent("other", chats: 3) with { Skills = [new SkillLevel("q", 1)] });
        line.Add(Call("c1", 100));
        line.Add(new Waiting("chat", 50, new Demand(Category.Other, [new SkillLevel("q", 3)], []), []));

        new CallKeeping("q").Arrange([Call("c1", 100)], line).Asked.ShouldBe(["other"]);
    }

    [Fact]
    public void Who_was_kept_and_got_another_call_is_kept_no_more_and_the_one_who_stands_by_is_not_let_go()
    {
        var keeping = new CallKeeping("q");
        var line = Line(Agent("a1", chats: 1), Agent("a2", chats: 2));
        foreach (var call in new[] { Call("c1", 100), Call("c2", 200) }) line.Add(call);
        keeping.Arrange([Call("c1", 100), Call("c2", 200)], line).Asked.ShouldBe(["a1", "a2"]);
        line.Keep("a1", "q");
        line.Keep("a2", "q");
        line.Remove("c1");
        line.Set(Agent("a2", chats: 3)); // the second one had room first, and says so

        var (asked, letGo) = keeping.Arrange([Call("c2", 200)], line);

        asked.ShouldBeEmpty();
        letGo.ShouldNotContain("a1");
        keeping.Kept.ShouldBe(["a1"]);
    }

    [Fact]
    public void A_call_keeps_its_agent_and_when_it_is_served_elsewhere_that_one_goes_to_the_next_call_or_is_let_go()
    {
        var keeping = new CallKeeping("q");
        var line = Line(Agent("a1", chats: 1), Agent("a2", chats: 2));
        foreach (var call in new[] { Call("c1", 100), Call("c2", 200), Call("c3", 300) }) line.Add(call);
        keeping.Arrange([Call("c1", 100), Call("c2", 200), Call("c3", 300)], line).Asked.ShouldBe(["a1", "a2"]);
        line.Keep("a1", "q");
        line.Keep("a2", "q");

        keeping.Arrange([Call("c1", 100), Call("c2", 200), Call("c3", 300)], line).ShouldSatisfyAllConditions(change => change.Asked.ShouldBeEmpty(), change => change.LetGo.ShouldBeEmpty());
        keeping.Arrange([Call("c2", 200), Call("c3", 300)], line).ShouldSatisfyAllConditions(change => change.Asked.ShouldBeEmpty(), change => change.LetGo.ShouldBeEmpty());
        keeping.Arrange([Call("c3", 300)], line).LetGo.Count.ShouldBe(1);
        keeping.Arrange([], line).LetGo.ShouldContain("a1");
    }

    [Fact]
    public void Who_is_kept_by_another_queue_is_not_asked_and_takes_no_call_here()
    {
        var kept = Agent("a1", chats: 0) with { KeptBy = "other" };
        var line = Line(kept.For("q"));
        line.Add(Call("c1", 100));

        line.Take().ShouldBeNull();
        new CallKeeping("q").Arrange([Call("c1", 100)], line).Asked.ShouldBeEmpty();
        kept.For("other").Free.Calls.ShouldBe(1);
    }

    private static Waiting Call(string id, long key) => new(id, key, new Demand(Category.Other, [new SkillLevel("q", 1)], [], Medium: Medium.Call), []);

    private static Candidate Agent(string id, int chats, long idleSince = 0) => new(
        id, [new SkillLevel("q", 3)], new Room(3, 1, 0), Room.Free(new Room(3, 1, 0), new Room(chats, 0, 0)), idleSince, ImmutableDictionary<Category, AgentRecord>.Empty);

    private static Matcher Line(params ReadOnlySpan<Candidate> agents)
    {
        var line = new Matcher();
        foreach (var agent in agents) line.Set(agent);
        return line;
    }

    /// <summary>Six agents with three chats each, more chats than they can take, and a call about every two minutes; second by second.</summary>
    private sealed class Rush(int seed, bool keeps)
    {
        private readonly Random _random = new(seed);
        private readonly Matcher _line = new();
        private readonly CallKeeping _keeping = new("q");
        private readonly Dictionary<string, List<(Medium Medium, int Until)>> _held = Enumerable.Range(0, 6).ToDictionary(static i => $"a{i}", static _ => new List<(Medium, int)>());
        private readonly HashSet<string> _kept = [];
        private readonly Dictionary<string, (Waiting Ticket, int Since)> _calls = [];
        private readonly Dictionary<string, int> _turn = [];
        private readonly SortedSet<(long Key, string Id)> _chats = [];
        private int _now;

        public List<(int TurnAt, int ServedAt)> Calls { get; } = [];

        public int CallsWaiting => _calls.Count;

        public int MostKeptTooMany { get; private set; }

        public void Run(int seconds)
        {
            for (; _now < seconds; _now++)
            {
                foreach (var held in _held.Values) held.RemoveAll(one => one.Until <= _now);
                foreach (var agent in _held.Keys) Tell(agent);
                Arrive();
                Serve();
                if (!keeps) continue;
                Keep();
                Serve();
                MostKeptTooMany = Math.Max(MostKeptTooMany, _kept.Count - _calls.Count);
            }
        }

        // Chats have weights up to 45 minutes, calls have none: most chats go before them.
        private void Arrive()
        {
            if (_random.Next(4) == 0)
            {
                var chat = new Waiting($"chat{_now}", 1_000L * (_now - _random.Next(60)), new Demand(Category.Other, [new SkillLevel("q", 1)], []), []);
                _line.Add(chat);
                _chats.Add((chat.PriorityKey, chat.TicketId));
            }
            if (_random.Next(60) == 0)
            {
                var call = Call($"call{_now}", 1_000L * _now);
                _line.Add(call);
                _calls[call.TicketId] = (call, _now);
            }
            foreach (var (id, call) in _calls)
                if (!_turn.ContainsKey(id) && _now - call.Since >= CallKeeping.Patience.TotalSeconds && (_chats.Count == 0 || _chats.Min.Key > call.Ticket.PriorityKey)) _turn[id] = _now;
        }

        private void Serve()
        {
            while (_line.Take() is { } match)
            {
                var (id, medium) = (match.Ticket.TicketId, match.Ticket.Demand.Medium);
                _chats.Remove((match.Ticket.PriorityKey, id));
                if (medium == Medium.Call) _kept.Remove(match.Agent.AgentId);
                if (_calls.Remove(id)) Calls.Add((_turn.GetValueOrDefault(id, _now), _now));
                _held[match.Agent.AgentId].Add((medium, _now + (medium == Medium.Call ? 30 : _random.Next(20, LongestChat + 1))));
                Tell(match.Agent.AgentId);
            }
        }

        private void Keep()
        {
            var due = _calls.Values.Where(call => _now - call.Since >= CallKeeping.Patience.TotalSeconds).Select(static call => call.Ticket).OrderBy(static call => call.PriorityKey);
            var (asked, letGo) = _keeping.Arrange([.. due], _line);
            _kept.UnionWith(asked);
            _kept.ExceptWith(letGo);
            foreach (var agent in asked.Concat(letGo)) Tell(agent);
        }

        private void Tell(string agent)
        {
            var held = _held[agent].Aggregate(Room.None, static (room, one) => room.Plus(one.Medium));
            var isKept = _kept.Contains(agent);
            _line.Set(new Candidate(agent, [new SkillLevel("q", 3)], new Room(3, 1, 0), Room.Free(new Room(3, 1, 0), held, isKept), 0, ImmutableDictionary<Category, AgentRecord>.Empty)
            {
                KeptBy = isKept ? "q" : null,
            });
        }
    }
}
