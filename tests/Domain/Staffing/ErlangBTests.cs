using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Staffing;

public sealed class ErlangBTests
{
    // The load that a group carries at a given blocking, as printed; the last digit decides.
    // T. S. Rappaport, Wireless Communications, table "Capacity of an Erlang B system".
    [Theory]
    [InlineData(2, 0.01, 0.153, 3)]
    [InlineData(4, 0.01, 0.869, 3)]
    [InlineData(5, 0.01, 1.36, 2)]
    [InlineData(10, 0.01, 4.46, 2)]
    [InlineData(20, 0.01, 12.0, 1)]
    [InlineData(40, 0.01, 29.0, 1)]
    [InlineData(70, 0.01, 56.1, 1)]
    [InlineData(100, 0.01, 84.1, 1)]
    [InlineData(5, 0.001, 0.762, 3)]
    [InlineData(24, 0.001, 12.2, 1)]
    [InlineData(100, 0.001, 75.2, 1)]
    // erlang.com, calculator manual: 15 lines at 1 %.
    [InlineData(15, 0.01, 8.108, 3)]
    // "Erlang-B capacity table" for 2 %, Lucent Technologies.
    [InlineData(5, 0.02, 1.657, 3)]
    [InlineData(29, 0.02, 21.039, 3)]
    [InlineData(51, 0.02, 41.189, 3)]
    [InlineData(89, 0.02, 77.342, 3)]
    public void Published_capacity_is_met(int agents, double blocking, double load, int digits)
    {
        var half = 0.5 * Math.Pow(10, -digits);
        ErlangB.BlockingProbability(agents, load - half).ShouldBeLessThan(blocking);
        ErlangB.BlockingProbability(agents, load + half).ShouldBeGreaterThan(blocking);
    }

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(7, 5.5)]
    [InlineData(80, 60.0)]
    [InlineData(150, 400.0)]
    public void Equals_the_textbook_sum(int agents, double load)
    {
        // (aⁿ/n!) / Σ aᵏ/k!, term by term.
        double term = 1, sum = 1;
        for (var k = 1; k <= agents; k++) sum += term *= load / k;
        ErlangB.BlockingProbability(agents, load).ShouldBe(term / sum, 1e-13 * term / sum);
    }

    [Fact]
    public void Bounds_hold_at_any_size()
    {
        ErlangB.BlockingProbability(0, 3).ShouldBe(1);
        ErlangB.BlockingProbability(3, 0).ShouldBe(0);
        ErlangB.BlockingProbability(100_000, 100_000).ShouldBeInRange(0.0024, 0.0026); // √(2/πn), Jagerman 1974
        ErlangB.BlockingProbability(10, 1e12).ShouldBe(1, 1e-10);
        Should.Throw<ArgumentOutOfRangeException>(() => ErlangB.BlockingProbability(-1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => ErlangB.BlockingProbability(1, double.NaN));
    }
}
