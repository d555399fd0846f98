using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace CampusCare.Gateway.Tests;

/// <summary>A page as tests use it: calls a hub and keeps what was pushed, so that tests wait for it instead of for the clock.</summary>
public sealed class Page : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly List<(string Name, JsonElement Argument)> _pushed = [];
    private TaskCompletionSource _more = New();

    private Page(HubConnection hub, IEnumerable<string> messages)
    {
        _hub = hub;
        foreach (var name in messages) hub.On<JsonElement>(name, argument => Keep(name, argument));
    }

    public static async Task<Page> Open(GatewayProcess gateway, string hub, string token)
    {
        var connection = ClientKit.Hubs.Connection(gateway.Url, hub, token);
        var page = new Page(connection, ["TicketChanged", "PlaceChanged", "DeskChanged", "Offered", "OfferWithdrawn", "WallboardChanged", "RoomChanged", "IncidentsChanged", "Signaled"]);
        await connection.StartAsync();
        return page;
    }

    /// <summary>Calls a method and gives the value, which must be there.</summary>
    public async Task<JsonElement> Do(string method, params object?[] args)
    {
        var reply = await _hub.InvokeCoreAsync<JsonElement>(method, args);
        reply.GetProperty("problem").ValueKind.ShouldBe(JsonValueKind.Null, $"{method}: {reply}");
        return reply.GetProperty("value");
    }

    /// <summary>Calls a method and gives the problem's code, which must be there.</summary>
    public async Task<string> Refused(string method, params object?[] args)
    {
        var reply = await _hub.InvokeCoreAsync<JsonElement>(method, args);
        return reply.GetProperty("problem").GetProperty("code").GetString()!;
    }

    /// <summary>The first push that fits, told before or still to come.</summary>
    public async Task<JsonElement> Pushed(string name, Func<JsonElement, bool>? fits = null)
    {
        for (var seen = 0; ;)
        {
            Task more;
            lock (_pushed)
            {
                for (; seen < _pushed.Count; seen++)
                    if (_pushed[seen].Name == name && (fits is null || fits(_pushed[seen].Argument))) return _pushed[seen].Argument;
                more = _more.Task;
            }
            await more.WaitAsync(GatewayProcess.Patience);
        }
    }

    /// <summary>All pushes of a name so far.</summary>
    public List<JsonElement> All(string name)
    {
        lock (_pushed) return [.. _pushed.Where(push => push.Name == name).Select(static push => push.Argument)];
    }

    /// <summary>Whether such a message was pushed so far.</summary>
    public bool Was(string name)
    {
        lock (_pushed) return _pushed.Exists(push => push.Name == name);
    }

    /// <summary>All events of a ticket that were pushed so far.</summary>
    public List<JsonElement> Events(string ticketId)
    {
        lock (_pushed)
            return [.. _pushed.Where(push => push.Name == "TicketChanged" && push.Argument.GetProperty("ticket").GetProperty("ticketId").GetString() == ticketId)
                .SelectMany(push => push.Argument.GetProperty("events").EnumerateArray())];
    }

    /// <summary>Waits for an event of a type, and gives it.</summary>
    public async Task<JsonElement> Event(string ticketId, string type)
    {
        var news = await Pushed("TicketChanged", news => news.GetProperty("ticket").GetProperty("ticketId").GetString() == ticketId
            && news.GetProperty("events").EnumerateArray().Any(happened => happened.GetProperty("type").GetString() == type));
        return news.GetProperty("events").EnumerateArray().First(happened => happened.GetProperty("type").GetString() == type);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private void Keep(string name, JsonElement argument)
    {
        TaskCompletionSource more;
        lock (_pushed)
        {
            _pushed.Add((name, argument));
            (more, _more) = (_more, New());
        }
        more.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
