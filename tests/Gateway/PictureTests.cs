using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CampusCare.Gateway.Evidence;

namespace CampusCare.Gateway.Tests;

/// <summary>What is kept of a picture is the picture, whatever came with it.</summary>
public sealed class PictureTests
{
    private const int Pixels = 1_000_000;
    private const string Secret = "<script>31.2304,121.4737</script>";

    public static TheoryData<string> Kinds => ["image/jpeg", "image/png", "image/webp"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_keeps_its_kind_and_size_and_loses_all_else(string type)
    {
        var clean = Picture.Clean(Pictures.With(type, Secret), Pixels);

        (clean.Type, clean.Width, clean.Height).ShouldBe((type, 16, 8));
        Encoding.Latin1.GetString(clean.Bytes).ShouldNotContain("121.4737");
        Picture.Clean(clean.Bytes, Pixels).Bytes.ShouldBe(clean.Bytes); // nothing is left to take away
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_picture_that_is_cut_off_anywhere_is_refused(string type)
    {
        var whole = Picture.Clean(Pictures.With(type, ""), Pixels).Bytes;
        for (var length = 0; length < whole.Length; length++)
            Should.Throw<InvalidDataException>(() => Picture.Clean(whole.AsMemory(0, length), Pixels), $"{length} of {whole.Length} bytes");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_is_changed_it_is_a_picture_or_refused(string type)
    {
        var random = new Random(17);
        var file = Pictures.With(type, Secret);
        for (var i = 0; i < 3_000; i++)
        {
            var changed = file.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                Picture.Clean(changed, Pixels).Type.ShouldBe(type);
            }
            catch (InvalidDataException)
            {
                // Refused, by name.
            }
        }
    }

    [Theory]
    [InlineData(0xdb)]
    [InlineData(0xc4)]
    [InlineData(0xdd)]
    [InlineData(0xda)]
    public void A_table_of_a_JPEG_has_no_room_for_anything_else(byte marker)
    {
        var file = Pictures.Jpeg([]);
        var at = file.AsSpan().IndexOf([(byte)0xff, marker]);
        var length = (file[at + 2] << 8) + file[at + 3];
        byte[] longer = [.. file[..(at + 2)], (byte)((length + Secret.Length) >> 8), (byte)(length + Secret.Length), .. file[(at + 4)..(at + 2 + length)], .. Encoding.Latin1.GetBytes(Secret), .. file[(at + 2 + length)..]];
        Should.Throw<InvalidDataException>(() => Picture.Clean(longer, Pixels));
        Picture.Clean(file, Pixels).Width.ShouldBe(16);
    }

    [Fact]
    public void A_scan_of_a_JPEG_begins_anew_only_where_its_header_says_so()
    {
        var file = Pictures.Jpeg([]);
        var at = file.AsSpan().IndexOf([(byte)0xff, (byte)0xdd]);
        Should.Throw<InvalidDataException>(() => Picture.Clean((byte[])[.. file[..at], .. file[(at + 6)..]], Pixels)).Message.ShouldContain("anew");
    }

    [Fact]
    public void A_WebP_is_read_to_its_end_and_what_follows_is_cut_off()
    {
        var whole = Picture.Clean(Pictures.With("image/webp", ""), Pixels).Bytes;
        Picture.Clean((byte[])[.. whole, .. "more"u8], Pixels).Bytes.ShouldBe(whole);
        var left = whole.Concat("left"u8.ToArray()).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(left.AsSpan(4), left.Length - 8); // it says that the rest belongs to it
        Should.Throw<InvalidDataException>(() => Picture.Clean(left, Pixels)).Message.ShouldContain("left");
        byte[] lossy = [0x10, 0, 0, 0x9d, 0x01, 0x2a, 16, 0, 8, 0, 0];
        Picture.Clean(Pictures.Webp("VP8 ", lossy), Pixels).Width.ShouldBe(16);
        lossy[1] = 0xff; // its first part would be longer than all of it
        Should.Throw<InvalidDataException>(() => Picture.Clean(Pictures.Webp("VP8 ", lossy), Pixels));
    }

    [Fact]
    public void Which_way_is_up_is_kept_and_where_it_was_taken_is_not()
    {
        byte[] exif = [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, .. Encoding.Latin1.GetBytes(Secret)];
        var clean = Picture.Clean(Pictures.Jpeg(exif), Pixels).Bytes;
        clean.AsSpan().IndexOf("Exif"u8).ShouldBe(6);
        clean[6 + 6 + 8 + 2 + 9].ShouldBe((byte)6);
        Encoding.Latin1.GetString(clean).ShouldNotContain("121.4737");
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("GIF89a")]
    [InlineData("%PDF-1.7")]
    [InlineData("<html>")]
    [InlineData("")]
    public void Anything_else_is_refused(string file) =>
        Should.Throw<InvalidDataException>(() => Picture.Clean(Encoding.UTF8.GetBytes(file), Pixels));

    [Fact]
    public void A_small_file_that_unfolds_to_a_huge_picture_is_refused_before_it_is_unfolded()
    {
        Should.Throw<InvalidDataException>(() => Picture.Clean(Pictures.Png(60_000, 60_000, [0]), Pixels)).Message.ShouldContain("60000");
        // It says that it is small, and is not: a megabyte of nothing in a kilobyte.
        Should.Throw<InvalidDataException>(() => Picture.Clean(Pictures.Png(16, 8, new byte[1_000_000]), Pixels)).Message.ShouldContain("longer");
    }
}

/// <summary>Small pictures made by hand, with what cameras and mischief put into them.</summary>
internal static class Pictures
{
    public static byte[] With(string type, string secret)
    {
        var words = Encoding.Latin1.GetBytes(secret);
        return type switch
        {
            "image/jpeg" => [.. Jpeg([.. "Exif\0\0"u8, .. words]), .. words],
            "image/png" => [.. Png(16, 8, new byte[8 * (1 + 16 * 3)], [.. "Comment\0"u8, .. words]), .. words],
            _ => Webp(words),
        };
    }

    /// <summary>16 × 8, grey; its scan is no real one, which no server has to unfold.</summary>
    public static byte[] Jpeg(byte[] app1) =>
    [
        0xff, 0xd8, .. Segment(0xe1, app1), .. Segment(0xfe, "taken by"u8.ToArray()), .. Segment(0xdb, [0, .. new byte[64]]),
        .. Segment(0xc0, [8, 0, 8, 0, 16, 1, 1, 0x11, 0]), .. Segment(0xc4, [0, .. new byte[16]]), .. Segment(0xdd, [0, 1]), .. Segment(0xda, [1, 1, 0, 0, 63, 0]),
        1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9,
    ];

    public static byte[] Png(int width, int height, byte[] lines, byte[]? text = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(lines);
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1a, 0x0a, .. Chunk("IHDR", header), .. text is null ? [] : Chunk("tEXt", text), .. Chunk("eXIf", text ?? []),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    public static byte[] Webp(string kind, byte[] image)
    {
        byte[] body = [.. "WEBP"u8, .. Riff(kind, image)];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    private static byte[] Webp(byte[] words)
    {
        byte[] image = [0x2f, 15, 0xc0, 1, 0, 1, 2, 3]; // 16 × 8, lossless
        byte[] body = [.. "WEBP"u8, .. Riff("VP8X", [0x0c, 0, 0, 0, 15, 0, 0, 7, 0, 0]), .. Riff("VP8L", image), .. Riff("EXIF", words), .. Riff("XMP ", words)];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body, .. words];
    }

    private static byte[] Segment(byte marker, byte[] data) => [0xff, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] Riff(string type, byte[] data) => [.. Encoding.Latin1.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.Latin1.GetBytes(type), .. data];
        var crc = uint.MaxValue;
        foreach (var b in body)
        {
            crc ^= b;
            for (var k = 0; k < 8; k++) crc = (crc & 1) == 0 ? crc >> 1 : 0xedb88320 ^ (crc >> 1);
        }
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return [.. length, .. body, .. sum];
    }
}
