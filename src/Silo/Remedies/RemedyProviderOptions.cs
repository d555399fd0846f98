namespace CampusCare.Silo.Remedies;

/// <summary>The configuration section <c>Remedies</c>.</summary>
public sealed class RemedyProviderOptions
{
    public const string Section = "Remedies";

    /// <summary>Who pays, see docs/remedies.md; empty: nobody, and nothing is given.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The bearer token that it asks for.</summary>
    public string? Key { get; set; }
}
