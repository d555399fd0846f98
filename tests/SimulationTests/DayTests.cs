namespace CampusCare.Simulation.Tests;

/// <summary>A whole day of a large campus: at its meals many wait, many call, and who comes free is fought over by several queues.</summary>
public sealed class DayTests
{
    [Fact]
    public void Every_invariant_holds_and_everybody_has_an_end() =>
        RushTests.Run(1, WorldOptions.Day).Acknowledged.ShouldBe(WorldOptions.Day.Contacts);
}
