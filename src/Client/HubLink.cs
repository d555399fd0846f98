using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace CampusCare.Client;

/// <summary>How a client is connected.</summary>
public enum LinkState
{
    /// <summary>Not connected for now; it tries.</summary>
    Offline,

    /// <summary>Connected.</summary>
    Online,

    /// <summary>The gateway doesn't take the token; the client has stopped trying.</summary>
    Refused,
}

/// <summary>
/// A connection to one hub that comes back by itself: the first start and every reconnection are the same loop. Whoever
/// uses it resumes in <see cref="WhenOnline"/>.
/// </summary>
internal sealed class HubLink : IAsyncDisposable
{
    private static readonly Problem Offline = new("Not connected", null, "There is no connection now, or it was lost before the answer came.", "offline", null);

    private readonly ClientOptions _options;
    private readonly HubConnection _hub;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _closed = New();
    private TaskCompletionSource _online = New();
    private Task _loop = Task.CompletedTask;
    private string? _token;

    public HubLink(ClientOptions options, string hub)
    {
        _options = options;
        _hub = new HubConnectionBuilder().WithUrl(new UriBuilder(options.Gateway) { Path = hub }.Uri, Reach).Build();
        _hub.ServerTimeout = options.Silence;
        _hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>How the client is connected.</summary>
    public LinkState State { get; private set; }

    /// <summary>Called after every (re)connection; must not block.</summary>
    public event Action? WhenOnline;

    /// <summary>Called after <see cref="State"/> changed; must not block.</summary>
    public event Action<LinkState>? StateChanged;

    public void On<T>(string message, Action<T> action) => _hub.On(message, action);

    /// <summary>Begins to connect; completes when the client was online for the first time, or was refused.</summary>
    /// <exception cref="RefusedException">The gateway doesn't take the token.</exception>
    public async Task Start(CancellationToken stop)
    {
        lock (_lock)
        {
            if (State == LinkState.Refused) _online = New();
            if (_loop.IsCompleted) _loop = Run();
        }
        await Online(stop);
    }

    /// <summary>Waits for a connection.</summary>
    /// <exception cref="RefusedException">The gateway doesn't take the token.</exception>
    public Task Online(CancellationToken stop)
    {
        lock (_lock) return _online.Task.WaitAsync(stop);
    }

    /// <summary>Calls a method once. Never throws for a lost connection: then the problem's code is "offline", and nobody knows whether it was done.</summary>
    public async Task<Answer<T>> Call<T>(string method, object?[] arguments, CancellationToken stop) where T : class
    {
        if (_hub.State != HubConnectionState.Connected) return new(null, Offline);
        var answer = _hub.InvokeCoreAsync<Answer<T>>(method, arguments, stop);
        try
        {
            return await answer.WaitAsync(_options.Silence, _options.Time, stop);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            // The gateway answers sooner, so the answer is lost, and who knows what else: another connection brings both.
            _ = _hub.StopAsync(CancellationToken.None);
            return new(null, Offline);
        }
        catch (Exception lost) when (IsLoss(lost) && !stop.IsCancellationRequested)
        {
            return new(null, Offline);
        }
    }

    /// <summary>Calls a method that only reads, again and again while there is no connection or the gateway says "not now".</summary>
    public async Task<Answer<T>> Ask<T>(string method, object?[] arguments, CancellationToken stop) where T : class
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, _stop.Token);
        for (var tries = 0; ; tries++)
        {
            await Online(both.Token);
            var answer = await Call<T>(method, arguments, both.Token);
            if (answer.Problem is not { IsPassing: true }) return answer;
            await Task.Delay(_options.Wait(tries), _options.Time, both.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await _hub.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Run()
    {
        try
        {
            for (var tries = 0; ; tries++)
            {
                if (await TryStart()) tries = 0;
                if (State == LinkState.Refused) return;
                await Task.Delay(_options.Wait(tries), _options.Time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private void Reach(HttpConnectionOptions http)
    {
        http.HttpMessageHandlerFactory = static wire => new NumberedPolls(wire);
        http.AccessTokenProvider = async () => _token = await _options.Token(_stop.Token);
        http.Transports = _options.Transport switch
        {
            Transport.WebSockets => HttpTransportType.WebSockets,
            Transport.ServerSentEvents => HttpTransportType.ServerSentEvents,
            Transport.LongPolling => HttpTransportType.LongPolling,
            _ => HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
        };
    }

    // True when there was a connection, which is then lost again.
    private async Task<bool> TryStart()
    {
        var before = _token;
        _closed = New();
        try
        {
            await Connect();
        }
        catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // A token that is refused twice is not good (any more); another one may be.
            if (before == _token) Set(LinkState.Refused, new RefusedException(NoEntry(refused.StatusCode.Value), refused));
            return false;
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            return false;
        }
        Set(LinkState.Online);
        WhenOnline?.Invoke();
        await _closed.Task.WaitAsync(_stop.Token);
        Set(LinkState.Offline);
        return true;
    }

    // A network that swallows everything must not hold it for ever.
    private async Task Connect()
    {
        using var tooLate = new CancellationTokenSource(_options.Silence, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, _stop.Token);
        await _hub.StartAsync(either.Token);
    }

    private void Set(LinkState state, RefusedException? refused = null)
    {
        lock (_lock)
        {
            State = state;
            if (state == LinkState.Offline) _online = New();
            else if (refused is null) _online.TrySetResult();
            else _online.TrySetException(refused);
        }
        StateChanged?.Invoke(state);
    }

    private static Problem NoEntry(HttpStatusCode status) =>
        new("Refused", (int)status, "The gateway doesn't take the token for this hub.", "unauthorized", null);

    // What starting, and calls, throw when the connection is gone or going; all transports together, or half an answer of the negotiation.
    private static bool IsLoss(Exception e) =>
        e is HubException or IOException or InvalidOperationException or OperationCanceledException or TimeoutException
            or WebSocketException or HttpRequestException or SocketException or AggregateException or InvalidDataException;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
