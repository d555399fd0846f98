using System.Collections.Frozen;
using System.Collections.Immutable;
using CampusCare.Embedded.Runtime;
using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests.Embedded;

/// <summary>What counts as unable to change, and what is said of the rest.</summary>
public sealed class ImmutabilityTests
{
    [Theory]
    [InlineData(typeof(int))]
    [InlineData(typeof(string))]
    [InlineData(typeof(DayOfWeek))]
    [InlineData(typeof(decimal?))]
    [InlineData(typeof(DateTimeOffset))]
    [InlineData(typeof((int, string)))]
    [InlineData(typeof(ImmutableArray<string>))]
    [InlineData(typeof(ImmutableDictionary<string, Order>))]
    [InlineData(typeof(FrozenSet<Guid>))]
    [InlineData(typeof(KeyValuePair<string, int>))]
    [InlineData(typeof(Order))]
    [InlineData(typeof(Tree))]
    [InlineData(typeof(Shape))]
    [InlineData(typeof(ILifeGrain))]
    [InlineData(typeof(TickStatus))]
    [InlineData(typeof(GrainId))]
    public void What_can_not_change_is_accepted(Type type) => Immutability.ProblemWith(type).ShouldBeNull();

    [Theory]
    [InlineData(typeof(int[]))]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(IReadOnlyList<int>))]
    [InlineData(typeof(object))]
    [InlineData(typeof(Basket))]
    [InlineData(typeof(Action))]
    [InlineData(typeof(ImmutableArray<Basket>))]
    [InlineData(typeof((int, List<int>)))]
    [InlineData(typeof(HoldsList))]
    [InlineData(typeof(HasSetter))]
    [InlineData(typeof(OpenShape))]
    public void What_can_change_is_refused_by_name(Type type) =>
        Immutability.ProblemWith(type).ShouldNotBeNull().ShouldContain("is not immutable");

    [Fact]
    public void The_culprit_is_named_down_to_the_field() =>
        Immutability.ProblemWith(typeof(HoldsList))!.ShouldSatisfyAllConditions(
            problem => problem.ShouldContain(nameof(HoldsList)),
            problem => problem.ShouldContain("Items"),
            problem => problem.ShouldContain("List"));

    private sealed record Tree(string Name, ImmutableArray<Tree> Branches);

    private sealed record HoldsList(List<int> Items);

    private sealed record HasSetter
    {
        public int Value { get; set; }
    }

    private abstract record Shape(string Name);

    private sealed record Circle(string Name, double Radius) : Shape(Name);

    private abstract record OpenShape(string Name);

    private sealed record Polygon(string Name, double[] Angles) : OpenShape(Name);
}
