using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Gateway.Tests.Phone;

/// <summary>A telephone server on loopback: speaks the documented messages of Asterisk's REST interface, over channels and bridges that it keeps.</summary>
public sealed class FakeAsterisk : IAsyncDisposable
{
    private const string User = "care", Secret = "shared with asterisk";
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _channels = [];
    private readonly Dictionary<string, HashSet<string>> _bridges = [];
    private readonly List<string> _commands = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Done)> _waits = [];
    private (WebSocket Socket, CancellationTokenSource Cut)? _events;
    private Task _sent = Task.CompletedTask;
    private bool _closed;
    private bool _failsToHangUp;
    private int _next;

    private FakeAsterisk(WebApplication app) => _app = app;

    /// <summary>How often somebody came for events.</summary>
    public int Connections { get; private set; }

    /// <summary>The settings that lead here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Phone:BaseUrl"] = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(),
        ["Phone:User"] = User,
        ["Phone:Secret"] = Secret,
        ["Phone:Numbers:95001"] = GatewayProcess.Campus,
        ["Phone:Welcome"] = "sound:campuscare/welcome",
        ["Phone:PlaceKept"] = "sound:campuscare/place-kept",
        ["Phone:Topic"] = "我的外卖一个小时了还没到",
    };

    public static async Task<FakeAsterisk> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var server = new FakeAsterisk(builder.Build());
        server._app.UseWebSockets();
        server._app.Run(server.Serve);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Somebody dials; gives the channel.</summary>
    public string Dial(string number = "13800000000", string dialled = "95001")
    {
        lock (_lock)
        {
            var id = $"1767225600.{++_next}";
            _channels[id] = new Line(number, dialled, "Ring", "campuscare");
            Tell(new { type = "StasisStart", args = Array.Empty<string>(), channel = Shape(id) });
            return id;
        }
    }

    /// <summary>A telephone is picked up.</summary>
    public void PickUp(string leg)
    {
        lock (_lock)
        {
            _channels[leg] = _channels[leg] with { State = "Up" };
            Tell(new { type = "ChannelStateChange", channel = Shape(leg) });
            Tell(new { type = "Dial", dialstatus = "ANSWER", dialstring = "", forward = "", peer = Shape(leg) });
            Tell(new { type = "StasisStart", args = new[] { "agent" }, channel = Shape(leg) });
        }
    }

    /// <summary>A telephone rings until its time is over.</summary>
    public void NobodyPicksUp(string leg)
    {
        lock (_lock)
        {
            Tell(new { type = "Dial", dialstatus = "NOANSWER", dialstring = "", forward = "", peer = Shape(leg) });
            End(leg);
        }
    }

    /// <summary>Somebody hangs up.</summary>
    public void HangUp(string channel)
    {
        lock (_lock)
        {
            Tell(new { type = "ChannelHangupRequest", cause = 16, soft = false, channel = Shape(channel) });
            End(channel);
        }
    }

    /// <summary>Somebody presses a key.</summary>
    public void Press(string channel, string digit)
    {
        lock (_lock) Tell(new { type = "ChannelDtmfReceived", digit, duration_ms = 120, channel = Shape(channel) });
    }

    /// <summary>A channel ends, and the message of it is lost.</summary>
    public void Forget(string channel)
    {
        lock (_lock) _channels.Remove(channel);
    }

    /// <summary>The next command to hang up fails, and its channel stays.</summary>
    public void FailToHangUpOnce()
    {
        lock (_lock) _failsToHangUp = true;
    }

    /// <summary>Events can't be had until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _closed = true;
            _events?.Cut.Cancel();
            _events = null;
        }
    }

    /// <summary>Events can be had again.</summary>
    public void Mend()
    {
        lock (_lock) _closed = false;
    }

    /// <summary>Who is in a bridge.</summary>
    public string[] In(string bridge)
    {
        lock (_lock) return _bridges.TryGetValue(bridge, out var who) ? [.. who.Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Whether a channel is there.</summary>
    public bool Has(string channel)
    {
        lock (_lock) return _channels.ContainsKey(channel);
    }

    /// <summary>Whether nothing is left.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock) return _channels.Count == 0 && _bridges.Count == 0;
        }
    }

    /// <summary>The commands so far, as method and address.</summary>
    public string[] Commands
    {
        get
        {
            lock (_lock) return [.. _commands];
        }
    }

    /// <summary>Waits until something is so.</summary>
    public Task Until(Func<bool> holds, string what)
    {
        lock (_lock)
        {
            if (holds()) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((holds, done));
            return Wait(done.Task, what);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Wait(Task done, string what)
    {
        try
        {
            await done.WaitAsync(GatewayProcess.Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Never: {what}. Commands: {string.Join("\n", Commands)}");
        }
    }

    private void Moved()
    {
        foreach (var (_, done) in _waits.Where(static wait => wait.Holds()).ToList()) done.TrySetResult();
    }

    private void End(string channel)
    {
        var shape = Shape(channel);
        if (!_channels.Remove(channel)) return;
        foreach (var bridge in _bridges.Values) bridge.Remove(channel);
        Tell(new { type = "StasisEnd", channel = shape });
        Tell(new { type = "ChannelDestroyed", cause = 16, cause_txt = "Normal Clearing", channel = shape });
        Moved();
    }

    private object Shape(string id)
    {
        var line = _channels.GetValueOrDefault(id) ?? new Line("", "", "Down", "");
        return new
        {
            id,
            name = $"PJSIP/trunk-{id}",
            state = line.State,
            caller = new { name = "", number = line.Number },
            connected = new { name = "", number = "" },
            accountcode = "",
            dialplan = new { context = "hotline", exten = line.Dialled, priority = 1, app_name = "Stasis", app_data = line.AppData },
            creationtime = "2026-01-01T00:00:00.000+0000",
            language = "en",
        };
    }

    private void Tell(object message)
    {
        if (_events is not var (socket, cut)) return;
        var json = JsonSerializer.SerializeToNode(message)!.AsObject();
        json["application"] = "campuscare";
        json["timestamp"] = "2026-01-01T00:00:00.000+0000";
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        _sent = Send(_sent, socket, bytes, cut.Token);
    }

    private static async Task Send(Task before, WebSocket socket, byte[] bytes, CancellationToken cut)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await socket.SendAsync(bytes, WebSocketMessageType.Text, true, cut);
    }

    private async Task Serve(HttpContext http)
    {
        if (http.Request.Path == "/ari/events")
        {
            await Events(http);
            return;
        }
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}"));
        var (status, body) = http.Request.Headers.Authorization == $"Basic {basic}" ? Do(http.Request) : (401, null);
        http.Response.StatusCode = status;
        if (body is not null) await http.Response.WriteAsJsonAsync(body);
    }

    private (int, object?) Do(HttpRequest request)
    {
        lock (_lock)
        {
            var path = request.Path.Value!["/ari/".Length..].Split('/');
            _commands.Add($"{request.Method} {string.Join('/', path)}{request.QueryString}");
            var done = (request.Method, path) switch
            {
                ("GET", ["channels"]) => (200, _channels.Keys.Select(Shape).ToArray()),
                ("GET", ["channels", var id]) => _channels.ContainsKey(id) ? (200, Shape(id)) : (404, null),
                ("POST", ["channels", var id, "answer"]) => Answer(id),
                ("POST", ["channels", var id, "play"]) => (_channels.ContainsKey(id) ? 201 : 404, null),
                ("POST", ["channels", var id]) => Originate(id, request.Query),
                ("DELETE", ["channels", var id]) => Delete(id),
                ("POST", ["bridges", var id]) => Bridge(id),
                ("POST", ["bridges", var id, "moh"]) => (_bridges.ContainsKey(id) ? 204 : 404, null),
                ("POST", ["bridges", var id, "addChannel"]) => Add(id, request.Query["channel"].ToString()),
                ("DELETE", ["bridges", var id]) => (_bridges.Remove(id) ? 204 : 404, null),
                _ => (405, (object?)null),
            };
            Moved();
            return done;
        }
    }

    private (int, object?) Answer(string id)
    {
        if (!_channels.TryGetValue(id, out var line)) return (404, null);
        _channels[id] = line with { State = "Up" };
        Tell(new { type = "ChannelStateChange", channel = Shape(id) });
        return (204, null);
    }

    private (int, object?) Originate(string id, IQueryCollection query)
    {
        if (_channels.ContainsKey(id)) return (409, null);
        _channels[id] = new Line("", query["endpoint"].ToString(), "Ringing", $"{query["app"]},{query["appArgs"]}");
        Tell(new { type = "Dial", dialstatus = "", dialstring = "", forward = "", peer = Shape(id) });
        return (200, Shape(id));
    }

    private (int, object?) Delete(string id)
    {
        if (_failsToHangUp)
        {
            _failsToHangUp = false;
            return (500, null);
        }
        if (!_channels.ContainsKey(id)) return (404, null);
        End(id);
        return (204, null);
    }

    private (int, object?) Bridge(string id)
    {
        _bridges.TryAdd(id, []);
        return (200, new { id, technology = "simple_bridge", bridge_type = "mixing", bridge_class = "stasis", creator = "Stasis", name = "", channels = _bridges[id].ToArray() });
    }

    private (int, object?) Add(string bridge, string channel)
    {
        if (!_bridges.ContainsKey(bridge)) return (404, null);
        if (!_channels.ContainsKey(channel)) return (400, null);
        foreach (var other in _bridges.Values) other.Remove(channel);
        _bridges[bridge].Add(channel);
        return (204, null);
    }

    private async Task Events(HttpContext http)
    {
        using var cut = new CancellationTokenSource();
        bool may;
        lock (_lock) may = !_closed && http.Request.Query["app"] == "campuscare" && http.Request.Query["api_key"] == $"{User}:{Secret}";
        if (!may)
        {
            http.Response.StatusCode = 401;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        lock (_lock)
        {
            _events = (socket, cut);
            Connections++;
            Moved();
        }
        try
        {
            await socket.ReceiveAsync(new byte[1024], cut.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
        finally
        {
            lock (_lock)
                if (_events?.Socket == socket) _events = null;
        }
    }

    private sealed record Line(string Number, string Dialled, string State, string AppData);
}
