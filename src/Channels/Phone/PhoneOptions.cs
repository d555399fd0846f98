namespace CampusCare.Channels.Phone;

/// <summary>The section <c>Phone</c>: an Asterisk server whose calls come into the queues. Without <see cref="BaseUrl"/> there is none.</summary>
public sealed class PhoneOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Phone";

    /// <summary>Where its REST interface is, as <c>http://127.0.0.1:8088/</c>; null: no phone lines.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The Stasis application's name in the dial plan.</summary>
    public string Application { get; set; } = "campuscare";

    /// <summary>The user of ari.conf.</summary>
    public string? User { get; set; }

    /// <summary>The user's password: as it is, or <c>env:NAME</c>, or <c>file:/path</c>.</summary>
    public string? Secret { get; set; }

    /// <summary>Which campus a dialled number belongs to.</summary>
    public Dictionary<string, string> Numbers { get; set; } = [];

    /// <summary>How an agent's telephone is dialled, with {agent} in it.</summary>
    public string Endpoint { get; set; } = "PJSIP/{agent}";

    /// <summary>How long an agent's telephone rings.</summary>
    public int RingSeconds { get; set; } = 20;

    /// <summary>The class of music of musiconhold.conf.</summary>
    public string Music { get; set; } = "default";

    /// <summary>The language of the sounds.</summary>
    public string Language { get; set; } = "zh_CN";

    /// <summary>What a caller hears first, as <c>sound:campuscare/welcome</c>; null: nothing.</summary>
    public string? Welcome { get; set; }

    /// <summary>What a caller hears whose place is kept.</summary>
    public string? PlaceKept { get; set; }

    /// <summary>What a caller hears before the end when the call can't be taken.</summary>
    public string? Refused { get; set; }

    /// <summary>What a call is about, until somebody has asked.</summary>
    public string Topic { get; set; } = "电话来电";

    /// <summary>How many calls there may be at once; more are refused.</summary>
    public int MaximumCalls { get; set; } = 200;

    /// <summary>The settings, their secret read; null when there are no phone lines.</summary>
    /// <param name="faults">What can't be used, each with its key.</param>
    public PhoneSettings? Read(List<string> faults)
    {
        if (BaseUrl is null) return null;
        var settings = new SettingsReader(Section, faults);
        settings.Address(BaseUrl, "BaseUrl");
        var user = settings.Needed(User, "User", "the user of ari.conf");
        var secret = settings.Secret(Secret, "Secret", "the password of the user of ari.conf");
        if (user.Contains(':')) settings.Refuse("User", "has a colon in it");
        if (Numbers.Count == 0) settings.Refuse("Numbers", "is empty: which campus does a dialled number belong to?");
        if (Application.Length == 0 || !Application.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) settings.Refuse("Application", "must be letters, digits, - and _");
        if (!Endpoint.Contains(PhoneSettings.AgentMark, StringComparison.Ordinal)) settings.Refuse("Endpoint", "has no {agent} in it");
        if (RingSeconds is < 5 or > 120) settings.Refuse("RingSeconds", "must be 5 to 120");
        if (MaximumCalls is < 1 or > 2000) settings.Refuse("MaximumCalls", "must be 1 to 2000");
        if (string.IsNullOrWhiteSpace(Topic)) settings.Refuse("Topic", "is empty");
        return new PhoneSettings(this, user, secret);
    }
}

/// <summary>Phone lines that are set up.</summary>
public sealed class PhoneSettings(PhoneOptions options, string user, string secret)
{
    internal const string AgentMark = "{agent}";

    /// <summary>What the section says.</summary>
    public PhoneOptions Options => options;

    /// <summary>User and password, as both interfaces take them.</summary>
    internal string Key => $"{user}:{secret}";

    /// <summary>Where REST is, with a slash at the end.</summary>
    internal Uri Rest => new($"{options.BaseUrl!.AbsoluteUri.TrimEnd('/')}/ari/");

    /// <summary>Where events are.</summary>
    internal Uri Events => new UriBuilder($"{Rest.AbsoluteUri}events")
    {
        Scheme = Rest.Scheme == "https" ? "wss" : "ws",
        Query = $"app={options.Application}&api_key={Uri.EscapeDataString(Key)}",
    }.Uri;

    /// <summary>What of an agent's id may stand in an endpoint, so that nobody dials anything else; a guest's slash becomes a hyphen. Null: can't be called.</summary>
    public string? EndpointOf(string agentId)
    {
        var name = agentId.Replace('/', '-');
        return name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? options.Endpoint.Replace(AgentMark, name, StringComparison.Ordinal) : null;
    }

    /// <summary>The sound of a word; null: nothing is said.</summary>
    public string? SoundOf(LineWord word) => word switch
    {
        LineWord.Welcome => options.Welcome,
        LineWord.PlaceKept => options.PlaceKept,
        _ => options.Refused,
    } is { Length: > 0 } sound ? sound : null;
}
