using System.Diagnostics;
using CampusCare.ClientKit;
using CampusCare.PeakHour;

namespace CampusCare.ConnectionBenchmark;

/// <summary>Opens tickets, connects one client to each, delivers an event to each, and says what it took.</summary>
internal sealed class ConnectionsRun(DemoProcess gateway, int count, TextWriter output)
{
    private const string Campus = "north";
    private const int AtOnce = 64;
    private const int WarmUp = 200;
    private const double Kilobyte = 1024;

    // Well below the server's patience of 30 s with a client that says nothing.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(60);

    private readonly GatewayClient _rest = new(gateway.Url, AtOnce);

    /// <returns>0 when every connection lived to the end and got its event.</returns>
    public async Task<int> Go(CancellationToken stop)
    {
        var people = new (string Token, string Ticket)[count + WarmUp];
        await Each(people.Length, stop, async i => people[i] = await Open(i, stop));
        // The code is compiled and pools are filled before anything is measured.
        var sockets = await Connect(people[count..], stop);
        await Deliver(sockets, stop);
        foreach (var socket in sockets) socket.Dispose();
        await Task.Delay(Settle, stop);
        var before = WorkingSet();

        var clock = Stopwatch.StartNew();
        sockets = await Connect(people[..count], stop);
        using var pings = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pinging = KeepAlive(sockets, pings.Token);
        var connected = clock.Elapsed;
        await Task.Delay(Settle, stop);
        var idle = WorkingSet();

        clock.Restart();
        var delivered = await Deliver(sockets, stop);
        var delivery = clock.Elapsed;
        var after = WorkingSet();
        var alive = sockets.Count(static socket => socket.IsAlive);
        await pings.CancelAsync();
        await pinging;
        foreach (var socket in sockets) socket.Dispose();

        output.WriteLine($"connections      {alive} of {count} alive, opened in {connected.TotalSeconds:0.0} s ({count / connected.TotalSeconds:0}/s, each with its watch)");
        output.WriteLine($"events           {delivered} of {count} delivered in {delivery.TotalSeconds:0.0} s, each posted over its own connection");
        output.WriteLine($"working set      {before / Kilobyte:0} MB with {count + WarmUp} tickets, {idle / Kilobyte:0} MB with the connections, {after / Kilobyte:0} MB after the events");
        output.WriteLine($"each connection  {(idle - before) / count:0.0} KB, after the events {(after - before) / count:0.0} KB");
        return alive == count && delivered == count ? 0 : 1;
    }

    private async Task<(string Token, string Ticket)> Open(int i, CancellationToken stop)
    {
        var token = (await _rest.SignIn(new Person(Campus, "Customer", $"connected-{i}", $"同学{i}", "Student"), stop)).Yes.Value;
        return (token, (await _rest.Open(token, Campus, $"connected-{i}", "外卖一个小时了还没到", stop: stop)).Yes.Ticket.TicketId);
    }

    private async Task<LiveSocket[]> Connect((string Token, string Ticket)[] people, CancellationToken stop)
    {
        var sockets = new LiveSocket[people.Length];
        await Each(people.Length, stop, async i => sockets[i] = await LiveSocket.Watch(gateway.Url, i, people[i].Token, people[i].Ticket, stop));
        return sockets;
    }

    private static async Task<int> Deliver(LiveSocket[] sockets, CancellationToken stop)
    {
        var delivered = 0;
        await Each(sockets.Length, stop, async i =>
        {
            try
            {
                await sockets[i].Post("在东门").WaitAsync(Delivery, stop);
                Interlocked.Increment(ref delivered);
            }
            catch (Exception lost) when (lost is TimeoutException or IOException)
            {
                // Not delivered: counted by not being counted.
            }
        });
        return delivered;
    }

    private static async Task KeepAlive(LiveSocket[] sockets, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Ping);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await Each(sockets.Length, stop, i => sockets[i].Ping());
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private static Task Each(int count, CancellationToken stop, Func<int, Task> action) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, (i, _) => new ValueTask(action(i)));

    // In kilobytes.
    private double WorkingSet()
    {
        const string name = "VmRSS:";
        var line = File.ReadLines($"/proc/{gateway.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Trim().Split(' ')[0]);
    }
}
