using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Forecasting;

/// <summary>
/// A year of a campus from a seed, to try forecasts on: terms, examinations and holidays, rain in spells, orders that
/// follow meals, weekdays and the weather, days that are busier or calmer than others for no told reason, growth,
/// promotions and outages that nobody announced, and contacts that follow from orders: more when it rains, when riders are
/// too few for the orders, and when something breaks. Much of that is not of the form that <see cref="Forecast"/> assumes.
/// </summary>
public sealed class CampusYear
{
    /// <summary>Days of the year.</summary>
    public const int Days = 365;

    private const int PerDay = SlotSeries.PerDay;
    private const double OrdersPerDay = 14_000, ContactsPerOrder = 0.07, GrowthPerDay = 0.0006;
    private const double BusySpread = 0.10, BusyMemory = 0.6, Promotions = 0.03, Promotion = 1.35;
    private const double RidersCarry = 420, RidersCarryInRain = 290; // orders a slot, in time
    private const double Outages = 0.03, Outage = 3;
    private const int OutageSlots = 5, RainDelaySlots = 2;

    private static readonly DateOnly First = new(2026, 3, 1);

    private readonly SlotRecord[] _happened = new SlotRecord[Days * PerDay], _foreseen = new SlotRecord[Days * PerDay];
    private RandomStream _days, _rain, _counts;
    private double _busy, _wet;

    private CampusYear(long seed)
    {
        _days = new RandomStream((ulong)seed, 0, RandomStream.Purpose("days"));
        _rain = new RandomStream((ulong)seed, 0, RandomStream.Purpose("rain"));
        _counts = new RandomStream((ulong)seed, 0, RandomStream.Purpose("counts"));
        for (var day = 0; day < Days; day++) Live(day);
    }

    /// <summary>What happened, and the same slots with the rain as it was forecast the evening before and nothing of people.</summary>
    /// <param name="seed">Decides all of it.</param>
    public static (SlotSeries Happened, SlotSeries Foreseen) Of(long seed)
    {
        var year = new CampusYear(seed);
        return (new SlotSeries(First, year._happened), new SlotSeries(First, year._foreseen));
    }

    private readonly record struct Spell(double From, double To, double Strength)
    {
        public double At(double slot) => slot >= From && slot < To ? Strength : 0;
    }

    private void Live(int day)
    {
        var (date, spell) = (First.AddDays(day), NextSpell(day));
        var kind = KindOf(date);
        var (moved, misjudged) = (2 * _rain.NextNormal(), Math.Exp(0.4 * _rain.NextNormal()));
        var foretold = new Spell(spell.From + moved, spell.To + moved, spell.Strength * misjudged);
        _busy = BusyMemory * _busy + BusySpread * _days.NextNormal();
        var orders = OrdersPerDay * Math.Exp(_busy) * (1 + GrowthPerDay * day) * (_days.NextUniform() < Promotions ? Promotion : 1);
        var broken = _days.NextUniform() < Outages ? (int)(40 + 40 * _days.NextUniform()) : PerDay;
        for (var slot = 0; slot < PerDay; slot++)
        {
            var placed = _counts.NextPoisson(orders * MealShare(kind, date.DayOfWeek, slot) * (1 + 0.035 * Math.Min(spell.At(slot), 8)));
            var rate = ContactsPerOrder * Trouble(placed, spell.At(slot - RainDelaySlots)) * (slot >= broken && slot < broken + OutageSlots ? Outage : 1);
            _happened[day * PerDay + slot] = new SlotRecord(_counts.NextPoisson(placed * rate), placed, spell.At(slot), kind);
            _foreseen[day * PerDay + slot] = new SlotRecord(null, null, foretold.At(slot), kind);
        }
    }

    /// <summary>Wet days come in rows, more of them in summer.</summary>
    private Spell NextSpell(int day)
    {
        var chance = _wet > 0 ? 0.55 : 0.18 + 0.12 * Math.Sin(2 * Math.PI * day / Days);
        _wet = _rain.NextUniform() < chance ? 1 + 12 * _rain.NextUniform() : 0;
        var from = 70 * _rain.NextUniform();
        return new Spell(from, from + 12 + 50 * _rain.NextUniform(), _wet);
    }

    /// <summary>How many times as many orders as usual become contacts.</summary>
    private static double Trouble(int orders, double rain)
    {
        var strained = Math.Max(1, orders / (rain > 2 ? RidersCarryInRain : RidersCarry));
        return (1 + 0.05 * Math.Min(rain, 9)) * Math.Pow(strained, 1.5);
    }

    private static DayKind KindOf(DateOnly day) => (day.Month, day.Day) switch
    {
        (6, >= 22) or (7, < 6) or (1, < 12) or (4, >= 20 and < 27) or (11, >= 9 and < 16) => DayKind.Exam,
        (7, >= 6) or (8, _) or (1, >= 12) or (2, < 22) or (5, < 4) or (10, < 8) => DayKind.Holiday,
        _ => DayKind.Term,
    };

    /// <summary>The part of a usual day's orders that falls into a slot: lunch, dinner and late evening over a base.</summary>
    private static double MealShare(DayKind kind, DayOfWeek weekday, int slot)
    {
        var weekend = weekday is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var (size, later, late) = kind switch
        {
            DayKind.Exam => (1.05, 1.5, 2.2),
            DayKind.Holiday => (0.25, 3, 0.8),
            _ when weekend => (1.12, 4, 1.3),
            _ => (weekday == DayOfWeek.Friday ? 1.08 : 1, 0, 1),
        };
        var shape = 0.35 + 7 * Bell(slot - 47.5 - later, 2.6) + 8 * Bell(slot - 71 - later / 2, 3.4) + 1.6 * late * Bell(slot - 87, 5);
        return size * shape * (slot < 26 ? 0.15 : 1) / 155;
    }

    private static double Bell(double distance, double width) => Math.Exp(-distance * distance / (2 * width * width));
}
