namespace CampusCare.PeakHour.Profiles;

/// <summary>A contact of a run.</summary>
/// <param name="Due">When it is due.</param>
/// <param name="Campus">Whose, from 0.</param>
/// <param name="Text">What is asked.</param>
public sealed record Arrival(TimeSpan Due, int Campus, string Text);

/// <summary>Who comes when: a Poisson stream that follows the profile's curve. One seed gives one stream.</summary>
public static class Arrivals
{
    /// <summary>How many contacts a profile brings on average.</summary>
    public static double Expected(Profile profile)
    {
        const int steps = 10_000;
        return Enumerable.Range(0, steps).Sum(i => Rate(profile, TimeSpan.FromSeconds(profile.Seconds * (i + 0.5) / steps))) * profile.Seconds / steps;
    }

    /// <summary>All contacts, in order, at most <see cref="PeakLimits.Contacts"/>.</summary>
    public static IReadOnlyList<Arrival> Of(Profile profile, int seed)
    {
        var chance = new Random(seed);
        var arrivals = new List<Arrival>();
        var highest = profile.Base * profile.Curve.Max(static point => point.Times);
        // Candidates at the highest rate, each kept as likely as the rate is lower at its time.
        for (var at = 0.0; arrivals.Count < PeakLimits.Contacts;)
        {
            at -= Math.Log(1 - chance.NextDouble()) / highest;
            if (at >= profile.Seconds) break;
            var due = TimeSpan.FromSeconds(at);
            if (chance.NextDouble() * highest >= Rate(profile, due)) continue;
            arrivals.Add(new(due, chance.Next(profile.Campuses), Text(profile, due, chance, arrivals.Count + 1)));
        }
        return arrivals;
    }

    /// <summary>Contacts a second at a time of the run.</summary>
    public static double Rate(Profile profile, TimeSpan at)
    {
        var curve = profile.Curve;
        var after = curve.TakeWhile(point => profile.At(point.At) <= at).Count();
        if (after == 0) return profile.Base * curve[0].Times;
        if (after == curve.Count) return profile.Base * curve[^1].Times;
        var (from, to) = (profile.At(curve[after - 1].At), profile.At(curve[after].At));
        return profile.Base * (curve[after - 1].Times + (curve[after].Times - curve[after - 1].Times) * ((at - from) / (to - from)));
    }

    private static string Text(Profile profile, TimeSpan at, Random chance, int number)
    {
        var now = profile.Texts.Where(text => text.From is null || (profile.At(text.From) <= at && at < profile.At(text.To!))).ToList();
        var pick = chance.NextDouble() * now.Sum(static text => text.Share);
        var text = now.First(text => (pick -= text.Share) < 0 || text == now[^1]);
        return text.Text.Replace("#", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
