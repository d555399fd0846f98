namespace Orleans;

/// <summary>How long an activation of this class may be idle before it is collected; at least a minute.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest age that takes effect.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _given;

    /// <summary>The age is the sum of <see cref="Days"/>, <see cref="Hours"/> and <see cref="Minutes"/>.</summary>
    public CollectionAgeLimitAttribute() { }

    /// <summary>The age as a <see cref="TimeSpan"/> in text, for example "00:05:00".</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        _given = TimeSpan.Parse(inactivityPeriod, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Days of the age.</summary>
    public double Days { get; set; }

    /// <summary>Hours of the age.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes of the age.</summary>
    public double Minutes { get; set; }

    /// <summary>Never collect for idleness.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The age in force.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (_given is { } given)
                return given;
            var sum = AlwaysActive
                ? TimeSpan.FromDays(short.MaxValue)
                : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }
}

/// <summary>Activations of this class are never collected for idleness.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class KeepAliveAttribute : Attribute;

/// <summary>The stored name of a grain class; by default its name in lower case without "Grain".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string Name { get; } = grainType;
}

/// <summary>How long callers of this interface method wait for its answer, instead of the engine's option.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>The time as a <see cref="TimeSpan"/> in text, for example "00:00:05".</summary>
    public ResponseTimeoutAttribute(string timeout) =>
        Timeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The time.</summary>
    public TimeSpan? Timeout { get; init; }
}
