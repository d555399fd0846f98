namespace CampusCare.Domain.Simulation;

/// <summary>
/// Logarithm and exponential from the four basic operations, which IEEE 754 rounds alike on every machine. Those of
/// the runtime come from the machine's C library and differ in the last bit, and so would a simulated day.
/// </summary>
internal static class PortableMath
{
    private const double Ln2High = 0.693147180369123816490; // its lower bits are zero, so that k × it is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;
    private const int LogTerms = 10;
    private const int ExpTerms = 14;

    /// <summary>Natural logarithm of a normal positive number: 2 artanh((m−1)/(m+1)) of its mantissa m in [√½, √2).</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa >= Sqrt2)
        {
            mantissa *= 0.5;
            exponent++;
        }
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var series = 0.0;
        for (var k = LogTerms; k >= 1; k--) series = (series + 1.0 / (2 * k + 1)) * square;
        return exponent * Ln2High + (2 * s + (2 * s * series + exponent * Ln2Low));
    }

    /// <summary>e^x, by Taylor's series around the nearest multiple of ln 2.</summary>
    public static double Exp(double x)
    {
        if (x < -700) return 0;
        var k = Math.Round(x / (Ln2High + Ln2Low));
        var rest = x - k * Ln2High - k * Ln2Low;
        var series = 1.0;
        for (var n = ExpTerms; n >= 1; n--) series = 1 + rest / n * series;
        return Math.ScaleB(series, (int)k);
    }
}
