using System.Collections.Immutable;
using CampusCare.Domain.Remedies;
using CampusCare.Gateway.Evidence;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;
using Xunit.Abstractions;

namespace CampusCare.Gateway.Tests;

/// <summary>A picture that is used twice is known again, and two different ones are not taken for one another.</summary>
public sealed class PictureEyeTests(ITestOutputHelper output) : IDisposable
{
    // CAMPUSCARE_DRAWN=60 measures on more of them; docs/remedies.md has these figures.
    private static readonly int OfEachKind = int.TryParse(Environment.GetEnvironmentVariable("CAMPUSCARE_DRAWN"), out var number) ? number : 8;

    private readonly PictureEye _eye = new(NullLogger<PictureEye>.Instance);

    public void Dispose() => _eye.Dispose();

    private async Task<ImmutableArray<PictureSketch>> Look(byte[] file) => await _eye.Look(Picture.Clean(file, 50_000_000), CancellationToken.None);

    // Found as the traces find it: alike, and with a band in common.
    private static bool IsFound(ImmutableArray<PictureSketch> known, ImmutableArray<PictureSketch> seen) => known.Any(one => seen.Any(other =>
        one.IsLike(other) && Enumerable.Range(0, PictureSketch.Bands).Any(band => one.Band(band) == other.Band(band))));

    [Fact]
    public async Task A_picture_that_was_changed_is_known_again()
    {
        foreach (var (name, change, least) in DrawnPictures.Changes)
        {
            var (found, all) = (0, 0);
            foreach (var kind in DrawnPictures.Kinds)
                for (var seed = 0; seed < OfEachKind; seed++)
                {
                    using var bitmap = DrawnPictures.Draw(kind, seed);
                    all++;
                    if (IsFound(await Look(DrawnPictures.Packed(bitmap)), await Look(change(bitmap)))) found++;
                }
            output.WriteLine($"{name}: {found} of {all}");
            (found / (double)all).ShouldBeGreaterThanOrEqualTo(least, name);
        }
    }

    [Fact]
    public async Task Different_pictures_of_one_kind_are_not_taken_for_one_another()
    {
        foreach (var kind in DrawnPictures.Kinds)
        {
            var all = new List<ImmutableArray<PictureSketch>>();
            for (var seed = 0; seed < 5 * OfEachKind; seed++)
            {
                using var bitmap = DrawnPictures.Draw(kind, seed);
                all.Add(await Look(DrawnPictures.Packed(bitmap)));
            }
            var pairs = all.SelectMany((one, i) => all.Skip(i + 1).Select(other => IsFound(one, other))).ToList();
            output.WriteLine($"{kind}: {pairs.Count(static same => same)} of {pairs.Count} pairs taken for one");
            (pairs.Count(static same => same) / (double)pairs.Count).ShouldBeLessThanOrEqualTo(0.002, kind);
        }
    }

    [Fact]
    public async Task A_blank_picture_and_one_that_is_broken_inside_have_no_sketch_or_one_but_never_an_error()
    {
        using var blank = new SKBitmap(400, 300);
        blank.Erase(SKColors.Gray);
        (await Look(DrawnPictures.Packed(blank))).ShouldBeEmpty();
        using var plate = DrawnPictures.Draw("plate", 1);
        var random = new Random(5);
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var whole = DrawnPictures.Packed(plate, format, 60);
            for (var i = 0; i < 40; i++)
            {
                var broken = whole.ToArray();
                for (var n = 0; n < 8; n++) broken[random.Next(700, broken.Length)] = (byte)random.Next(256);
                await Should.NotThrowAsync(() => _eye.Look(new Picture("", broken, plate.Width, plate.Height), CancellationToken.None));
            }
        }
    }

    [Fact]
    public async Task What_a_camera_wrote_about_which_way_is_up_is_heeded()
    {
        using var upright = DrawnPictures.Draw("plate", 3);
        using var lying = new SKBitmap(upright.Height, upright.Width);
        using (var canvas = new SKCanvas(lying))
        {
            canvas.Translate(0, upright.Width);
            canvas.RotateDegrees(-90);
            canvas.DrawBitmap(upright, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        }
        // As cameras write it: turn it to the right to see it upright (Exif orientation 6).
        var file = DrawnPictures.Packed(lying);
        byte[] exif = [0xff, 0xe1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        IsFound(await Look(DrawnPictures.Packed(upright)), await Look([.. file[..2], .. exif, .. file[2..]])).ShouldBeTrue();
        IsFound(await Look(DrawnPictures.Packed(upright)), await Look(file)).ShouldBeFalse();
    }
}
