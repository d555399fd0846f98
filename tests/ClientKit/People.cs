namespace CampusCare.ClientKit;

/// <summary>Who somebody is, for the built-in issuer of demos and tests.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="Role">Customer, Agent, Expert, QualityInspector, Supervisor, CampusAdmin or PlatformAdmin.</param>
/// <param name="Sub">The person's id.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Kind">Student, Rider or Merchant; for customers only.</param>
public sealed record Person(string Campus, string Role, string Sub, string Name, string? Kind = null);

/// <summary>A bearer token.</summary>
public sealed record Token(string Value, DateTimeOffset ExpiresAt);
