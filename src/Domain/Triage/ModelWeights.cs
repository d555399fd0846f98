using System.Numerics;

namespace CampusCare.Domain.Triage;

/// <summary>What training leaves: one row of small integers per feature, one column per head.</summary>
internal sealed class ModelWeights
{
    private const uint Magic = 0x4D544343; // "CCTM"
    private const int Version = 1;
    private const int Free = -1;

    // A whole number of the widest vectors that there are; and how many weights a 16-bit sum takes without overflow.
    private const int PaddedHeads = 64;
    private const int SafelyAdded = short.MaxValue / 128;

    private readonly uint[] _keys;
    private readonly sbyte[] _rows;
    private readonly float[] _scales;
    private readonly float[] _offsets;
    private readonly Calibration _choice;
    private readonly (uint Key, int Row)[] _slots;
    private readonly int _mask;

    private ModelWeights(uint[] keys, sbyte[] rows, float[] scales, float[] offsets, Calibration choice)
    {
        _keys = keys;
        _rows = Pad(rows);
        _scales = scales;
        _offsets = offsets;
        _choice = choice;
        _slots = new (uint, int)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(keys.Length * 2, 2))];
        _mask = _slots.Length - 1;
        Array.Fill(_slots, (0u, Free));
        for (var row = 0; row < keys.Length; row++)
        {
            var slot = (int)keys[row] & _mask;
            while (_slots[slot].Row != Free) slot = (slot + 1) & _mask;
            _slots[slot] = (keys[row], row);
        }
    }

    /// <summary>How many features the model knows.</summary>
    public int FeatureCount => _keys.Length;

    /// <summary>The probability that the chosen category is right, from its log odds.</summary>
    public double Confidence(double logOdds) => Calibration.Probability(_choice.LogOdds(logOdds));

    /// <summary>Log odds of each head for a message.</summary>
    public double[] LogOdds(MessageFeatures features)
    {
        var odds = LogOdds(features.Whole);
        if (features.Clauses.Length == 0) return odds;
        var strongest = LogOdds(features.Clauses[0]);
        foreach (var clause in features.Clauses.AsSpan(1)) KeepLarger(strongest, LogOdds(clause));
        for (var head = 0; head < odds.Length; head++) odds[head] = TriageHeads.Pool(head, odds[head], strongest[head]);
        return odds;
    }

    private double[] LogOdds(List<uint> features)
    {
        Span<int> sums = stackalloc int[PaddedHeads];
        AddUp(features, sums);
        var value = FeatureExtractor.Value(features.Count);
        var odds = new double[TriageHeads.Count];
        for (var head = 0; head < odds.Length; head++) odds[head] = (sums[head] * value * _scales[head]) + _offsets[head];
        return odds;
    }

    // A vector of heads at a time, in 16 bits for as long as these can't overflow, then in 32.
    private void AddUp(List<uint> features, Span<int> sums)
    {
        sums.Clear();
        Span<Vector<short>> part = stackalloc Vector<short>[PaddedHeads / Vector<short>.Count];
        part.Clear();
        var added = 0;
        foreach (var feature in features)
        {
            var row = Find(feature);
            if (row == Free) continue;
            var weights = _rows.AsSpan(row * PaddedHeads, PaddedHeads);
            for (var i = 0; i < part.Length; i += 2)
            {
                Vector.Widen(new Vector<sbyte>(weights[(i * Vector<short>.Count)..]), out var low, out var high);
                part[i] += low;
                part[i + 1] += high;
            }
            if (++added % SafelyAdded == 0) Flush(part, sums);
        }
        Flush(part, sums);
    }

    private static void Flush(Span<Vector<short>> part, Span<int> sums)
    {
        var wide = System.Runtime.InteropServices.MemoryMarshal.Cast<int, Vector<int>>(sums);
        for (var i = 0; i < part.Length; i++)
        {
            Vector.Widen(part[i], out var low, out var high);
            wide[2 * i] += low;
            wide[(2 * i) + 1] += high;
        }
        part.Clear();
    }

    private static sbyte[] Pad(sbyte[] rows)
    {
        var padded = new sbyte[rows.Length / TriageHeads.Count * PaddedHeads];
        for (var row = 0; row * TriageHeads.Count < rows.Length; row++)
            rows.AsSpan(row * TriageHeads.Count, TriageHeads.Count).CopyTo(padded.AsSpan(row * PaddedHeads));
        return padded;
    }

    private static void KeepLarger(double[] strongest, double[] odds)
    {
        for (var head = 0; head < odds.Length; head++) strongest[head] = Math.Max(strongest[head], odds[head]);
    }

    /// <summary>Folds calibration into the weights and rounds them to 8 bits.</summary>
    public static ModelWeights Quantize(uint[] keys, double[][] weights, Calibration[] calibrations, Calibration choice)
    {
        var scales = new float[TriageHeads.Count];
        var offsets = new float[TriageHeads.Count];
        var rows = new sbyte[keys.Length * TriageHeads.Count];
        for (var head = 0; head < TriageHeads.Count; head++)
        {
            var (slope, offset) = calibrations[head];
            var largest = Math.Max(weights[head].SkipLast(1).Max(Math.Abs), 1e-9);
            scales[head] = (float)(slope * largest / sbyte.MaxValue);
            offsets[head] = (float)((slope * weights[head][^1]) + offset);
            for (var row = 0; row < keys.Length; row++) rows[(row * TriageHeads.Count) + head] = (sbyte)Math.Round(weights[head][row] / largest * sbyte.MaxValue);
        }
        return new ModelWeights(keys, rows, scales, offsets, choice);
    }

    /// <summary>Writes the model in its own little-endian format.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(TriageHeads.Count);
        writer.Write(_keys.Length);
        foreach (var scale in _scales) writer.Write(scale);
        foreach (var offset in _offsets) writer.Write(offset);
        writer.Write(_choice.Slope);
        writer.Write(_choice.Offset);
        foreach (var key in _keys) writer.Write(key);
        for (var row = 0; row < _keys.Length; row++) writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_rows.AsSpan(row * PaddedHeads, TriageHeads.Count)));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The stream holds no model of this version.</exception>
    public static ModelWeights Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("Not a triage model.");
        if (reader.ReadInt32() is var version and not Version) throw new InvalidDataException($"Triage model version {version} instead of {Version}.");
        if (reader.ReadInt32() is var heads and not TriageHeads.Count) throw new InvalidDataException($"{heads} heads instead of {TriageHeads.Count}.");
        var count = reader.ReadInt32();
        var scales = Enumerable.Range(0, TriageHeads.Count).Select(_ => reader.ReadSingle()).ToArray();
        var offsets = Enumerable.Range(0, TriageHeads.Count).Select(_ => reader.ReadSingle()).ToArray();
        var choice = new Calibration(reader.ReadDouble(), reader.ReadDouble());
        var keys = Enumerable.Range(0, count).Select(_ => reader.ReadUInt32()).ToArray();
        var rows = new sbyte[count * TriageHeads.Count];
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.AsSpan()));
        return new ModelWeights(keys, rows, scales, offsets, choice);
    }

    private int Find(uint key)
    {
        for (var slot = (int)key & _mask; ; slot = (slot + 1) & _mask)
        {
            var (known, row) = _slots[slot];
            if (known == key || row == Free) return row;
        }
    }
}
