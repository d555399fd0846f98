using System.Buffers.Binary;

namespace CampusCare.Gateway.Evidence;

/// <summary>JPEG (ITU T.81): only the segments that make the picture are written anew, and which way is up.</summary>
internal static class JpegPicture
{
    private const int MaximumScans = 64;
    private const byte Sof0 = 0xc0, Sof2 = 0xc2, Dht = 0xc4, Eoi = 0xd9, Sos = 0xda, Dqt = 0xdb, Dri = 0xdd, App1 = 0xe1, App14 = 0xee;

    public static ReadOnlySpan<byte> Start => [0xff, 0xd8, 0xff];

    private static ReadOnlySpan<byte> Exif => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> Adobe => "Adobe"u8;

    public static Picture Clean(ReadOnlySpan<byte> file, int maxPixels)
    {
        using var body = new MemoryStream();
        var (width, height, scans, up) = (0, 0, 0, 1);
        var restarts = false;
        for (var at = 2; ;)
        {
            var marker = Marker(file, ref at);
            if (marker == Eoi) break;
            var data = Segment(file, ref at);
            switch (marker)
            {
                case >= Sof0 and <= Sof2:
                    if (width > 0 || data.Length < 6 || data[0] != 8 || data[5] is not (1 or 3 or 4) || data.Length != 6 + 3 * data[5]) throw Broken("its header is none");
                    (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(data[1..]), BinaryPrimitives.ReadUInt16BigEndian(data[3..]));
                    Picture.CheckSize(width, height, maxPixels);
                    Write(body, marker, data);
                    break;
                case Dht or Dqt or Dri:
                    if (!(marker == Dht ? AreCodes(data) : marker == Dqt ? AreQuantizers(data) : data.Length == 2)) throw Broken("a table has another length than it says");
                    restarts |= marker == Dri;
                    Write(body, marker, data);
                    break;
                case Sos:
                    if (width == 0 || ++scans > MaximumScans || !IsScanHeader(data)) throw Broken("its scans are none");
                    Write(body, marker, data);
                    body.Write(Scan(file, ref at, restarts));
                    break;
                case App1 when data.StartsWith(Exif):
                    up = Orientation(data[Exif.Length..]);
                    break;
                case App14 when data.StartsWith(Adobe) && data.Length == 12: // how its colours are to be read
                    Write(body, marker, data);
                    break;
                case >= 0xe0 and <= 0xef or 0xfe:
                    break; // of applications, and comments
                default:
                    throw Broken("it is of a kind that browsers don't show");
            }
        }
        if (scans == 0) throw Broken("it is empty");
        return new Picture(Picture.Jpeg, Whole(body, up), width, height);
    }

    private static byte[] Whole(MemoryStream body, int up)
    {
        using var result = new MemoryStream();
        result.Write([0xff, 0xd8]);
        // A TIFF of one entry, 0x0112: which way is up.
        if (up > 1) Write(result, App1, [.. Exif, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)up, 0, 0, 0, 0, 0, 0]);
        body.WriteTo(result);
        result.Write([0xff, Eoi]);
        return result.ToArray();
    }

    private static byte Marker(ReadOnlySpan<byte> file, ref int at)
    {
        if (at + 1 >= file.Length) throw Broken("it is cut off");
        if (file[at] != 0xff) throw Broken("a part is not where it should be");
        while (at + 1 < file.Length && file[at + 1] == 0xff) at++;
        if (at + 1 >= file.Length) throw Broken("it is cut off");
        at += 2;
        return file[at - 1];
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> file, ref int at)
    {
        var length = at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
        if (length < 2 || at + length > file.Length) throw Broken("it is cut off");
        var data = file.Slice(at + 2, length - 2);
        at += length;
        return data;
    }

    // Tables of codes: class and number, how many codes of each length, and their values (B.2.4.2). Nothing else fits in.
    private static bool AreCodes(ReadOnlySpan<byte> data)
    {
        while (data.Length > 16 && data[0] >> 4 <= 1 && (data[0] & 15) <= 3)
        {
            var values = 0;
            foreach (var count in data[1..17]) values += count;
            if (values > 256 || data.Length < 17 + values) return false;
            data = data[(17 + values)..];
        }
        return data.IsEmpty;
    }

    // Tables of 64 numbers, of one byte or two (B.2.4.1).
    private static bool AreQuantizers(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && data[0] >> 4 <= 1 && (data[0] & 15) <= 3)
        {
            var length = 1 + 64 * (1 + (data[0] >> 4));
            if (data.Length < length) return false;
            data = data[length..];
        }
        return data.IsEmpty;
    }

    private static bool IsScanHeader(ReadOnlySpan<byte> data) => data.Length > 0 && data[0] is >= 1 and <= 4 && data.Length == 1 + 2 * data[0] + 3;

    // Until the next marker that is neither a stuffed byte nor a restart.
    private static ReadOnlySpan<byte> Scan(ReadOnlySpan<byte> file, ref int at, bool restarts)
    {
        var begin = at;
        while (true)
        {
            var next = file[at..].IndexOf((byte)0xff);
            if (next < 0 || at + next + 1 >= file.Length) throw Broken("it is cut off");
            at += next;
            if (file[at + 1] is not (0x00 or >= 0xd0 and <= 0xd7)) return file[begin..at];
            if (file[at + 1] != 0x00 && !restarts) throw Broken("a scan begins anew where it may not");
            at += 2;
        }
    }

    // Of the first directory of a TIFF in either byte order; 1, upright, when there is none that can be read.
    private static int Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 10) return 1;
        var big = tiff[0] == (byte)'M';
        int Short(ReadOnlySpan<byte> from) => big ? BinaryPrimitives.ReadUInt16BigEndian(from) : BinaryPrimitives.ReadUInt16LittleEndian(from);
        var directory = big ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (directory > (uint)tiff.Length - 2) return 1;
        var entries = tiff[((int)directory + 2)..];
        for (var left = Short(tiff[(int)directory..]); left > 0 && entries.Length >= 12; left--, entries = entries[12..])
            if (Short(entries) == 0x0112) return Short(entries[8..]) is >= 1 and <= 8 and var up ? up : 1;
        return 1;
    }

    private static void Write(MemoryStream to, byte marker, ReadOnlySpan<byte> data)
    {
        to.Write([0xff, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2)]);
        to.Write(data);
    }

    private static InvalidDataException Broken(string why) => new($"The JPEG picture can't be read: {why}.");
}
