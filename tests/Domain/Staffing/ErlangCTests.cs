using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Staffing;

public sealed class ErlangCTests
{
    [Fact]
    public void Fifty_agents_as_Garnett_Mandelbaum_and_Reiman_print_them()
    {
        // "Designing a Call Center with Impatient Customers", 2002: 48 calls a minute of one minute each.
        var line = new ErlangC(48 / 60.0, 60, 50);
        line.AverageSpeedOfAnswer.ShouldBe(20.8, 0.05);
        line.Occupancy.ShouldBe(0.96, 1e-12);
        line.ServiceLevel(58.1).ShouldBe(0.90, 0.0005); // the 90th percentile
    }

    [Fact]
    public void Fourteen_positions_as_pyworkforce_prints_them()
    {
        // The example of the package's page on PyPI, version 0.1.0: 100 calls in 30 minutes, 3 minutes each, 20 seconds.
        var line = new ErlangC(100 / 30.0, 3, 14);
        line.ProbabilityOfWait.ShouldBe(0.1741319335950498, 1e-14);
        line.ServiceLevel(20 / 60.0).ShouldBe(0.8883500191794669, 1e-14);
        line.Occupancy.ShouldBe(0.7142857142857143, 1e-15);
    }

    [Theory]
    [InlineData(0.5, 1, 1)]
    [InlineData(4.2, 2, 12)]
    [InlineData(9.5, 1, 10)]
    [InlineData(280, 1, 300)]
    public void Equals_the_birth_death_chain(double arrivals, double service, int agents)
    {
        var line = new ErlangC(arrivals, service, agents);
        var chain = new BirthDeathChain(arrivals, service, double.PositiveInfinity, agents, agents + 800);
        line.ProbabilityOfWait.ShouldBe(chain.ProbabilityOfWait, 1e-10);
        line.AverageSpeedOfAnswer.ShouldBe(chain.MeanWaiting / arrivals, 1e-9);
        line.Occupancy.ShouldBe(chain.Occupancy, 1e-10);
        foreach (var time in (double[])[0, 0.01, 0.3, 2])
            line.ServiceLevel(time).ShouldBe(chain.Within(time).Answered, 1e-9);
    }

    [Fact]
    public void Without_enough_agents_everyone_waits_for_ever()
    {
        var line = new ErlangC(10, 1, 10);
        line.IsStable.ShouldBeFalse();
        line.ProbabilityOfWait.ShouldBe(1);
        line.AverageSpeedOfAnswer.ShouldBe(double.PositiveInfinity);
        line.ServiceLevel(1000).ShouldBe(0);
        line.Occupancy.ShouldBe(1);
    }

    [Fact]
    public void Thousands_of_agents_stay_finite()
    {
        var line = new ErlangC(4900, 1, 5000);
        line.ProbabilityOfWait.ShouldBeInRange(0.05, 0.12); // Halfin and Whitt 1981: β = √2 gives 0.075
        new ErlangC(10, 1, 5000).ProbabilityOfWait.ShouldBe(0);
    }
}
