using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Simulation;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(99)]
    [InlineData(1000)]
    public void Students_point_leaves_one_fortieth_above(int degrees) =>
        Distribution(StudentT.Point975(degrees), degrees).ShouldBe(0.95, 5e-9);

    [Fact]
    public void Every_point_in_the_table_is_right()
    {
        for (var degrees = 1; degrees <= 60; degrees++)
            Distribution(StudentT.Point975(degrees), degrees).ShouldBe(0.95, 5e-9, $"{degrees} degrees of freedom");
    }

    [Fact]
    public void Mean_and_ratio_have_the_textbook_intervals()
    {
        // By hand: X = 3, 5, 10 over Y = 2, 4, 6.
        var moments = new Moments(2);
        moments.Add([3, 2]);
        moments.Add([5, 4]);
        moments.Add([10, 6]);
        const double t = 4.302652729749;
        var mean = moments.Mean([1, 0]);
        mean.Value!.Value.ShouldBe(6, 1e-12);
        HalfWidth(mean).ShouldBe(t * Math.Sqrt(13.0 / 3), 1e-9);
        var ratio = moments.Ratio([1, 0], [0, 1]);
        ratio.Value!.Value.ShouldBe(1.5, 1e-12);
        // Residuals X − 1.5·Y: 0, −1, 1; their variance 1; over n and E[Y]² = 16.
        HalfWidth(ratio).ShouldBe(t * Math.Sqrt(1.0 / 3 / 16), 1e-9);
        moments.Ratio([1, 0], [0, 0]).ShouldBe(Estimate.None);
    }

    [Fact]
    public void A_single_replication_has_no_interval()
    {
        var moments = new Moments(1);
        moments.Add([7]);
        moments.Mean([1]).ShouldBe(new Estimate(7, null, null));
    }

    [Fact]
    public void Large_offsets_do_not_cancel()
    {
        var moments = new Moments(1);
        for (var i = 0; i < 1000; i++) moments.Add([1e9 + i % 2]);
        HalfWidth(moments.Mean([1])).ShouldBe(StudentT.Point975(999) * Math.Sqrt(0.25 / 999), 1e-6);
    }

    private static double HalfWidth(Estimate estimate) => estimate.High!.Value - estimate.Value!.Value;

    /// <summary>P(|T| ≤ t) as a finite sum: Abramowitz and Stegun 26.7.3 and 26.7.4.</summary>
    private static double Distribution(double t, int degrees)
    {
        var sine = t / Math.Sqrt(degrees + t * t);
        var cosine2 = degrees / (degrees + t * t);
        if (degrees % 2 == 0)
        {
            double term = 1, sum = 1;
            for (var k = 2; k <= degrees - 2; k += 2) sum += term *= cosine2 * (k - 1) / k;
            return sine * sum;
        }
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        if (degrees == 1) return 2 / Math.PI * angle;
        double odd = Math.Sqrt(cosine2), total = odd;
        for (var k = 3; k <= degrees - 2; k += 2) total += odd *= cosine2 * (k - 1) / k;
        return 2 / Math.PI * (angle + sine * total);
    }
}
