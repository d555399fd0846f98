using System.Globalization;
using System.Numerics;

namespace CampusCare.Domain.Remedies;

/// <summary>
/// What a picture looks like, in 320 bits: the same for a picture that was packed anew, scaled, brightened or cut a
/// little at its edges. It shows nothing of what is on it.
/// </summary>
/// <remarks>
/// The shape is the DCT hash of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010, 3.2.1):
/// the 8 × 8 lowest frequencies but the constant ones, each above their median or not. It tells kinds of pictures apart, and
/// is searched by. The detail is the difference hash of Krawetz, "Kind of Like That" (2013), on 16 × 16 steps: whether
/// it grows brighter to the right. It tells apart what is alike from afar: two plates of noodles, two pages of one app.
/// </remarks>
/// <param name="Shape">64 bits of the coarse shape.</param>
/// <param name="Detail">256 bits of detail.</param>
public readonly record struct PictureSketch(ulong Shape, UInt256 Detail)
{
    /// <summary>Pixels of a side of what a sketch is made of.</summary>
    public const int Side = 64;

    /// <summary>So many bits of the shape may differ.</summary>
    public const int ShapeTolerance = 12;

    /// <summary>So many bits of the detail may differ. Different pictures of one kind differ in about sixty.</summary>
    public const int DetailTolerance = 30;

    /// <summary>Parts that the shape is searched by: two that differ in fewer bits than there are parts have one in common.</summary>
    public const int Bands = 8;

    private const int Small = 32, Lowest = 8, Steps = 16;

    // A picture whose grey levels stray less than this from their mean is a wall, a dark room or a blank page.
    private const double LeastContrast = 6;

    // Steps of less than this are noise of the packing.
    private const int LeastStep = 3;

    /// <summary>The sketch; null when nothing is on the picture that could be told from another one.</summary>
    /// <param name="grey">Brightness of 64 × 64 pixels, line by line.</param>
    public static PictureSketch? Of(ReadOnlySpan<byte> grey)
    {
        if (grey.Length != Side * Side) throw new ArgumentException($"A sketch is made of {Side} × {Side} pixels.", nameof(grey));
        var small = Shrink(grey, Small, Small);
        var mean = small.Average();
        if (Math.Sqrt(small.Average(level => (level - mean) * (level - mean))) < LeastContrast) return null;
        return new PictureSketch(ShapeOf(small), DetailOf(Shrink(grey, Steps, Steps)));
    }

    /// <summary>Whether both show the same picture.</summary>
    public bool IsLike(PictureSketch other) =>
        BitOperations.PopCount(Shape ^ other.Shape) <= ShapeTolerance && UInt256.Distance(Detail, other.Detail) <= DetailTolerance;

    /// <summary>A part of the shape, 0 to 255.</summary>
    public int Band(int index) => (int)(Shape >> (index * 8)) & 0xff;

    /// <summary>80 hex digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shape:x16}{Detail}");

    /// <summary>What <see cref="ToString"/> wrote; null for anything else.</summary>
    public static PictureSketch? Parse(string? text) =>
        text is { Length: 80 } && ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var shape) && UInt256.Parse(text.AsSpan(16)) is { } detail
            ? new PictureSketch(shape, detail)
            : null;

    private static ulong ShapeOf(double[] small)
    {
        var low = new double[Lowest * Lowest];
        for (var v = 0; v < Lowest; v++)
            for (var u = 0; u < Lowest; u++)
                low[v * Lowest + u] = Frequency(small, u + 1, v + 1);
        var median = low.Order().Skip(Lowest * Lowest / 2 - 1).Take(2).Average();
        var bits = 0UL;
        for (var i = 0; i < low.Length; i++)
            if (low[i] > median) bits |= 1UL << i;
        return bits;
    }

    // DCT-II, without its constant factors, which change no order.
    private static double Frequency(double[] small, int u, int v)
    {
        var sum = 0.0;
        for (var y = 0; y < Small; y++)
        {
            var line = 0.0;
            for (var x = 0; x < Small; x++) line += small[y * Small + x] * Waves[u * Small + x];
            sum += line * Waves[v * Small + y];
        }
        return sum;
    }

    private static readonly double[] Waves =
        [.. Enumerable.Range(0, (Lowest + 1) * Small).Select(static i => Math.Cos(Math.PI * (2 * (i % Small) + 1) * (i / Small) / (2 * Small)))];

    private static UInt256 DetailOf(double[] steps)
    {
        Span<ulong> parts = stackalloc ulong[4];
        for (var y = 0; y < Steps; y++)
            for (var x = 0; x < Steps; x++)
            {
                var right = steps[y * Steps + (x + 1) % Steps];
                var i = y * Steps + x;
                if (right - steps[i] > LeastStep) parts[i / 64] |= 1UL << (i % 64);
            }
        return new UInt256(parts[0], parts[1], parts[2], parts[3]);
    }

    private static double[] Shrink(ReadOnlySpan<byte> grey, int columns, int rows)
    {
        var result = new double[columns * rows];
        var (width, height) = (Side / columns, Side / rows);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                result[y / height * columns + x / width] += grey[y * Side + x];
        for (var i = 0; i < result.Length; i++) result[i] /= width * height;
        return result;
    }
}

/// <summary>256 bits.</summary>
public readonly record struct UInt256(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>In how many bits two differ.</summary>
    public static int Distance(UInt256 one, UInt256 other) =>
        BitOperations.PopCount(one.A ^ other.A) + BitOperations.PopCount(one.B ^ other.B) + BitOperations.PopCount(one.C ^ other.C) + BitOperations.PopCount(one.D ^ other.D);

    /// <summary>64 hex digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{A:x16}{B:x16}{C:x16}{D:x16}");

    /// <summary>What <see cref="ToString"/> wrote; null for anything else.</summary>
    public static UInt256? Parse(ReadOnlySpan<char> text)
    {
        Span<ulong> parts = stackalloc ulong[4];
        if (text.Length != 64) return null;
        for (var i = 0; i < 4; i++)
            if (!ulong.TryParse(text.Slice(i * 16, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out parts[i])) return null;
        return new UInt256(parts[0], parts[1], parts[2], parts[3]);
    }
}
