namespace CampusCare.Domain.Forecasting;

/// <summary>
/// How counts of a quarter of an hour are made: expected = exposure × time of day × that of days of its kind × weekday ×
/// rain. Each factor is a gamma-Poisson estimate, (prior + counted) / (prior + expected without it), taken in turn until
/// nothing moves: iterative proportional fitting (Deming and Stephan, 1940), which finds the maximum of the Poisson
/// likelihood of such a product, with priors that keep a factor of which little was seen near 1. Older days count less.
/// </summary>
internal sealed class SlotFactors
{
    private const int Rounds = 12;
    private const double ProfilePrior = 2, KindPrior = 30, WeekdayPrior = 30, RainPrior = 30; // counts
    private const double HalfLifeDays = 150;
    private const int KindCount = 4, RainClasses = 4, DayParts = 5;
    private const int PerDay = SlotSeries.PerDay;

    private readonly double[] _profile = Ones(PerDay);
    private readonly double[] _kinds = Ones(KindCount * PerDay);
    private readonly double[] _weekdays = Ones(7);
    private readonly double[] _rain = Ones(RainClasses * DayParts);
    private readonly SlotSeries _series;

    /// <param name="series">The days to learn from and to forecast.</param>
    /// <param name="counts">What was counted in each slot, null where nothing is known.</param>
    /// <param name="exposure">What a count is in proportion to, above 0 where it is known.</param>
    /// <param name="levels">The level of each day, in turn estimated from these factors.</param>
    public SlotFactors(SlotSeries series, IReadOnlyList<int?> counts, IReadOnlyList<double> exposure, IReadOnlyList<double> levels)
    {
        _series = series;
        var cells = Cells(counts, exposure, levels);
        for (var round = 0; round < Rounds; round++)
        {
            Fit(cells, _profile, static cell => cell.Slot, ProfilePrior * MeanRate(cells), smooth: false);
            Fit(cells, _kinds, static cell => cell.Kind * PerDay + cell.Slot, KindPrior, smooth: true);
            Fit(cells, _weekdays, static cell => cell.Weekday, WeekdayPrior, smooth: false);
            Fit(cells, _rain, static cell => cell.Rain, RainPrior, smooth: false);
        }
    }

    /// <summary>What a slot is expected to count for each unit of exposure on a day of level 1.</summary>
    public double this[int slot]
    {
        get
        {
            var day = _series.FirstDay.AddDays(slot / PerDay);
            var record = _series[slot];
            return _profile[slot % PerDay] * _kinds[Kind(record.Day, day) * PerDay + slot % PerDay] * _weekdays[(int)day.DayOfWeek] * _rain[Rain(record, slot % PerDay)];
        }
    }

    private readonly record struct Cell(int Slot, int Kind, int Weekday, int Rain, double Count, double Base, double Weight);

    private Cell[] Cells(IReadOnlyList<int?> counts, IReadOnlyList<double> exposure, IReadOnlyList<double> levels)
    {
        var cells = new List<Cell>(counts.Count);
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] is not { } count || exposure[i] <= 0) continue;
            var day = _series.FirstDay.AddDays(i / PerDay);
            var age = (counts.Count - i) / (double)PerDay;
            cells.Add(new Cell(i % PerDay, Kind(_series[i].Day, day), (int)day.DayOfWeek, Rain(_series[i], i % PerDay), count, exposure[i] * levels[i / PerDay], Math.Exp(-Math.Log(2) * age / HalfLifeDays)));
        }
        return [.. cells];
    }

    private static double MeanRate(Cell[] cells) => cells.Length == 0 ? 1 : cells.Average(static cell => cell.Base);

    private void Fit(Cell[] cells, double[] factor, Func<Cell, int> place, double prior, bool smooth)
    {
        double[] counted = new double[factor.Length], expected = new double[factor.Length];
        foreach (var cell in cells)
        {
            var at = place(cell);
            var others = _profile[cell.Slot] * _kinds[cell.Kind * PerDay + cell.Slot] * _weekdays[cell.Weekday] * _rain[cell.Rain] / factor[at];
            counted[at] += cell.Weight * cell.Count;
            expected[at] += cell.Weight * cell.Base * others;
        }
        if (smooth) (counted, expected) = (Smooth(counted), Smooth(expected));
        // Where the factor has no scale of its own yet (the profile), its prior is the mean of what was counted.
        var centre = ReferenceEquals(factor, _profile) && expected.Sum() > 0 ? counted.Sum() / expected.Sum() : 1;
        for (var i = 0; i < factor.Length; i++) factor[i] = Math.Max((prior * centre + counted[i]) / (prior + expected[i]), 1e-9);
    }

    /// <summary>Neighbouring slots of a kind of day help each other: few exam days were seen, and no quarter of an hour is alone.</summary>
    private static double[] Smooth(double[] sums)
    {
        ReadOnlySpan<double> kernel = [1, 2, 3, 2, 1];
        var result = new double[sums.Length];
        for (var i = 0; i < sums.Length; i++)
            for (var k = -2; k <= 2; k++)
            {
                var slot = i % PerDay + k;
                if (slot is >= 0 and < PerDay) result[i] += kernel[k + 2] / 9 * sums[i + k];
            }
        return result;
    }

    private static int Kind(DayKind kind, DateOnly day) => kind switch
    {
        DayKind.Exam => 2,
        DayKind.Holiday => 3,
        _ => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0,
    };

    /// <summary>Dry, light (below 2.5 mm an hour), moderate (below 8) and heavy rain, as weather services bound them, at night, lunch, afternoon, dinner and late.</summary>
    private static int Rain(SlotRecord record, int slot)
    {
        var strength = record.RainMillimetres switch { < 0.1 => 0, < 2.5 => 1, < 8 => 2, _ => 3 };
        var part = slot switch { < 40 => 0, < 56 => 1, < 66 => 2, < 80 => 3, _ => 4 };
        return strength * DayParts + part;
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
