using SkiaSharp;

namespace CampusCare.Gateway.Tests;

/// <summary>Pictures as customers send them, drawn by a seed: no two of a kind are the same.</summary>
internal static class DrawnPictures
{
    public static readonly string[] Kinds = ["plate", "receipt", "page", "bags"];

    private const int Width = 900, Height = 1200;

    public static SKBitmap Draw(string kind, int seed)
    {
        var random = new Random(seed * 31 + Array.IndexOf(Kinds, kind));
        var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        switch (kind)
        {
            case "plate": Plate(canvas, random); break;
            case "receipt": Lines(canvas, random, new SKColor(150, 140, 125), 620, 60); break;
            case "page": Page(canvas, random); break;
            default: Bags(canvas, random); break;
        }
        Noise(canvas, random);
        return bitmap;
    }

    // A round plate near the middle of a table, with fifteen to forty pieces of food on it.
    private static void Plate(SKCanvas canvas, Random random)
    {
        canvas.Clear(Color(random, 60, 180));
        var (x, y, r) = (Width / 2f + random.Next(-80, 80), Height / 2f + random.Next(-120, 120), 300 + random.Next(120));
        using var paint = new SKPaint { IsAntialias = true };
        paint.Color = new SKColor(235, 235, 230);
        canvas.DrawCircle(x, y, r, paint);
        for (var i = random.Next(15, 40); i > 0; i--)
        {
            var (angle, far, size) = (random.NextDouble() * Math.Tau, Math.Sqrt(random.NextDouble()) * r * 0.75, 20 + random.Next(90));
            paint.Color = Color(random, 20, 220);
            canvas.DrawOval(x + (float)(Math.Cos(angle) * far), y + (float)(Math.Sin(angle) * far), size, size * (0.3f + (float)random.NextDouble()), paint);
        }
    }

    // White paper on a table, with lines of text of any length.
    private static void Lines(SKCanvas canvas, Random random, SKColor table, int width, int lines)
    {
        canvas.Clear(table);
        using var paint = new SKPaint { Color = new SKColor(245, 245, 240) };
        var left = (Width - width) / 2f + random.Next(-60, 60);
        canvas.RotateDegrees(random.Next(-8, 9), Width / 2f, Height / 2f);
        canvas.DrawRect(left, 60 + random.Next(80), width, Height - 200, paint);
        paint.Color = new SKColor(60, 60, 60);
        for (var i = 0; i < lines; i++)
            if (random.Next(5) > 0) canvas.DrawRect(left + 40, 180 + i * 15, random.Next(60, width - 80), 8, paint);
    }

    // A page of an app: head, picture, and rows whose words differ.
    private static void Page(SKCanvas canvas, Random random)
    {
        canvas.Clear(SKColors.White);
        using var paint = new SKPaint { Color = new SKColor(255, 200, 0) };
        canvas.DrawRect(0, 0, Width, 160, paint);
        for (var i = 0; i < 8; i++)
        {
            paint.Color = new SKColor(240, 240, 240);
            canvas.DrawRect(30, 200 + i * 120, Width - 60, 100, paint);
            paint.Color = Color(random, 40, 220);
            canvas.DrawRect(45, 215 + i * 120, 70, 70, paint);
            paint.Color = new SKColor(50, 50, 50);
            canvas.DrawRect(140, 220 + i * 120, random.Next(120, 640), 24, paint);
            canvas.DrawRect(140, 260 + i * 120, random.Next(60, 500), 18, paint);
        }
    }

    private static void Bags(SKCanvas canvas, Random random)
    {
        canvas.Clear(Color(random, 40, 140));
        using var paint = new SKPaint { IsAntialias = true };
        for (var i = random.Next(3, 7); i > 0; i--)
        {
            paint.Color = Color(random, 60, 240);
            canvas.DrawRoundRect(random.Next(0, 600), random.Next(200, 900), random.Next(150, 400), random.Next(200, 450), 30, 30, paint);
        }
    }

    private static void Noise(SKCanvas canvas, Random random)
    {
        using var paint = new SKPaint();
        for (var i = 0; i < 1500; i++)
        {
            paint.Color = new SKColor(255, 255, 255, (byte)random.Next(30));
            canvas.DrawRect(random.Next(Width), random.Next(Height), 3, 3, paint);
        }
    }

    private static SKColor Color(Random random, int from, int to) => new((byte)random.Next(from, to), (byte)random.Next(from, to), (byte)random.Next(from, to));

    public static byte[] Packed(SKBitmap bitmap, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, int quality = 85)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>What is done to a picture that is used again, and how many must be known again in spite of it.</summary>
    public static readonly (string Name, Func<SKBitmap, byte[]> Change, double Least)[] Changes =
    [
        ("packed anew, much smaller", static bitmap => Packed(bitmap, quality: 35), 0.93),
        ("as WebP", static bitmap => Packed(bitmap, SKEncodedImageFormat.Webp, 70), 0.93),
        ("as PNG", static bitmap => Packed(bitmap, SKEncodedImageFormat.Png), 0.93),
        ("a third of its size", static bitmap => Packed(Redrawn(bitmap, Width / 3, Height / 3)), 0.93),
        ("one twentieth cut off in all", static bitmap => Packed(Redrawn(bitmap, Width, Height, cut: 0.025f)), 0.9),
        ("one tenth cut off in all", static bitmap => Packed(Redrawn(bitmap, Width, Height, cut: 0.05f)), 0.5),
        ("brighter by a fifth", static bitmap => Packed(Redrawn(bitmap, Width, Height, light: 1.2f)), 0.93),
        ("darker by a third", static bitmap => Packed(Redrawn(bitmap, Width, Height, light: 0.67f)), 0.93),
    ];

    private static SKBitmap Redrawn(SKBitmap from, int width, int height, float cut = 0, float light = 1)
    {
        var to = new SKBitmap(width, height);
        using var canvas = new SKCanvas(to);
        using var paint = new SKPaint
        {
            ColorFilter = SKColorFilter.CreateColorMatrix([light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, light, 0, 0, 0, 0, 0, 1, 0]),
        };
        using var image = SKImage.FromBitmap(from);
        canvas.DrawImage(image, new SKRect(from.Width * cut, from.Height * cut, from.Width * (1 - cut), from.Height * (1 - cut)), new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        return to;
    }
}
