using System.Collections.Concurrent;
using System.Text.Json;
using CampusCare.ClientKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Cli.Tests;

/// <summary>A process that is killed while a subscriber doesn't listen: the next one tells all of it, in order.</summary>
public sealed class WebhookRestartTests : IDisposable
{
    private const int Contacts = 12;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly Dictionary<string, string> Loopback = new() { ["Webhooks__AllowHttp"] = "true", ["Webhooks__AllowPrivateAddresses"] = "true" };

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-webhooks-");
    private readonly Uri _url = new($"http://127.0.0.1:{Ports.Free()}");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_forgotten_by_a_kill()
    {
        await using var receiver = await Receiver.Start();
        var acknowledged = new List<string>();
        await using (var first = await Start())
        {
            using var gateway = new GatewayClient(_url);
            var boss = (await gateway.SignIn(new("north", "CampusAdmin", "boss", "主管"))).Yes.Value;
            (await gateway.Send<JsonDocument>(HttpMethod.Post, "api/v1/campuses/north/webhooks", boss, new { url = receiver.Url, events = new[] { "ticket.opened", "ticket.queued" } }, null, default)).Problem.ShouldBeNull();
            var customer = (await gateway.SignIn(new("north", "Customer", "s1", "小夏", "Student"))).Yes.Value;
            for (var i = 0; i < Contacts; i++) acknowledged.Add((await gateway.Open(customer, "north", $"c{i}", "外卖一个小时了还没到")).Yes.Ticket.TicketId);
            await first.Kill();
        }
        receiver.Takes = true;
        await using var second = await Start();
        await receiver.Until(2 * Contacts).WaitAsync(Patience);

        receiver.Taken.GroupBy(one => one.Ticket).Select(ticket => ticket.Key).ShouldBe(acknowledged, ignoreOrder: true);
        foreach (var ticket in receiver.Taken.GroupBy(one => one.Ticket))
        {
            // The order's facts stand between, when they came in time.
            long[] seqs = [.. ticket.Select(one => one.Seq)];
            (seqs is [1, 2 or 3]).ShouldBeTrue(string.Join(", ", seqs));
        }
        (await second.Stop()).ShouldBe(0, second.LastWords);
    }

    private async Task<ServerProcess> Start()
    {
        var server = ServerProcess.Start(Program, ["demo", "--no-bot", "--urls", _url.ToString(), "--data", _data.FullName], Loopback);
        using var gateway = new GatewayClient(_url);
        await server.Until(() => gateway.IsReady(), Patience);
        return server;
    }

    /// <summary>Says 503 until it takes what it is told.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, bool> _known = new();
        private readonly ConcurrentQueue<(string Ticket, long Seq)> _taken = new();
        private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private WebApplication _app = null!;
        private volatile bool _takes;
        private int _wanted = int.MaxValue;

        public string Url => _app.Urls.First();

        public bool Takes
        {
            set => _takes = value;
        }

        public IEnumerable<(string Ticket, long Seq)> Taken => _taken;

        public static async Task<Receiver> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls($"http://127.0.0.1:{Ports.Free()}");
            var receiver = new Receiver { _app = builder.Build() };
            receiver._app.Run(async http =>
            {
                using var told = await JsonDocument.ParseAsync(http.Request.Body);
                http.Response.StatusCode = receiver.Hear(told.RootElement) ? 200 : 503;
            });
            await receiver._app.StartAsync();
            return receiver;
        }

        public Task Until(int events)
        {
            Volatile.Write(ref _wanted, events);
            if (_taken.Count >= events) _enough.TrySetResult();
            return _enough.Task;
        }

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();

        // Told twice is told once.
        private bool Hear(JsonElement told)
        {
            if (!_takes) return false;
            if (_known.TryAdd(told.GetProperty("id").GetString()!, true)) _taken.Enqueue((told.GetProperty("ticketId").GetString()!, told.GetProperty("seq").GetInt64()));
            if (_taken.Count >= Volatile.Read(ref _wanted)) _enough.TrySetResult();
            return true;
        }
    }
}
