using Microsoft.Data.Sqlite;

namespace CampusCare.Storage;

/// <summary>A prepared statement whose parameters are named like the columns that fill them.</summary>
internal sealed class SqliteStatement<T> : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly (SqliteParameter Parameter, Column<T> Column)[] _parameters;

    public SqliteStatement(SqliteConnection connection, string text, IEnumerable<Column<T>> columns)
    {
        _command = connection.CreateCommand();
        _command.CommandText = text;
        _parameters = [.. columns.Select(column => (new SqliteParameter($"@{column.Name}", TypeOf(column)), column))];
        _command.Parameters.AddRange(_parameters.Select(pair => pair.Parameter));
        _command.Prepare();
    }

    /// <summary>Executes it and tells how many rows changed.</summary>
    public int Run(T item)
    {
        Bind(item);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Executes it and returns the number that it selects.</summary>
    public long Count(T item)
    {
        Bind(item);
        return (long)_command.ExecuteScalar()!;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(T item)
    {
        foreach (var (parameter, column) in _parameters)
            parameter.Value = column.Boxed(item);
    }

    private static SqliteType TypeOf(Column<T> column) => column switch
    {
        TextColumn<T> => SqliteType.Text,
        LongColumn<T> => SqliteType.Integer,
        _ => SqliteType.Blob,
    };
}
