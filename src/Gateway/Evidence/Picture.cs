namespace CampusCare.Gateway.Evidence;

/// <summary>A picture that was looked into, without anything that is not the picture.</summary>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Bytes">What is kept.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record Picture(string Type, byte[] Bytes, int Width, int Height)
{
    /// <summary>The longest side.</summary>
    public const int MaximumSide = 16_384;

    public const string Jpeg = "image/jpeg", Png = "image/png", Webp = "image/webp";

    /// <summary>What is taken.</summary>
    public static readonly string[] Types = [Jpeg, Png, Webp];

    /// <summary>
    /// Reads a JPEG, PNG or WebP picture, and writes it anew from the parts that show it: positions, cameras, thumbnails,
    /// comments and whatever follows its end are gone.
    /// </summary>
    /// <exception cref="InvalidDataException">It is none of these, broken, cut off or too big; the message says which.</exception>
    public static Picture Clean(ReadOnlyMemory<byte> file, int maxPixels)
    {
        var head = file.Span;
        var picture = head.StartsWith(PngPicture.Signature) ? PngPicture.Clean(file, maxPixels)
            : head.StartsWith(JpegPicture.Start) ? JpegPicture.Clean(head, maxPixels)
            : WebpPicture.Is(head) ? WebpPicture.Clean(head, maxPixels)
            : throw new InvalidDataException("Only JPEG, PNG and WebP pictures are taken.");
        return picture;
    }

    /// <summary>Refuses sizes that no picture of an order has.</summary>
    public static void CheckSize(long width, long height, int maxPixels)
    {
        if (width is < 1 or > MaximumSide || height is < 1 or > MaximumSide || width * height > maxPixels)
            throw new InvalidDataException($"A picture of {width} × {height} is not taken: at most {MaximumSide} a side and {maxPixels} pixels in all. Send a smaller one.");
    }
}
