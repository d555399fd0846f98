using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace CampusCare.Storage;

/// <summary>Runs selects whose text both databases understand; parameters are written <c>@name</c>.</summary>
internal static class Reads
{
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public static async Task<IReadOnlyList<T>> List<T>(
        this DbDataSource source,
        string text,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params (string Name, object Value)[] parameters)
    {
        var rows = new List<T>();
        await foreach (var row in source.Stream(text, read, cancellation, parameters))
            rows.Add(row);
        return rows;
    }

    /// <summary>The rows one by one, as the database sends them.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public static async IAsyncEnumerable<T> Stream<T>(
        this DbDataSource source,
        string text,
        Func<DbDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellation,
        params (string Name, object Value)[] parameters)
    {
        await using var connection = await Guard(() => source.OpenConnectionAsync(cancellation).AsTask());
        await using var command = connection.Command(text, parameters);
        await using var reader = await Guard(() => command.ExecuteReaderAsync(cancellation));
        while (await Guard(() => reader.ReadAsync(cancellation)))
            yield return read(reader);
    }

    public static DbCommand Command(this DbConnection connection, string text, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Turns what a database throws into the one exception that callers know.</summary>
    public static async Task<T> Guard<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is DbException or SocketException)
        {
            throw new StorageUnavailableException(failure.Message, failure);
        }
    }
}
