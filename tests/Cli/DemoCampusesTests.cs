using CampusCare.Cli.Demo;
using CampusCare.Domain.Triage;

namespace CampusCare.Cli.Tests;

public sealed class DemoCampusesTests
{
    public static TheoryData<string> Campuses => [.. DemoCampuses.All.Select(campus => campus.Settings.Campus)];

    [Fact]
    public void There_are_three() => DemoCampuses.All.Select(campus => campus.Settings.Campus).ShouldBe(["north", "south", "lake"]);

    [Theory, MemberData(nameof(Campuses))]
    public void Every_category_has_one_queue(string campus) =>
        Of(campus).Settings.Queues.SelectMany(queue => queue.Categories).Order().ShouldBe(Enum.GetValues<Category>().Order());

    [Theory, MemberData(nameof(Campuses))]
    public void Every_queue_has_agents_at_its_level(string campus)
    {
        foreach (var queue in Of(campus).Settings.Queues)
            Of(campus).Agents.Count(agent => agent.Skills.Any(skill => skill.Skill == queue.Queue && skill.Level >= queue.MinimumLevel)).ShouldBeGreaterThanOrEqualTo(2, queue.Queue);
    }

    [Theory, MemberData(nameof(Campuses))]
    public void Agents_are_different_people_with_sound_profiles(string campus)
    {
        var agents = Of(campus).Agents;
        agents.Length.ShouldBe(8);
        agents.Select(agent => agent.AgentId).ShouldBeUnique();
        agents.Select(agent => agent.Name).ShouldBeUnique();
        foreach (var agent in agents)
        {
            agent.Capacity.ShouldBeInRange(1, 20);
            agent.Queues.ShouldBe(agent.Skills.Select(skill => skill.Skill));
            agent.Skills.ShouldAllBe(skill => skill.Level >= 1 && skill.Level <= 5);
            agent.Queues.Except(Of(campus).Settings.Queues.Select(queue => queue.Queue)).ShouldBeEmpty();
        }
    }

    [Theory, MemberData(nameof(Campuses))]
    public void Customers_of_every_role_are_there(string campus) =>
        Of(campus).Customers.Select(customer => customer.Kind).Distinct().ShouldBe(["Student", "Rider", "Merchant"]);

    private static DemoCampus Of(string campus) => DemoCampuses.All.Single(one => one.Settings.Campus == campus);
}
