using System.Numerics;

namespace CampusCare.Domain.Simulation;

/// <summary>
/// Random numbers for one purpose in one replication, the same on every machine: xoshiro256** of Blackman and Vigna,
/// "Scrambled Linear Pseudorandom Number Generators" (2021), started by SplitMix64 from the seed, the replication and
/// the purpose. Because each purpose has its own stream, the k-th call of a type has the same service time and the
/// same patience whatever is changed elsewhere in the model: two policies meet the same callers.
/// </summary>
internal struct RandomStream
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    private ulong _a, _b, _c, _d;

    public RandomStream(ulong seed, long replication, ulong purpose)
        : this(Mixed(Mixed(Mixed(seed) ^ (ulong)replication) ^ purpose))
    {
    }

    /// <summary>From a state, which must not be all zero.</summary>
    public RandomStream(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    private RandomStream(ulong key)
        : this(Mixed(key), Mixed(key + Golden), Mixed(key + unchecked(2 * Golden)), Mixed(key + unchecked(3 * Golden)))
    {
    }

    /// <summary>The purpose of a name: FNV-1a over its UTF-16 code units.</summary>
    public static ulong Purpose(string name)
    {
        var hash = 0xCBF2_9CE4_8422_2325;
        foreach (var unit in name) hash = (hash ^ unit) * 0x0000_0100_0000_01B3;
        return hash;
    }

    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in (0, 1].</summary>
    public double NextUniform() => ((NextBits() >> 11) + 1) * (1.0 / (1UL << 53));

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -PortableMath.Log(NextUniform());

    /// <summary>
    /// Gamma with mean 1 and variance 1/shape: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables"
    /// (2000); below shape 1 by their power of a uniform.
    /// </summary>
    public double NextGamma(double shape)
    {
        if (shape < 1)
            return NextGamma(shape + 1) * (shape + 1) / shape * PortableMath.Exp(PortableMath.Log(NextUniform()) / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = NextNormal();
            var root = 1 + c * normal;
            if (root <= 0) continue;
            var v = root * root * root;
            if (PortableMath.Log(NextUniform()) < 0.5 * normal * normal + d - d * v + d * PortableMath.Log(v)) return d * v / shape;
        }
    }

    /// <summary>Normal with mean 0 and variance 1: Marsaglia's polar method.</summary>
    public double NextNormal()
    {
        while (true)
        {
            double x = 2 * NextUniform() - 1, y = 2 * NextUniform() - 1;
            var square = x * x + y * y;
            if (square is > 0 and < 1) return x * Math.Sqrt(-2 * PortableMath.Log(square) / square);
        }
    }

    /// <summary>A Poisson count: arrivals of rate 1 until the mean has passed. Takes time in proportion to it.</summary>
    public int NextPoisson(double mean)
    {
        var count = 0;
        for (var time = NextExponential(); time < mean; time += NextExponential()) count++;
        return count;
    }

    /// <summary>A step of SplitMix64.</summary>
    public static ulong Mixed(ulong z)
    {
        z += Golden;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
