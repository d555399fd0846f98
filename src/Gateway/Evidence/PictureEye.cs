using System.Collections.Immutable;
using CampusCare.Domain.Remedies;
using SkiaSharp;

namespace CampusCare.Gateway.Evidence;

/// <summary>
/// Looks at a picture: what it looks like from afar, so that one that is used twice is known again. A picture that can't be
/// looked at is one without a sketch, never an error.
/// </summary>
internal sealed partial class PictureEye(ILogger<PictureEye> log) : IDisposable
{
    /// <summary>Pixels of the largest picture that is looked at: unpacked, it has four bytes for each.</summary>
    public const int MaximumPixels = 24_000_000;

    // JPEG and WebP are unpacked at a part of their size, which has at least so many pixels a side.
    private const int Enough = 4 * PictureSketch.Side;

    // One at a time: what is unpacked is the largest thing that this process ever holds.
    private readonly SemaphoreSlim _place = new(1);

    // What is cut off at each edge for the second sketch, in hundredths: so a copy that was cut a little is still known.
    private const int Cut = 3;

    /// <summary>
    /// The sketches of a picture that was checked before (<see cref="Picture.Clean"/>): of all of it, and of it without its
    /// edges; none when it shows nothing that can be told from others.
    /// </summary>
    public async Task<ImmutableArray<PictureSketch>> Look(Picture picture, CancellationToken cancellation)
    {
        if ((long)picture.Width * picture.Height > MaximumPixels) return [];
        await _place.WaitAsync(cancellation);
        try
        {
            return Sketch(picture.Bytes);
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or InvalidOperationException or ArgumentException)
        {
            CannotLook(error);
            return [];
        }
        finally
        {
            _place.Release();
        }
    }

    public void Dispose() => _place.Dispose();

    private static ImmutableArray<PictureSketch> Sketch(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null) return [];
        var part = Math.Min(1f, (float)Enough / Math.Max(1, Math.Min(codec.Info.Width, codec.Info.Height)));
        var size = codec.GetScaledDimensions(part);
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        // What is broken inside of its scans is shown as far as it goes, as browsers do.
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is SKCodecResult.Success or SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput
            ? [.. new[] { 0, Cut }.Select(cut => PictureSketch.Of(Turned(Shrink(bitmap, cut), codec.EncodedOrigin))).OfType<PictureSketch>()]
            : [];
    }

    // Each of 64 × 64 fields gets the mean brightness of the pixels in it (ITU-R BT.601); small pictures repeat theirs.
    private static byte[] Shrink(SKBitmap bitmap, int cut)
    {
        const int side = PictureSketch.Side;
        var (atX, atY) = (bitmap.Width * cut / 100, bitmap.Height * cut / 100);
        var (width, height, line) = (bitmap.Width - 2 * atX, bitmap.Height - 2 * atY, bitmap.RowBytes);
        var pixels = bitmap.GetPixelSpan()[(atY * line + atX * 4)..];
        var grey = new byte[side * side];
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                var (left, top) = (column * width / side, row * height / side);
                var (right, bottom) = (Math.Max(left + 1, (column + 1) * width / side), Math.Max(top + 1, (row + 1) * height / side));
                long sum = 0;
                for (var y = top; y < bottom; y++)
                    for (var x = left; x < right; x++)
                    {
                        var at = y * line + x * 4;
                        sum += 299 * pixels[at] + 587 * pixels[at + 1] + 114 * pixels[at + 2];
                    }
                grey[row * side + column] = (byte)(sum / (1000L * (right - left) * (bottom - top)));
            }
        return grey;
    }

    // As a browser shows it: cameras write which way is up instead of turning the picture.
    private static byte[] Turned(byte[] grey, SKEncodedOrigin origin)
    {
        const int last = PictureSketch.Side - 1;
        if (origin is SKEncodedOrigin.TopLeft) return grey;
        var turned = new byte[grey.Length];
        for (var y = 0; y <= last; y++)
            for (var x = 0; x <= last; x++)
            {
                var (fromX, fromY) = origin switch
                {
                    SKEncodedOrigin.TopRight => (last - x, y),
                    SKEncodedOrigin.BottomRight => (last - x, last - y),
                    SKEncodedOrigin.BottomLeft => (x, last - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, last - x),
                    SKEncodedOrigin.RightBottom => (last - y, last - x),
                    SKEncodedOrigin.LeftBottom => (last - y, x),
                    _ => (x, y),
                };
                turned[y * (last + 1) + x] = grey[fromY * (last + 1) + fromX];
            }
        return turned;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A picture can't be looked at, so that its being used twice isn't noticed; nothing else suffers from it.")]
    private partial void CannotLook(Exception error);
}
