using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Incidents;

/// <summary>People who came about one thing in one hour of one day, by the campus's clock.</summary>
public readonly record struct PastHour(Category Category, DateTime Hour, int Came);

/// <summary>
/// How many people come about what at which hour of the day: a gamma prior of one an hour that weighs as much as two hours,
/// and the days before. Of each hour the day with most is left out, so that what was broken once isn't usual.
/// </summary>
public sealed class UsualContacts
{
    /// <summary>Days that are looked back on.</summary>
    public const int Days = 28;

    private const int Hours = 24;
    private const double PriorPeople = 2, PriorHours = 2;

    /// <summary>A day is busier than another beyond chance.</summary>
    private const double DaysDiffer = 0.15;

    private const double LevelPrior = 5, MostLevel = 4;

    private readonly double[,] _people;
    private readonly double _hours;

    private UsualContacts(double[,] people, double hours) => (_people, _hours) = (people, hours);

    /// <summary>Nothing is known but the prior.</summary>
    public static readonly UsualContacts Unknown = Of([], 0);

    /// <summary>What can be told from some days.</summary>
    /// <param name="past">Hours in which somebody came.</param>
    /// <param name="days">How many whole days they are from.</param>
    public static UsualContacts Of(IReadOnlyCollection<PastHour> past, int days)
    {
        var people = new double[Enum.GetValues<Category>().Length, Hours];
        var most = new int[people.GetLength(0), Hours];
        foreach (var (category, hour, came) in past)
        {
            people[(int)category, hour.Hour] += came;
            most[(int)category, hour.Hour] = Math.Max(most[(int)category, hour.Hour], came);
        }
        if (days < 2) return new UsualContacts(people, days);
        for (var category = 0; category < people.GetLength(0); category++)
            for (var hour = 0; hour < Hours; hour++) people[category, hour] -= most[category, hour];
        return new UsualContacts(people, days - 1);
    }

    /// <summary>How many are usual of each category, in a stretch of time that saw these: when people come about everything else too, more are.</summary>
    /// <param name="local">When the stretch ends, by the campus's clock.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="came">People of each category that somebody came about.</param>
    public IEnumerable<(Category Category, Expectation Usual)> In(DateTime local, TimeSpan length, ImmutableDictionary<Category, int> came)
    {
        var categories = Enum.GetValues<Category>();
        var usual = Array.ConvertAll(categories, category => Of(category, local, length));
        var (allUsual, allCame) = (usual.Sum(static of => of.Mean), came.Values.Sum());
        foreach (var category in categories)
        {
            var of = usual[(int)category];
            var level = Math.Clamp((LevelPrior + allCame - came.GetValueOrDefault(category)) / (LevelPrior + allUsual - of.Mean), 1, MostLevel);
            yield return (category, of with { Mean = of.Mean * level });
        }
    }

    // Between the middles of two hours, between the two.
    private Expectation Of(Category category, DateTime local, TimeSpan length)
    {
        var middle = local - length / 2;
        var at = middle.TimeOfDay.TotalHours - 0.5;
        var hour = (int)Math.Floor(at);
        var part = at - hour;
        var people = PriorPeople + (1 - part) * PeopleAt(category, hour) + part * PeopleAt(category, hour + 1);
        return new Expectation(people / (PriorHours + _hours) * length.TotalHours, 1 / people + DaysDiffer);
    }

    private double PeopleAt(Category category, int hour) => _people[(int)category, (hour + Hours) % Hours];
}
