using System.Diagnostics;
using System.Net.Sockets;

namespace CampusCare.PathBenchmark;

/// <summary>Load over HTTP on a server in a process of its own.</summary>
internal static class HttpLoad
{
    /// <param name="post">Posts contact number i, counted on from warm-up to measurement.</param>
    /// <param name="server">The server's process.</param>
    /// <param name="postgres">Its database.</param>
    /// <param name="settled">Completes when nothing is left to do of what was posted.</param>
    public static async Task<Figure> Measure(
        string what, Uri url, PathSize size, int connections, Func<HttpConnection, int, Task> post, int server, PrivatePostgres postgres, Func<Task> settled)
    {
        var http = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => HttpConnection.To(url)));
        await Load.Run(size.WarmUp, size.WarmUpAtMost, connections, (worker, i) => post(http[worker], i));
        await settled();
        var (cpu, database) = (ProcessTimes.Of(server), postgres.Spent);
        var watch = Stopwatch.StartNew();
        var waits = await Load.Run(size.Contacts, size.AtMost, connections, (worker, i) => post(http[worker], size.WarmUp + i));
        await settled();
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var connection in http) connection.Dispose();
        return new Figure(
            what, waits.Length / seconds, waits,
            (ProcessTimes.Of(server) - cpu).TotalMilliseconds / waits.Length, (postgres.Spent - database).TotalMilliseconds / waits.Length);
    }
}

/// <summary>Whether anybody listens at an address.</summary>
internal static class Listening
{
    public static async Task<bool> At(Uri url)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(url.Host, url.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
