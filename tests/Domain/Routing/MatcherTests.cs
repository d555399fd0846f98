using System.Collections.Immutable;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Routing;

public sealed class MatcherTests
{
    [Fact]
    public void A_level_is_a_minimum()
    {
        var matcher = new Matcher();
        matcher.Set(Agent("novice", free: 1, ("safety", 2)));
        matcher.Add(Ticket("t", 0, ("safety", 3)));

        matcher.Take().ShouldBeNull();

        matcher.Set(Agent("expert", free: 1, ("safety", 3)));
        matcher.Take()!.Value.Agent.AgentId.ShouldBe("expert");
        matcher.WaitingCount.ShouldBe(0);
    }

    [Fact]
    public void Each_medium_has_its_own_room_and_a_call_needs_a_desk_without_chats()
    {
        var matcher = new Matcher();
        matcher.Set(Agent("a", free: 1, ("food", 3)) with { Capacity = new Room(1, 1, 1), Free = new Room(1, 1, 1) });
        matcher.FreeSlotsOf(Medium.Call).ShouldBe(1);
        matcher.Add(On(Medium.Form, Ticket("form", 0, ("food", 1))));
        matcher.Add(Ticket("chat", 1, ("food", 1)));
        matcher.Add(On(Medium.Call, Ticket("call", 2, ("food", 1))));
        matcher.Add(On(Medium.Form, Ticket("second form", 3, ("food", 1))));

        matcher.Take()!.Value.Ticket.TicketId.ShouldBe("form");
        matcher.Take()!.Value.Ticket.TicketId.ShouldBe("chat");
        matcher.Take().ShouldBeNull();
        matcher.FreeSlots.ShouldBe(0);

        matcher.Set(Agent("a", free: 1, ("food", 3)) with { Capacity = new Room(1, 1, 1), Free = new Room(1, 1, 1) });
        matcher.Take()!.Value.Ticket.TicketId.ShouldBe("call");
        matcher.Take().ShouldBeNull();
    }

    [Fact]
    public void All_requirements_are_needed()
    {
        var matcher = new Matcher();
        matcher.Set(Agent("half", free: 1, ("food", 5)));
        matcher.Set(Agent("whole", free: 1, ("food", 1), ("safety", 1)));
        matcher.Add(Ticket("t", 0, ("food", 1), ("safety", 1)));

        matcher.Take()!.Value.Agent.AgentId.ShouldBe("whole");
    }

    [Fact]
    public void The_least_loaded_of_equals_gets_it_then_the_longest_idle()
    {
        var matcher = new Matcher();
        matcher.Set(Agent("busy", free: 1, ("food", 3)) with { IdleSince = 0 });
        matcher.Set(Agent("recent", free: 3, ("food", 3)) with { IdleSince = 20 });
        matcher.Set(Agent("rested", free: 3, ("food", 3)) with { IdleSince = 10 });
        for (var i = 0; i < 7; i++) matcher.Add(Ticket($"t{i}", i, ("food", 1)));

        var order = Enumerable.Range(0, 7).Select(_ => matcher.Take()!.Value.Agent.AgentId).ToList();

        order[..4].ShouldBe(["rested", "recent", "rested", "recent"]);
        order.ShouldAllBe(id => id.Length > 0);
        matcher.FreeSlots.ShouldBe(0);
    }

    [Fact]
    public void An_agent_who_declined_is_asked_again_only_when_nobody_else_is_there()
    {
        var matcher = new Matcher();
        matcher.Set(Agent("declined", free: 3, ("food", 5)));
        matcher.Set(Agent("other", free: 1, ("food", 1)));
        matcher.Add(Ticket("first", 0, ("food", 1)) with { NotAgents = ["declined"] });
        matcher.Add(Ticket("second", 1, ("food", 1)) with { NotAgents = ["declined"] });

        matcher.Take()!.Value.Agent.AgentId.ShouldBe("other");
        matcher.Take()!.Value.Agent.AgentId.ShouldBe("declined");
    }

