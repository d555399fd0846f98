using System.Globalization;
using System.Text.Json;

namespace CampusCare.PeakHour.Profiles;

/// <summary>A rush as a file: who comes when, who answers, what may go wrong, and how good the answers have to be.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="What">What happens in it.</param>
/// <param name="Campuses">How many campuses, 1–200.</param>
/// <param name="Seconds">How long it takes.</param>
/// <param name="From">The time of day when it begins, as 10:30.</param>
/// <param name="To">The time of day when it ends; 24:00 for midnight. What lies between is pressed into <paramref name="Seconds"/>.</param>
/// <param name="Base">Contacts a second over all campuses where the curve says 1.</param>
/// <param name="Curve">How many times the base comes when; straight lines between.</param>
/// <param name="Agents">Who answers.</param>
/// <param name="Targets">How good it has to be.</param>
public sealed record Profile(
    string Name, string What, int Campuses, double Seconds, string From, string To, double Base, IReadOnlyList<CurvePoint> Curve, Staff Agents, Targets Targets)
{
    /// <summary>What people write; short complaints about deliveries unless said.</summary>
    public IReadOnlyList<TextShare> Texts { get; init; } = [new("我的外卖超时了还没到", 1)];

    /// <summary>Agents of a campus who leave, or come back.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>After how many seconds a waiting ticket may go to agents of other campuses of its region; null leaves the campuses as they are set up.</summary>
    public int? OverflowSeconds { get; init; }

    /// <summary>When in the run a time of day comes.</summary>
    /// <exception cref="FormatException">It is no time of day.</exception>
    public TimeSpan At(string time) => TimeSpan.FromSeconds(Seconds * (Clock(time) - Clock(From)) / (Clock(To) - Clock(From)));

    /// <summary>The time of day at a time of the run.</summary>
    public string ClockAt(TimeSpan since)
    {
        const double shortMinutes = 30; // Then seconds matter.
        var length = Clock(To) - Clock(From);
        var seconds = (int)Math.Round(60 * (Clock(From) + length * since.TotalSeconds / Seconds));
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return length > shortMinutes ? string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{minutes:00}") : string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{minutes:00}:{seconds % 60:00}");
    }

    /// <summary>Minutes since midnight.</summary>
    internal static double Clock(string time)
    {
        var parts = time.Split(':');
        if (parts.Length != 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var hours) || !double.TryParse(parts[1], CultureInfo.InvariantCulture, out var minutes) || hours is < 0 or > 24 || minutes is < 0 or >= 60 || hours * 60 + minutes > 24 * 60)
            throw new FormatException($"'{time}' is no time of day, as 17:10");
        return hours * 60 + minutes;
    }
}

/// <summary>From this time of day it is so many times the base.</summary>
public sealed record CurvePoint(string At, double Times);

/// <summary>What people write, and how many of them compared with the other texts; <c>#</c> becomes a number.</summary>
/// <param name="Text">The words.</param>
/// <param name="Share">More of these than of others.</param>
/// <param name="From">From this time of day on alone; always unless said.</param>
/// <param name="To">Until then.</param>
public sealed record TextShare(string Text, double Share, string? From = null, string? To = null);

/// <summary>Who answers at each campus.</summary>
/// <param name="PerCampus">How many.</param>
/// <param name="Capacity">Tickets at once, each.</param>
/// <param name="ThinkMilliseconds">How long one takes for each step: to accept, to reply, to resolve.</param>
public sealed record Staff(int PerCampus, int Capacity, int ThinkMilliseconds);

/// <summary>All agents of a campus leave, or come back.</summary>
/// <param name="At">When.</param>
/// <param name="Campus">Which, from 0.</param>
/// <param name="Leave">Whether they leave.</param>
public sealed record Turn(string At, int Campus, bool Leave);

/// <summary>How good it has to be; milliseconds. What isn't said is not judged.</summary>
public sealed record Targets(
    double? OpenToAckP99 = null, double? AckToOfferP99 = null, double? MessageToDeliveredP99 = null, double ServiceSeconds = 20, double? ServiceLevel = null, double? RefusedShare = null);

/// <summary>Reads profiles, and says what is wrong with one.</summary>
public static class ProfileFile
{
    /// <summary>As many campuses as a run may have.</summary>
    public const int Campuses = 200;

    private const double LongestSeconds = 3_600;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The profile in a JSON text.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says why.</exception>
    public static Profile Read(string json)
    {
        try
        {
            var profile = JsonSerializer.Deserialize<Profile>(json, Json) ?? throw new InvalidDataException("there is no profile in it");
            return Wrong(profile) is { } wrong ? throw new InvalidDataException(wrong) : profile;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static string? Wrong(Profile p)
    {
        try
        {
            return p.Campuses is < 1 or > Campuses ? $"campuses must be 1–{Campuses}"
                : p.Seconds is not (>= 1 and <= LongestSeconds) ? $"seconds must be 1–{LongestSeconds:0}"
                : Profile.Clock(p.From) >= Profile.Clock(p.To) ? "from must be before to"
                : p.Base is not (> 0 and <= PeakLimits.Rate) ? $"base must be above 0 and at most {PeakLimits.Rate:0}"
                : p.Curve.Count == 0 || p.Curve.Any(static point => point.Times is not (>= 0 and <= 1000)) ? "curve must have points, each 0–1000 times"
                : p.Curve.Zip(p.Curve.Skip(1)).Any(static pair => Profile.Clock(pair.First.At) >= Profile.Clock(pair.Second.At)) ? "the curve's points must come one after the other"
                : p.Agents.PerCampus is < 0 || p.Agents.PerCampus * p.Campuses is < 1 or > PeakLimits.Agents ? $"agents of all campuses together must be 1–{PeakLimits.Agents}"
                : p.Agents.Capacity is < 1 or > 20 || p.Agents.ThinkMilliseconds is < 0 or > 60_000 ? "agents.capacity must be 1–20, agents.thinkMilliseconds 0–60000"
                : p.Texts.Count == 0 || p.Texts.Any(static text => text.Text.Length == 0 || text.Share is not (> 0 and <= 1000)) ? "each of texts needs words and a share above 0"
                : p.Texts.All(static text => text.From is not null) ? "one of texts must be for the whole time"
                : p.Texts.Any(static text => text.From is null != text.To is null || (text.From is not null && Profile.Clock(text.From) >= Profile.Clock(text.To!))) ? "a text's from must be before its to"
                : p.Turns.Any(turn => turn.Campus < 0 || turn.Campus >= p.Campuses || p.At(turn.At) < TimeSpan.Zero || p.At(turn.At).TotalSeconds > p.Seconds) ? "a turn names a campus that there isn't, or a time outside"
                : p.OverflowSeconds is < 1 or > 3600 ? "overflowSeconds must be 1–3600"
                : p.Targets.ServiceSeconds <= 0 ? "targets.serviceSeconds must be above 0"
                : Arrivals.Expected(p) > PeakLimits.Contacts ? $"{Arrivals.Expected(p):0} contacts are more than {PeakLimits.Contacts:N0}"
                : null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
