using System.Net;
using System.Net.Sockets;

namespace CampusCare.ClientKit;

/// <summary>Ports of this machine.</summary>
public static class Ports
{
    // Below the range that outgoing connections take theirs from: a load run uses many of those.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static int _given = Random.Shared.Next(Last - First);

    /// <summary>A loopback port that nobody listens on now, and that this process was not given before.</summary>
    public static int Free()
    {
        for (var tries = First; tries < Last; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _given) % (Last - First));
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try the next one.
            }
        }
        throw new InvalidOperationException($"no free port from {First} to {Last}");
    }
}
