using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CampusCare.Client;

namespace CampusCare.ClientKit;

/// <summary>The gateway's REST API. One for many people: each call says with whose token it comes.</summary>
public sealed class GatewayClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;

    /// <param name="gateway">The gateway's address.</param>
    /// <param name="connections">How many connections at most.</param>
    public GatewayClient(Uri gateway, int connections = 32) : this(new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = gateway })
    {
    }

    /// <summary>Speaks through this client, which knows the gateway's address.</summary>
    public GatewayClient(HttpClient http) => _http = http;

    /// <summary>The gateway's address.</summary>
    public Uri Gateway => _http.BaseAddress!;

    public void Dispose() => _http.Dispose();

    /// <summary>True once the gateway answers that it is ready for contacts.</summary>
    public async Task<bool> IsReady(CancellationToken stop = default)
    {
        try
        {
            using var response = await _http.GetAsync("health/ready", stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>A token from the built-in issuer, which only demos and tests switch on.</summary>
    public async Task<Answer<Token>> SignIn(Person person, CancellationToken stop = default)
    {
        var answer = await Send<IssuedToken>(HttpMethod.Post, "demo/tokens", null, person, null, stop);
        return new(answer.Value is { } issued ? new Token(issued.Token, issued.ExpiresAt) : null, answer.Problem);
    }

    /// <summary>Puts an agent who serves every queue of the campus on its staff; where the built-in issuer is switched on.</summary>
    public Task<Answer<Person>> Enroll(Person agent, int capacity, CancellationToken stop = default) =>
        Send<Person>(HttpMethod.Post, "demo/agents", null, new { agent.Campus, agent.Role, agent.Sub, agent.Name, capacity }, null, stop);

    /// <summary>Opens a contact. Repeating it with the same id and body is harmless.</summary>
    public Task<Answer<Opened>> Open(string token, string campus, string contactId, string text, string? orderNumber = null, CancellationToken stop = default) =>
        Send<Opened>(HttpMethod.Post, $"api/v1/campuses/{campus}/tickets", token, new { text, orderNumber }, contactId, stop);

    /// <summary>A ticket and all its events after a seq, page by page.</summary>
    public async Task<Answer<TicketHistory>> Events(string token, string campus, string ticketId, long after = 0, CancellationToken stop = default)
    {
        var events = new List<TicketEvent>();
        while (true)
        {
            var page = await Send<TicketHistory>(HttpMethod.Get, $"api/v1/campuses/{campus}/tickets/{ticketId}/events?after={after}&limit={EventsOfAPage}", token, null, null, stop);
            if (page.Value is not { } history) return page;
            events.AddRange(history.Events);
            if (history.Events.Length < EventsOfAPage) return page with { Value = history with { Events = [.. events] } };
            after = history.Events[^1].Seq;
        }
    }

    private const int EventsOfAPage = 200;

    /// <summary>Any call of the API.</summary>
    public async Task<Answer<T>> Send<T>(HttpMethod method, string path, string? token, object? body, string? idempotencyKey, CancellationToken stop) where T : class
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        using var response = await _http.SendAsync(request, stop);
        return response.IsSuccessStatusCode
            ? new(await response.Content.ReadFromJsonAsync<T>(Json, stop), null)
            : new(null, await ProblemOf(response, stop));
    }

    private static async Task<Problem> ProblemOf(HttpResponseMessage response, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return new(response.ReasonPhrase, status, null, null, null);
        return await response.Content.ReadFromJsonAsync<Problem>(Json, stop) ?? new(response.ReasonPhrase, status, null, null, null);
    }

    private sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);
}
