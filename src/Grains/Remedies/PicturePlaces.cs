using System.Globalization;
using CampusCare.Domain.Remedies;

namespace CampusCare.Grains.Remedies;

/// <summary>Where pictures that look alike meet: a place for each part of the shape and each of its 256 values.</summary>
internal static class PicturePlaces
{
    /// <summary>The places of a sketch; none of what is no sketch.</summary>
    public static IEnumerable<string> Of(string mark) => PictureSketch.Parse(mark) is { } sketch
        ? Enumerable.Range(0, PictureSketch.Bands).Select(band => string.Create(CultureInfo.InvariantCulture, $"picture-{band}-{sketch.Band(band):x2}"))
        : [];
}
