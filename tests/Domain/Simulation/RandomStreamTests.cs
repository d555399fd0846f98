using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Simulation;

public sealed class RandomStreamTests
{
    private const int Draws = 200_000;

    [Fact]
    public void Logarithm_and_exponential_are_those_of_the_runtime_to_the_last_bits()
    {
        var stream = new RandomStream(1, 0, 0);
        for (var i = 0; i < Draws; i++)
        {
            var u = stream.NextUniform();
            Close(PortableMath.Log(u), Math.Log(u));
            var x = 1390 * u - 690;
            Close(PortableMath.Exp(x), Math.Exp(x));
        }
        PortableMath.Log(1).ShouldBe(0);
        PortableMath.Exp(0).ShouldBe(1);
        Close(PortableMath.Log(double.BitIncrement(1)), Math.Log(double.BitIncrement(1)));
        Close(PortableMath.Log(1.0 / (1UL << 53)), Math.Log(1.0 / (1UL << 53)));

        static void Close(double portable, double runtime) => portable.ShouldBe(runtime, 1e-15 * Math.Abs(runtime));
    }

    [Fact]
    public void Bits_are_those_that_the_authors_publish()
    {
        // The first outputs of xoshiro256** from the state 1, 2, 3, 4, and of SplitMix64 from 0.
        var stream = new RandomStream(1, 2, 3, 4);
        ulong[] bits = [stream.NextBits(), stream.NextBits(), stream.NextBits(), stream.NextBits(), stream.NextBits()];
        bits.ShouldBe([11520UL, 0, 1509978240, 1215971899390074240, 1216172134540287360]);
        RandomStream.Mixed(0).ShouldBe(0xE220A8397B1DCDAFUL);
        RandomStream.Purpose("a").ShouldBe(0xAF63DC4C8601EC8CUL); // FNV-1a, 64 bits
    }

    [Fact]
    public void Streams_differ_by_seed_replication_and_purpose()
    {
        var firsts = new HashSet<ulong>();
        for (ulong seed = 0; seed < 20; seed++)
            for (var replication = 0; replication < 20; replication++)
                for (ulong purpose = 0; purpose < 20; purpose++)
                    firsts.Add(new RandomStream(seed, replication, purpose).NextBits()).ShouldBeTrue();
    }

    [Fact]
    public void Exponential_follows_its_distribution()
    {
        var stream = new RandomStream(2, 0, 0);
        KolmogorovSmirnov([.. Enumerable.Range(0, Draws).Select(_ => stream.NextExponential())], x => 1 - Math.Exp(-x));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(28.7)]
    public void Gamma_has_mean_one_and_its_variance(double shape)
    {
        var stream = new RandomStream(3, 0, 0);
        double[] drawn = [.. Enumerable.Range(0, Draws).Select(_ => stream.NextGamma(shape))];
        drawn.Average().ShouldBe(1, 5 / Math.Sqrt(shape * Draws));
        drawn.Average(x => (x - 1) * (x - 1)).ShouldBe(1 / shape, 0.05 / shape);
        drawn.Min().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Gamma_of_whole_shape_follows_Erlangs_distribution()
    {
        var stream = new RandomStream(4, 0, 0);
        KolmogorovSmirnov([.. Enumerable.Range(0, Draws).Select(_ => stream.NextGamma(3))], x => 1 - Math.Exp(-3 * x) * (1 + 3 * x + 9 * x * x / 2));
        KolmogorovSmirnov([.. Enumerable.Range(0, Draws).Select(_ => stream.NextGamma(1))], x => 1 - Math.Exp(-x));
    }

    /// <summary>The largest distance stays below the 0.1 % point, 1.95/√n.</summary>
    private static void KolmogorovSmirnov(double[] drawn, Func<double, double> distribution)
    {
        Array.Sort(drawn);
        var distance = 0.0;
        for (var i = 0; i < drawn.Length; i++)
        {
            var expected = distribution(drawn[i]);
            distance = Math.Max(distance, Math.Max(expected - (double)i / drawn.Length, (i + 1.0) / drawn.Length - expected));
        }
        distance.ShouldBeLessThan(1.95 / Math.Sqrt(drawn.Length));
    }
}
