using System.Buffers.Binary;

namespace CampusCare.Gateway.Evidence;

/// <summary>WebP (RFC 9649): the still picture and its transparency, and nothing else.</summary>
internal static class WebpPicture
{
    private const int ChunkHead = 8, FileHead = 12, LossyHead = 10;
    private const byte HasAlpha = 0x10, IsAnimated = 0x02;

    public static bool Is(ReadOnlySpan<byte> file) => file.Length > FileHead && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    public static Picture Clean(ReadOnlySpan<byte> file, int maxPixels)
    {
        ReadOnlySpan<byte> image = default;
        ReadOnlySpan<byte> alpha = default;
        var lossless = false;
        var end = (long)BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + ChunkHead;
        if (end > file.Length) throw Broken("it is cut off");
        var at = FileHead;
        while (at + ChunkHead <= end)
        {
            var type = file.Slice(at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > end - at - ChunkHead) throw Broken("it is cut off");
            var data = file.Slice(at + ChunkHead, (int)length);
            at += ChunkHead + (int)length + ((int)length & 1);
            if (type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8) || (type.SequenceEqual("VP8X"u8) && data.Length > 0 && (data[0] & IsAnimated) != 0)) throw Broken("it moves");
            if (type.SequenceEqual("ALPH"u8) && alpha.IsEmpty) alpha = data;
            var isImage = type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8);
            if (!isImage) continue;
            if (!image.IsEmpty) throw Broken("it holds two pictures");
            image = data;
            lossless = type[3] == (byte)'L';
        }
        if (at < end) throw Broken("something is left at its end");
        if (image.IsEmpty) throw Broken("it is empty");
        var (width, height) = lossless ? SizeOfLossless(image) : SizeOfLossy(image);
        Picture.CheckSize(width, height, maxPixels);
        return new Picture(Picture.Webp, Whole(image, lossless ? default : alpha, lossless, width, height), width, height);
    }

    private static byte[] Whole(ReadOnlySpan<byte> image, ReadOnlySpan<byte> alpha, bool lossless, int width, int height)
    {
        using var result = new MemoryStream();
        result.Write("RIFF\0\0\0\0WEBP"u8);
        if (!alpha.IsEmpty)
        {
            var (right, bottom) = (width - 1, height - 1);
            Write(result, "VP8X"u8, [HasAlpha, 0, 0, 0, (byte)right, (byte)(right >> 8), (byte)(right >> 16), (byte)bottom, (byte)(bottom >> 8), (byte)(bottom >> 16)]);
            Write(result, "ALPH"u8, alpha);
        }
        Write(result, lossless ? "VP8L"u8 : "VP8 "u8, image);
        var bytes = result.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - ChunkHead);
        return bytes;
    }

    // A key frame that is shown, whose first part fits in (RFC 6386, 9.1).
    private static (int, int) SizeOfLossy(ReadOnlySpan<byte> image) =>
        image.Length > LossyHead && (image[0] & 1) == 0 && (image[0] & 0x10) != 0 && image[3..].StartsWith([(byte)0x9d, (byte)0x01, (byte)0x2a])
            && (image[0] | image[1] << 8 | image[2] << 16) >> 5 <= image.Length - LossyHead
            ? (BinaryPrimitives.ReadUInt16LittleEndian(image[6..]) & 0x3fff, BinaryPrimitives.ReadUInt16LittleEndian(image[8..]) & 0x3fff)
            : throw Broken("its header is none");

    private static (int, int) SizeOfLossless(ReadOnlySpan<byte> image)
    {
        if (image.Length <= 5 || image[0] != 0x2f || image[4] >> 5 != 0) throw Broken("its header is none");
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(image[1..]);
        return ((int)(bits & 0x3fff) + 1, (int)(bits >> 14 & 0x3fff) + 1);
    }

    private static void Write(MemoryStream to, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        to.Write(type);
        to.Write(length);
        to.Write(data);
        if ((data.Length & 1) == 1) to.WriteByte(0);
    }

    private static InvalidDataException Broken(string why) => new($"The WebP picture can't be read: {why}.");
}
