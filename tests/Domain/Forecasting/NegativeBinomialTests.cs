using CampusCare.Domain.Forecasting;

namespace CampusCare.Domain.Tests.Forecasting;

public sealed class NegativeBinomialTests
{
    [Theory]
    [InlineData(0, 0, 0.9, 0)]
    [InlineData(1, 0, 0.36, 0)] // e^-1 = 0.3679
    [InlineData(1, 0, 0.37, 1)]
    [InlineData(10, 0, 0.9, 14)] // Poisson tables: P(X <= 13) = 0.8645, P(X <= 14) = 0.9165
    [InlineData(10, 0, 0.1, 6)] // P(X <= 5) = 0.0671, P(X <= 6) = 0.1301
    [InlineData(1, 1, 0.5, 0)] // geometric with p = 1/2
    [InlineData(1, 1, 0.7, 1)]
    [InlineData(3, 1, 0.9, 8)] // 1 - (3/4)^(k+1) reaches 0.9 at k + 1 = 8.004
    public void Has_the_quantiles_of_tables(double mean, double spread, double probability, int expected) =>
        new NegativeBinomial(mean, spread).Quantile(probability).ShouldBe(expected);

    [Fact]
    public void Large_means_dont_underflow()
    {
        new NegativeBinomial(5_000, 0).Quantile(0.5).ShouldBeInRange(4_998, 5_002);
        new NegativeBinomial(5_000, 0.04).Quantile(0.9).ShouldBeInRange(6_200, 6_400); // gamma: 5000 × (1 + 0.2 × 1.28) and a little skewed
    }
}
