using System.Globalization;
using Npgsql;

namespace CampusCare.Cli.Cluster;

/// <summary><c>./campuscare cluster status</c>: what runs, as its processes, the cluster and their figures say.</summary>
internal static class ClusterStatus
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>0 when everything is as it should be, 1 when something isn't.</returns>
    public static async Task<int> Print(ClusterFolder folder, TextWriter output, CancellationToken stop)
    {
        var state = folder.Read();
        var (members, trouble) = await Members(state);
        output.WriteLine($"{state.Proxy.Url}  ({folder.Path}, {state.Campuses} campuses)");
        if (trouble is not null) output.WriteLine($"the database can't be asked who belongs to the cluster: {trouble}");
        output.WriteLine($"{"",-12}{"process",9}  {"is",-9}{"the cluster says",-18}{"activations",12}{"connections",12}{"cpu s",9}{"MB",7}");
        using var http = new HttpClient { Timeout = Patience };
        var wrong = trouble is not null;
        foreach (var member in state.Members)
        {
            var row = await Row(folder, member, members, http, stop);
            wrong |= row.Wrong;
            output.WriteLine(row.Text);
        }
        return wrong ? 1 : 0;
    }

    private static async Task<(string Text, bool Wrong)> Row(ClusterFolder folder, Member member, IReadOnlyList<MembershipRow> members, HttpClient http, CancellationToken stop)
    {
        var pid = folder.PidOf(member);
        var (running, usage, paused) = (pid.Running, pid.UsageWithChildren, pid.IsPaused);
        var seen = member.Kind == MemberKind.Silo ? members.FirstOrDefault(row => row.Port == member.Port)?.Word ?? "unknown" : "";
        var figures = running is null || paused || member.MetricsPort == 0 ? "" : await Figures(http, member, stop);
        var activations = member.Kind == MemberKind.Silo ? Sum(figures, "orleans_catalog_activations") : "";
        var connections = member.Kind == MemberKind.Gateway ? Sum(figures, "campuscare_gateway_connections") : "";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{member.Name,-12}{running?.ToString(CultureInfo.InvariantCulture) ?? "-",9}  {(running is null ? "gone" : paused ? "paused" : "running"),-9}{seen,-18}{activations,12}{connections,12}{usage?.CpuSeconds,9:0.0}{usage?.Bytes / 1e6,7:0}");
        return (text.TrimEnd(), running is null || paused || (member.Kind == MemberKind.Silo && seen != "active"));
    }

    private static async Task<(IReadOnlyList<MembershipRow> Rows, string? Trouble)> Members(ClusterState state)
    {
        try
        {
            return (await Membership.Read(state.Connection), null);
        }
        catch (NpgsqlException e)
        {
            return ([], e.Message);
        }
    }

    private static async Task<string> Figures(HttpClient http, Member member, CancellationToken stop)
    {
        try
        {
            return await http.GetStringAsync(new Uri($"http://127.0.0.1:{member.MetricsPort}/metrics"), stop);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return "";
        }
    }

    /// <summary>The sum of a metric's samples in Prometheus' text format; "?" when there are none.</summary>
    internal static string Sum(string figures, string metric)
    {
        var samples = figures.Split('\n')
            .Where(line => line.StartsWith(metric, StringComparison.Ordinal) && line.Length > metric.Length && line[metric.Length] is ' ' or '{')
            .Select(static line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        return samples.Count == 0 ? "?" : samples.Sum().ToString("0", CultureInfo.InvariantCulture);
    }
}
