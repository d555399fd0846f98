using System.Collections.Concurrent;
using CampusCare.Contracts;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Pages;

/// <summary>The web origins that a campus trusts, as its settings said a moment ago.</summary>
internal sealed class CampusOrigins(Cluster cluster, TimeProvider time)
{
    /// <summary>How long a campus's word is believed.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(15);

    /// <summary>Campuses that are remembered at once; one more, and all are asked again.</summary>
    public const int Maximum = 1_000;

    private readonly ConcurrentDictionary<string, (string[] Origins, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    /// <summary>The origins; none for a campus that is unknown, or can't be asked now.</summary>
    public async Task<string[]> Of(string? campus)
    {
        if (campus is null || !Check.IsSlug(campus)) return [];
        var now = time.GetUtcNow();
        if (_known.TryGetValue(campus, out var known) && known.Until > now) return known.Origins;
        var reply = await cluster.Read(cluster.Grains.Campus(campus).Settings(), static settings => (Reply<string[]>)(settings?.Origins.ToArray() ?? []));
        if (reply.Value is not { } origins) return [];
        if (_known.Count >= Maximum) _known.Clear();
        _known[campus] = (origins, now + BelievedFor);
        return origins;
    }
}
