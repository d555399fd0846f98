namespace CampusCare.Contracts;

/// <summary>How long a gateway's interest in a grain lasts, and when it should be renewed.</summary>
public static class FollowTimes
{
    /// <summary>A follower that is silent for so long is forgotten.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(90);

    /// <summary>How often a gateway renews what it still needs.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);
}
