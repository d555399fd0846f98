using System.Text;
using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Staffing;

public sealed class StaffPlanTests
{
    private static readonly StaffingRules Rules = StaffingRules.Default;
    private static readonly DateTime Noon = new(2026, 9, 1, 12, 0, 0);

    [Theory, InlineData(0.001), InlineData(0.05), InlineData(0.4), InlineData(3)]
    public void Neither_one_agent_too_few_nor_one_too_many(double perSecond)
    {
        var agents = Requirement.Agents(perSecond, 420, 240, Rules);
        Holds(agents).ShouldBeTrue();
        if (agents > 1) Holds(agents - 1).ShouldBeFalse();
        Requirement.Agents(2 * perSecond, 420, 240, Rules).ShouldBeGreaterThanOrEqualTo(agents);

        bool Holds(int n)
        {
            var line = new ErlangA(perSecond, 420, 240, 3 * n);
            return line.ServiceLevelAnswered(60) >= 0.8 && line.Occupancy <= 0.88;
        }
    }

    [Fact]
    public void Nobody_is_needed_for_nobody_and_more_than_all_is_told()
    {
        Requirement.Agents(0, 420, 240, Rules).ShouldBe(0);
        Requirement.Agents(1_000, 420, 240, Rules with { ChatsAtOnce = 1 }).ShouldBe(Requirement.MostAgents);
    }

    [Fact]
    public void A_slot_has_desks_stand_by_shifts_and_processes()
    {
        var slot = StaffPlan.Of([new SlotForecast(Noon, 300, 270, 420)], Rules with { Cluster = new ClusterCapacity(0.2, 500, 3, 1, 1) }).Single();
        slot.Agents.ShouldBe(Requirement.Agents(300 * 0.55 / 900, 420, 240, Rules));
        (slot.Agents + slot.StandBy).ShouldBe(Requirement.Agents(420 * 0.55 / 900, 420, 240, Rules));
        slot.Rostered.ShouldBe((int)Math.Ceiling(slot.Agents / 0.85));
        slot.Silos.ShouldBe(3); // 420 / 900 s / 0.2
        slot.Gateways.ShouldBe(3); // 420 × 3 / 500
    }

    [Fact]
    public void The_simulator_adds_agents_where_Erlang_A_forgets_the_line_of_before()
    {
        // A quiet slot after an overloaded one: by Erlang A nearly nobody, yet the line is still there.
        var plan = StaffPlan.Of([.. Enumerable.Range(0, 6).Select(static i => Slot(i, i is 1 or 2 ? 900 : 20))], Rules);
        var simulated = StaffPlan.Simulated(plan, Rules, 60, seed: 1);
        simulated.Sum(static slot => slot.Agents).ShouldBeGreaterThan(plan.Sum(static slot => slot.Agents));
        simulated.ShouldAllBe(static slot => slot.Level > 0.75);
        simulated[0].Agents.ShouldBe(plan[0].Agents);
    }

    [Fact]
    public void Teams_are_sized_for_their_own_queues_and_a_weak_one_is_strengthened()
    {
        var rules = Rules with
        {
            Queues = [new StaffedQueue("delivery", 0.8, 420, 240), new StaffedQueue("refund", 0.2, 600, 240)],
            Teams = [new StaffedTeam("first", [0]), new StaffedTeam("expert", [1, 0])],
        };
        var plan = StaffPlan.Of([.. Enumerable.Range(0, 4).Select(static i => Slot(i, 200))], rules);
        plan[0].Teams[0].ShouldBe(Requirement.Agents(200 * 0.55 * 0.8 / 900, 420, 240, rules));
        plan[0].Teams[1].ShouldBe(Requirement.Agents(200 * 0.55 * 0.2 / 900, 600, 240, rules));
        var weakened = plan.Select(static slot => slot with { Teams = [slot.Teams[0], 0] }).ToList();
        StaffPlan.Simulated(weakened, rules, 60, seed: 1).ShouldAllBe(static slot => slot.Teams[1] > 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_plan_and_a_silent_night_none()
    {
        var plan = StaffPlan.Of([.. Enumerable.Range(0, 4).Select(static i => Slot(i, 60))], Rules);
        StaffPlan.Simulated(plan, Rules, 20, 7).Select(static slot => (slot.Agents, slot.Level)).ShouldBe(StaffPlan.Simulated(plan, Rules, 20, 7).Select(static slot => (slot.Agents, slot.Level)));
        var night = StaffPlan.Of([Slot(0, 0)], Rules);
        StaffPlan.Simulated(night, Rules, 20, 7).Single().Agents.ShouldBe(0);
    }

    [Fact]
    public void Rules_come_from_a_file_and_the_rest_is_as_usual()
    {
        var rules = Read("""
            { "targetLevel": 0.9, "chatsAtOnce": 5,
              "queues": [ { "name": "配送", "share": 0.7 }, { "name": "退款", "share": 0.3, "meanServiceSeconds": 600 } ],
              "teams": [ { "name": "快", "takes": ["配送"] }, { "name": "专", "takes": ["退款", "配送"] } ],
              "cluster": { "leastSilos": 3 } }
            """).Rules.ShouldNotBeNull();
        (rules.TargetLevel, rules.ChatsAtOnce, rules.WithinSeconds, rules.Cluster.LeastSilos, rules.Cluster.LeastGateways).ShouldBe((0.9, 5, 60, 3, 2));
        rules.Teams[1].Takes.ShouldBe([1, 0]);
        Read("{}").Rules!.Queues.ShouldBe(Rules.Queues);
        Read("""{ "queues": [ { "name": "a", "share": 1 } ] }""").Rules!.Teams.Single().Takes.ShouldBe([0]);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{ "targetLevel": 1 }""", "targetLevel: must be a number from")]
    [InlineData("""{ "agents": 1 }""", "agents: is not known here")]
    [InlineData("""{ "queues": [ { "name": "a", "share": 0.5 } ] }""", "queues: must have shares that add up to 1")]
    [InlineData("""{ "queues": [ { "name": "a", "share": 0.5 }, { "name": "a", "share": 0.5 } ] }""", "queues: names a queue twice")]
    [InlineData("""{ "queues": [ { "name": "a", "share": 0.5 }, { "name": "b", "share": 0.5 } ], "teams": [ { "name": "t", "takes": ["a"] } ] }""", "leaves the queue \"b\" to nobody")]
    [InlineData("""{ "teams": [ { "name": "t", "takes": ["x"] } ] }""", "teams[0].takes[0]")]
    public void What_is_wrong_is_named_with_its_field(string json, string saying)
    {
        var reading = Read(json);
        reading.Rules.ShouldBeNull();
        string.Join('\n', reading.Problems).ShouldContain(saying);
    }

    private static StaffingReading Read(string json) => StaffingFile.Read(Encoding.UTF8.GetBytes(json));

    private static SlotForecast Slot(int i, double contacts) => new(Noon.AddMinutes(15 * i), contacts, (int)contacts, (int)(1.2 * contacts));
}
