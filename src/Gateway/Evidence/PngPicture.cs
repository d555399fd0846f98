using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CampusCare.Gateway.Evidence;

/// <summary>PNG (W3C, third edition): the lines of the picture are unpacked, counted and packed anew.</summary>
internal static class PngPicture
{
    private const int LengthAndType = 8, CrcSize = 4, HeaderSize = 13;

    // Adam7: first column and row, and the steps, of each pass.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    public static Picture Clean(ReadOnlyMemory<byte> file, int maxPixels)
    {
        using var result = new MemoryStream();
        result.Write(Signature);
        using var packed = new MemoryStream();
        byte[]? header = null;
        for (var at = Signature.Length; ;)
        {
            var (type, data) = Chunk(file, ref at);
            if (header is null != (type == "IHDR")) throw Broken("its header is missing, or there are two");
            if (type == "IEND") break;
            switch (type)
            {
                case "IHDR":
                    header = data.Length == HeaderSize ? data.ToArray() : throw Broken("its header has another length");
                    Picture.CheckSize(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)), maxPixels);
                    Write(result, type, header);
                    break;
                case "IDAT":
                    packed.Write(data.Span);
                    break;
                case "PLTE" when packed.Length == 0 && data.Length is > 0 and <= 768 && data.Length % 3 == 0:
                case "tRNS" when packed.Length == 0 && data.Length is > 0 and <= 256:
                    Write(result, type, data.Span);
                    break;
                default:
                    if (char.IsAsciiLetterUpper(type[0])) throw Broken("it needs something unknown");
                    break;
            }
        }
        packed.Position = 0;
        Write(result, "IDAT", Repack(packed, header!));
        Write(result, "IEND", default);
        return new Picture(Picture.Png, result.ToArray(), BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
    }

    // One line in memory at a time; one byte more or less than the header says, and it is no picture.
    private static byte[] Repack(Stream packed, ReadOnlySpan<byte> header)
    {
        using var result = new MemoryStream();
        using (var unpacked = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true))
        using (var anew = new ZLibStream(result, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (lineBytes, lines) in Lines(header))
            {
                var line = new byte[1 + lineBytes];
                for (var i = 0; i < lines; i++)
                {
                    if (unpacked.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) < line.Length) throw Broken("it is cut off");
                    if (line[0] > 4) throw Broken("a line has no known filter");
                    anew.Write(line);
                }
            }
            if (unpacked.ReadByte() >= 0) throw Broken("it is longer than it says");
        }
        return result.ToArray();
    }

    private static List<(int Bytes, int Lines)> Lines(ReadOnlySpan<byte> header)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        var (depth, color, interlaced) = (header[8], header[9], header[12]);
        var samples = (color, depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
            (2, 8 or 16) => 3,
            (4, 8 or 16) => 2,
            (6, 8 or 16) => 4,
            _ => throw Broken("its colours are unknown"),
        };
        if (header[10] != 0 || header[11] != 0 || interlaced > 1) throw Broken("its packing is unknown");
        var bits = samples * depth;
        if (interlaced == 0) return [((int)(((long)width * bits + 7) / 8), height)];
        var lines = new List<(int, int)>();
        foreach (var (x, y, stepX, stepY) in Passes)
        {
            var (columns, rows) = ((width - x + stepX - 1) / stepX, (height - y + stepY - 1) / stepY);
            if (columns > 0 && rows > 0) lines.Add(((int)(((long)columns * bits + 7) / 8), rows));
        }
        return lines;
    }

    private static (string Type, ReadOnlyMemory<byte> Data) Chunk(ReadOnlyMemory<byte> file, ref int at)
    {
        var rest = file.Span[at..];
        if (rest.Length < LengthAndType + CrcSize) throw Broken("it is cut off");
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - LengthAndType - CrcSize) throw Broken("it is cut off");
        var body = rest.Slice(4, 4 + (int)length);
        if (~Crc(body, uint.MaxValue) != BinaryPrimitives.ReadUInt32BigEndian(rest[(LengthAndType + (int)length)..])) throw Broken("a checksum doesn't fit");
        var data = file.Slice(at + LengthAndType, (int)length);
        at += LengthAndType + (int)length + CrcSize;
        return (Encoding.Latin1.GetString(body[..4]), data);
    }

    private static void Write(MemoryStream to, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        var name = Encoding.Latin1.GetBytes(type);
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        to.Write(number);
        to.Write(name);
        to.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(data, Crc(name, uint.MaxValue)));
        to.Write(number);
    }

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(static i => Enumerable.Range(0, 8).Aggregate((uint)i, static (c, _) => (c & 1) == 0 ? c >> 1 : 0xedb88320 ^ (c >> 1)))];

    private static uint Crc(ReadOnlySpan<byte> bytes, uint crc)
    {
        foreach (var b in bytes) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static InvalidDataException Broken(string why) => new($"The PNG picture can't be read: {why}.");
}
