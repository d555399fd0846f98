using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CampusCare.Storage;

/// <summary>Hands out the connections that a factory makes.</summary>
internal sealed class SqliteDataSource(string connectionString, Func<SqliteConnection> make) : DbDataSource
{
    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => make();
}
