using System.Globalization;
using System.Text;

namespace CampusCare.PeakHour.Profiles;

/// <summary>A line of a plot; null where there is nothing.</summary>
internal sealed record Series(string Name, IReadOnlyList<double?> Values);

/// <summary>Lines over time, as SVG.</summary>
internal sealed record Plot(string Title, string Unit, IReadOnlyList<Series> Lines)
{
    private const double Width = 900, Height = 200, Left = 52, Bottom = 22, Top = 8;
    private const int Steps = 4, Labels = 8;

    private static readonly string[] Colors = ["#2563eb", "#d97706", "#dc2626", "#059669", "#7c3aed", "#0891b2", "#be185d", "#65a30d", "#475569", "#b45309"];

    public static string Draw(Plot plot, IReadOnlyList<string> clock)
    {
        var top = Nice(plot.Lines.SelectMany(static line => line.Values).OfType<double>().DefaultIfEmpty(0).Max());
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{ReportPage.Text(plot.Title)} ({ReportPage.Text(plot.Unit)})</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{ReportPage.Text(plot.Title)}\">");
        for (var i = 0; i <= Steps; i++)
        {
            var y = Y(top * i / Steps);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=grid x1={Left} x2={Width} y1={y:0.#} y2={y:0.#} /><text x={Left - 6} y={y + 4:0.#} text-anchor=end>{top * i / Steps:0.##}</text>");
        }
        for (var i = 0; i < clock.Count; i += Math.Max(1, clock.Count / Labels))
            svg.Append(CultureInfo.InvariantCulture, $"<text x={X(i):0.#} y={Height - 6} text-anchor=middle>{ReportPage.Text(clock[i])}</text>");
        foreach (var (line, color) in plot.Lines.Zip(Cycle())) Line(svg, line, color);
        svg.Append("</svg><div class=legend>");
        foreach (var (line, color) in plot.Lines.Zip(Cycle())) svg.Append(CultureInfo.InvariantCulture, $"<span><b style=\"color:{color}\">━</b> {ReportPage.Text(line.Name)}</span>");
        return svg.Append("</div></figure>").ToString();

        double X(int i) => Left + (Width - Left - 8) * (clock.Count < 2 ? 0.5 : (double)i / (clock.Count - 1));
        double Y(double value) => Height - Bottom - (Height - Bottom - Top) * value / top;

        void Line(StringBuilder to, Series line, string color)
        {
            var path = new StringBuilder();
            var down = false;
            for (var i = 0; i < line.Values.Count; i++)
            {
                if (line.Values[i] is { } value) path.Append(CultureInfo.InvariantCulture, $"{(down ? 'L' : 'M')}{X(i):0.#} {Y(value):0.#}");
                down = line.Values[i] is not null;
            }
            // Round ends make a lone point seen.
            to.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" stroke-linecap=\"round\" />");
        }
    }

    private static IEnumerable<string> Cycle()
    {
        for (var i = 0; ; i++) yield return Colors[i % Colors.Length];
    }

    /// <summary>The next of 1, 2, 5, 10, … that is no less.</summary>
    internal static double Nice(double value)
    {
        if (value <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 2, 5, 10 }.Select(step => step * power).First(step => step >= value * (1 - 1e-9));
    }
}
