using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests.Fuzz;

/// <summary>Sends requests made from the API document by chance, and says which answers can't be.</summary>
internal sealed class Fuzzer : IDisposable
{
    /// <summary>A request that takes longer hangs.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(15);

    // Longer addresses are refused by the server's parser, before any code of ours runs.
    private const int LongestSegment = 300;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"];
    private static readonly string[] ContentTypes = ["text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=nonsense", "multipart/form-data; boundary=x", "*/*", "application/problem+json"];

    private readonly IReadOnlyList<ApiOperation> _operations;
    private readonly BodyMaker _bodies;
    private readonly Random _chance;
    private readonly string?[] _tokens;
    private readonly string[] _tickets;
    private readonly HttpClient _http;

    public Fuzzer(GatewayProcess gateway, JsonElement document, string[] tickets, int seed)
    {
        _chance = new Random(seed);
        _operations = ApiOperation.Of(document);
        _bodies = new BodyMaker(document.GetProperty("components").GetProperty("schemas"), _chance);
        _tickets = tickets;
        _tokens = [null, "nonsense", .. Enum.GetValues<Role>().Select(role => gateway.Token("fuzz", role)), gateway.Token("fuzz", campus: GatewayProcess.OtherCampus)];
        _http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8, AllowAutoRedirect = false })
        {
            BaseAddress = gateway.Url,
            Timeout = Hangs,
        };
    }

    public IReadOnlyList<ApiOperation> Operations => _operations;

    /// <summary>Each operation so many times.</summary>
    /// <returns>What can't be, each with its request.</returns>
    public async Task<List<string>> Run(int times)
    {
        var wrong = new List<string>();
        for (var i = 0; i < times; i++)
            foreach (var operation in _operations)
                if (await Try(operation) is { } fault) wrong.Add(fault);
        return wrong;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> Try(ApiOperation operation)
    {
        var method = _chance.Next(8) > 0 ? operation.Method : _bodies.Pick(Methods);
        var (address, token) = (Address(operation), _tokens[_chance.Next(_tokens.Length)]);
        var headers = operation.Headers.Where(_ => _chance.Next(2) == 0)
            .Select(name => (name, Printable(_chance.Next(2) == 0 ? _bodies.Pick(BodyMaker.Nasty) : $"k{_chance.Next(20)}"))).ToArray();
        var hasBody = method is not ("GET" or "HEAD" or "TRACE") && (operation.Body is not null || _chance.Next(2) == 0);
        var body = hasBody ? operation.Body is { } schema ? _bodies.Make(schema) : "{}"u8.ToArray() : null;
        var contentType = _chance.Next(10) == 0 ? _bodies.Pick(ContentTypes) : "application/json";
        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(new HttpMethod(method), address);
            if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            if (body is null) return request;
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            return request;
        }
        string Told(string fault) => $"{method} {address} [{contentType} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(300, body?.Length ?? 0)))}]: {fault}";
        return await Send(operation, method, Request, again: true) is { } wrong ? Told(wrong) : null;
    }

    // A server that refuses a body before it has read it hangs up; who sends the next request on that connection hears nothing.
    private async Task<string?> Send(ApiOperation operation, string method, Func<HttpRequestMessage> make, bool again)
    {
        using var request = make();
        try
        {
            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            return Fault(operation, method == operation.Method, (int)answer.StatusCode, answer.Content.Headers.ContentType, body, method == "HEAD");
        }
        catch (HttpRequestException error)
        {
            if (again) return await Send(operation, method, make, again: false);
            return request.Content?.Headers.ContentLength > BodyMaker.LargestBody ? null : $"{error.Message} {error.InnerException?.Message}";
        }
        catch (TaskCanceledException)
        {
            return $"no answer in {Hangs}";
        }
    }

    private string Address(ApiOperation operation)
    {
        var path = operation.Path.Replace("{campus}", Segment("north", "south")).Replace("{id}", Segment(_tickets)).Replace("{queue}", Segment("delivery", "general"));
        foreach (var (name, at) in Parameters(path)) path = path.Replace(at, Segment(name));
        var query = operation.Query.Where(_ => _chance.Next(2) == 0).Select(name => $"{name}={Uri.EscapeDataString(WellFormed(_chance.Next(2) == 0 ? Short(_bodies.Pick(BodyMaker.Nasty)) : $"{_chance.Next(9)}"))}");
        return $"{path}?{string.Join('&', query)}";
    }

    private static IEnumerable<(string Name, string At)> Parameters(string path) =>
        path.Split('/').Where(static part => part is ['{', .., '}']).Select(static part => (part[1..^1], part));

    private string Segment(params string[] right)
    {
        if (_chance.Next(4) > 0) return right[_chance.Next(right.Length)];
        // The server's parser refuses U+0000 in a path before any code of ours runs; a dot segment is another address.
        var nasty = WellFormed(_bodies.Pick(BodyMaker.Nasty)).Replace("\0", "");
        return nasty.Length == 0 ? "x" : Uri.EscapeDataString(Short(nasty));
    }

    private static string Short(string text) => text.Length > LongestSegment ? text[..LongestSegment] : text;

    private static string WellFormed(string text) => text.Replace("\ud800", "\ufffd");

    private static string Printable(string text) => string.Concat(WellFormed(text).Where(static c => !char.IsControl(c)));

    private static string? Fault(ApiOperation operation, bool itsMethod, int status, MediaTypeHeaderValue? media, string body, bool headOnly)
    {
        if (status >= 500 && status != 503) return $"status {status}: {body}";
        if (itsMethod && !operation.Statuses.Contains(status)) return $"status {status} is not in the document: {body}";
        if (headOnly || (status < 400 && media?.MediaType != "application/json")) return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (status < 400) return null;
            if (media?.MediaType != "application/problem+json") return $"status {status} came as {media}";
            foreach (var field in new[] { "type", "title", "detail", "code" })
                if (json.RootElement.GetProperty(field).GetString() is not { Length: > 0 }) return $"a problem without {field}: {body}";
            return json.RootElement.GetProperty("status").GetInt32() == status ? null : $"status {status} in the line, another one in the problem: {body}";
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"status {status}, no such JSON as it should be: {body}";
        }
    }
}
