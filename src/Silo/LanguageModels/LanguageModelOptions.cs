namespace CampusCare.Silo.LanguageModels;

/// <summary>The configuration section <c>LanguageModel</c>.</summary>
public sealed class LanguageModelOptions
{
    public const string Section = "LanguageModel";

    /// <summary>Where chat completions are asked for, as https://…/v1/chat/completions; empty: nowhere.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The bearer token that it asks for; empty: none.</summary>
    public string? Key { get; set; }

    /// <summary>The model's name there.</summary>
    public string? Model { get; set; }

    /// <summary>How long an answer may take, with one more attempt; at most 8 s, so that an agent who asks hears in time.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How many questions of a silo are on their way at once; so many more wait, and the rest isn't asked.</summary>
    public int AtOnce { get; set; } = 8;

    /// <summary>Most questions of a campus and day; 0: any number.</summary>
    public int CallsPerDay { get; set; } = 2_000;

    /// <summary>Most tokens of a campus and day; 0: any number.</summary>
    public long TokensPerDay { get; set; } = 1_000_000;
}