    [Fact]
    public void Only_the_agent_who_served_before_gets_it_while_the_ticket_is_patient()
    {
        var matcher = new Matcher();
        var patient = Ticket("t", 0, ("food", 1));
        patient = patient with { Demand = patient.Demand with { OnlyAgent = "known" } };
        matcher.Set(Agent("other", free: 3, ("food", 5)));
        matcher.Add(patient);
        matcher.Take().ShouldBeNull();

        matcher.Set(Agent("known", free: 1, ("food", 1)));
        matcher.Take()!.Value.Agent.AgentId.ShouldBe("known");

        matcher.Add(patient);
        matcher.Take().ShouldBeNull();
        matcher.Add(patient with { Demand = patient.Demand with { OnlyAgent = null }, Ring = 1 });
        matcher.Take()!.Value.Agent.AgentId.ShouldBe("other");
    }

    [Fact]
    public void Who_solves_such_things_best_gets_them()
    {
        var fast = Enumerable.Range(0, 50).Aggregate(AgentRecord.Prior, (record, _) => record.With(60, true));
        var slow = Enumerable.Range(0, 50).Aggregate(AgentRecord.Prior, (record, _) => record.With(900, false));
        var matcher = new Matcher();
        matcher.Set(Agent("slow", free: 3, ("food", 3)) with { Records = Records(slow) });
        matcher.Set(Agent("newcomer", free: 3, ("food", 3)));
        matcher.Set(Agent("fast", free: 3, ("food", 3)) with { Records = Records(fast) });
        matcher.Add(Ticket("t", 0, ("food", 1)));

        var why = matcher.Take()!.Value.Why;

        why.Best.Select(agent => agent.AgentId).ShouldBe(["fast", "newcomer", "slow"]);
        why.Best[0].Merit.ShouldBeGreaterThan(0.5);
        why.Best[1].Merit.ShouldBe(0);
        why.Eligible.ShouldBe(3);
    }

    [Theory]
    [InlineData(StrategyName.RoundRobin, "a b c a b c")]
    [InlineData(StrategyName.LongestIdle, "c c c b b b")]
    [InlineData(StrategyName.LeastLoaded, "c a b c a b")]
    public void Each_strategy_has_its_own_order(StrategyName strategy, string order)
    {
        var matcher = new Matcher(strategy);
        matcher.Set(Agent("a", free: 3, ("food", 1)) with { IdleSince = 30, Capacity = new Room(3, 0, 0) });
        matcher.Set(Agent("b", free: 3, ("food", 5)) with { IdleSince = 20, Capacity = new Room(4, 0, 0) });
        matcher.Set(Agent("c", free: 3, ("food", 1)) with { IdleSince = 10, Capacity = new Room(3, 0, 0) });
        if (strategy == StrategyName.RoundRobin)
            foreach (var first in "abc")
            {
                matcher.Add(Ticket("turn", 0, ("food", 1)) with { Demand = new Demand(Category.Other, [new SkillLevel("food", 1)], [], first.ToString()) });
                matcher.Take();
                matcher.Set(matcher.Take() is null ? Agent(first.ToString(), free: 3, ("food", 1)) : throw new InvalidOperationException());
            }
        for (var i = 0; i < 6; i++) matcher.Add(Ticket($"t{i}", i, ("food", 1)));

        string.Join(' ', Enumerable.Range(0, 6).Select(_ => matcher.Take()!.Value.Agent.AgentId)).ShouldBe(order);
    }

    private static ImmutableDictionary<Category, AgentRecord> Records(AgentRecord record) =>
        ImmutableDictionary<Category, AgentRecord>.Empty.Add(Category.Other, record);

    private static Waiting Ticket(string id, long key, params (string Skill, int Level)[] needs) =>
        new(id, key, new Demand(Category.Other, [.. needs.Select(n => new SkillLevel(n.Skill, n.Level))], []), []);

    private static Waiting On(Medium medium, Waiting ticket) => ticket with { Demand = ticket.Demand with { Medium = medium } };

    private static Candidate Agent(string id, int free, params (string Skill, int Level)[] skills) =>
        new(id, [.. skills.Select(s => new SkillLevel(s.Skill, s.Level))], new Room(3, 0, 0), new Room(free, 0, 0), 0, ImmutableDictionary<Category, AgentRecord>.Empty);
}
