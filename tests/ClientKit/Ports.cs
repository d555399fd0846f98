using System.Net;
using System.Net.Sockets;

namespace CampusCare.ClientKit;

/// <summary>Ports of this machine.</summary>
public static class Ports
{
    // Below the range that outgoing connections take theirs from: a load run uses many of those.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>A loopback port that nobody listens on now.</summary>
    public static int Free()
    {
        for (var port = Random.Shared.Next(First, Last); port < Last; port++)
        {
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
        throw new InvalidOperationException($"no free port below {Last}");
    }
}
