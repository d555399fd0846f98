using Npgsql;

namespace CampusCare.Cli.Cluster;

/// <summary>A silo in the cluster's own table of members.</summary>
/// <param name="Port">Which silo.</param>
/// <param name="Generation">Which life of it.</param>
/// <param name="Status">As Orleans counts: 3 active, 6 dead.</param>
/// <param name="IsAliveAt">When it last said so.</param>
internal sealed record MembershipRow(int Port, int Generation, int Status, DateTime IsAliveAt)
{
    private const int Active = 3;

    public bool IsActive => Status == Active;

    public string Word => Status switch
    {
        1 => "created",
        2 => "joining",
        Active => "active",
        4 => "shutting down",
        5 => "stopping",
        6 => "dead",
        _ => $"status {Status}",
    };
}

/// <summary>Who belongs to the cluster, as the cluster sees it.</summary>
internal static class Membership
{
    /// <summary>The last life of each silo.</summary>
    /// <exception cref="NpgsqlException">The database can't be asked.</exception>
    public static async Task<IReadOnlyList<MembershipRow>> Read(string connection)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Timeout = 5 });
        await using var command = source.CreateCommand("select distinct on (port) port, generation, status, iamalivetime from orleansmembership order by port, generation desc");
        await using var rows = await command.ExecuteReaderAsync();
        var members = new List<MembershipRow>();
        while (await rows.ReadAsync()) members.Add(new(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2), rows.GetDateTime(3)));
        return members;
    }
}
