using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace CampusCare.Gateway.Tests;

/// <summary>Connections that are cut at random moments: whoever says the last seq it saw misses nothing and gets nothing twice.</summary>
[Collection(nameof(SharedProcess))]
public sealed class ResumeTests(SharedProcess shared)
{
    private const int Messages = 150;
    private readonly GatewayProcess _gateway = shared.Process;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_cuts_lose_nothing_and_double_nothing(int seed)
    {
        var chance = new Random(seed);
        var customer = $"cut-{seed}";
        var id = await _gateway.Open(customer);
        var writing = Write(customer, id);
        long last = 0;
        var sessions = 0;
        while (last < Messages + 2)
        {
            sessions++;
            last = await ReadUntilCut(customer, id, last, chance.Next(1, 25));
        }
        await writing;
        last.ShouldBe(Messages + 2);
        sessions.ShouldBeGreaterThan(3, "otherwise nothing was cut");
    }

    // One connection: from the last seen seq until so many events came, then the wire is cut. What it gives must follow without gap or repetition.
    private async Task<long> ReadUntilCut(string customer, string id, long last, int events)
    {
        WebSocket? wire = null;
        await using var hub = ClientKit.Hubs.Connection(_gateway.Url, ClientKit.Hubs.Customer, _gateway.Token(customer), made: socket => wire = socket);
        var seen = new Seen(last, Math.Min(last + events, Messages + 2));
        hub.On<JsonElement>("TicketChanged", news => seen.Push(news));
        await hub.StartAsync();
        var history = await hub.InvokeAsync<JsonElement>("Watch", id, last);
        seen.Began(history.GetProperty("value"));
        await seen.Enough.Task.WaitAsync(GatewayProcess.Patience);
        wire!.Abort();
        return seen.Last;
    }

    private async Task Write(string customer, string id)
    {
        var token = _gateway.Token(customer);
        for (var i = 1; i <= Messages; i++)
            (await _gateway.Post($"/api/v1/campuses/north/tickets/{id}/messages", token, new { messageId = $"m{i}", text = $"第 {i} 条" })).Status.ShouldBe(System.Net.HttpStatusCode.Created);
    }

    private sealed class Seen(long last, long enough)
    {
        private readonly List<long> _early = [];
        private bool _began;

        public long Last { get; private set; } = last;

        public TaskCompletionSource Enough { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Began(JsonElement history)
        {
            lock (_early)
            {
                foreach (var happened in history.GetProperty("events").EnumerateArray()) Take(happened.GetProperty("seq").GetInt64());
                Last.ShouldBe(history.GetProperty("ticket").GetProperty("seq").GetInt64());
                foreach (var seq in _early) Take(seq);
                _began = true;
            }
        }

        public void Push(JsonElement news)
        {
            lock (_early)
            {
                foreach (var happened in news.GetProperty("events").EnumerateArray())
                {
                    var seq = happened.GetProperty("seq").GetInt64();
                    if (_began) Take(seq);
                    else _early.Add(seq);
                }
            }
        }

        private void Take(long seq)
        {
            if (seq != Last + 1) Enough.TrySetException(new InvalidOperationException($"seq {seq} came after {Last}"));
            Last = seq;
            if (Last >= enough) Enough.TrySetResult();
        }
    }
}
