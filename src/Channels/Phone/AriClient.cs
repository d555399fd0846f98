using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CampusCare.Channels.Phone;

/// <summary>How a command to the telephone server ended: done; its channel is gone; or it failed, and may be tried again.</summary>
public enum AriOutcome { Done, Gone, Failed }

/// <summary>The REST interface of the telephone server. Never throws; each command may be repeated.</summary>
public sealed class AriClient : IDisposable
{
    /// <summary>How long a command may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The longest answer: the list of all channels of a large server.</summary>
    public const int MaximumAnswer = 8 * 1024 * 1024;

    private readonly PhoneSettings _settings;
    private readonly HttpClient _http;

    public AriClient(PhoneSettings settings)
    {
        _settings = settings;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = settings.Rest,
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaximumAnswer,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(settings.Key)));
    }

    /// <summary>Picks up.</summary>
    public Task<AriOutcome> Answer(string channel) => Send(HttpMethod.Post, $"channels/{E(channel)}/answer", OfChannel);

    /// <summary>Hangs up; a channel that is gone already is as it should be.</summary>
    public Task<AriOutcome> HangUp(string channel) => Send(HttpMethod.Delete, $"channels/{E(channel)}?reason=normal", OfChannel);

    /// <summary>Plays a sound to a channel.</summary>
    public Task<AriOutcome> Play(string channel, string media) =>
        Send(HttpMethod.Post, $"channels/{E(channel)}/play?media={E(media)}&lang={E(_settings.Options.Language)}", OfChannel);

    /// <summary>Calls an agent's telephone; who picks up comes into our application.</summary>
    /// <param name="channel">The id that the new channel gets; a call that is there already is not made again.</param>
    /// <param name="endpoint">Which telephone.</param>
    /// <param name="caller">The caller's channel.</param>
    public Task<AriOutcome> Originate(string channel, string endpoint, string caller) => Send(
        HttpMethod.Post,
        $"channels/{E(channel)}?endpoint={E(endpoint)}&app={E(_settings.Options.Application)}&appArgs={E($"agent,{caller}")}&originator={E(caller)}&timeout={_settings.Options.RingSeconds}",
        static status => status == HttpStatusCode.Conflict ? AriOutcome.Done : AriOutcome.Gone);

    /// <summary>Makes a bridge, unless it is there.</summary>
    public Task<AriOutcome> Bridge(string bridge, bool mixing) => Send(HttpMethod.Post, $"bridges/{E(bridge)}?type={(mixing ? "mixing" : "holding")}", static _ => AriOutcome.Failed);

    /// <summary>Plays music in a bridge.</summary>
    public Task<AriOutcome> Music(string bridge) => Send(HttpMethod.Post, $"bridges/{E(bridge)}/moh?mohClass={E(_settings.Options.Music)}", static _ => AriOutcome.Failed);

    /// <summary>Puts a channel into a bridge, out of any other one.</summary>
    public Task<AriOutcome> AddChannel(string bridge, string channel) =>
        Send(HttpMethod.Post, $"bridges/{E(bridge)}/addChannel?channel={E(channel)}", static status => status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity ? AriOutcome.Gone : AriOutcome.Failed);

    /// <summary>Ends a bridge; one that is gone already is as it should be.</summary>
    public Task<AriOutcome> Drop(string bridge) => Send(HttpMethod.Delete, $"bridges/{E(bridge)}", OfChannel);

    /// <summary>A channel as it is; gone, or not known now.</summary>
    public async Task<(AriOutcome Outcome, AriChannel? Channel)> Channel(string channel)
    {
        var (outcome, body) = await Ask(HttpMethod.Get, $"channels/{E(channel)}", OfChannel);
        return (outcome, body is { } json ? AriChannel.Read(json) : null);
    }

    /// <summary>All channels of the server; null when they can't be had.</summary>
    public async Task<IReadOnlyList<AriChannel>?> Channels()
    {
        var (_, body) = await Ask(HttpMethod.Get, "channels", OfChannel);
        return body is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(AriChannel.Read).OfType<AriChannel>()] : null;
    }

    public void Dispose() => _http.Dispose();

    // 404: there is none; 409: it left our application; 412: it is in no state for it.
    private static AriOutcome OfChannel(HttpStatusCode status) =>
        status is HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed ? AriOutcome.Gone : AriOutcome.Failed;

    private static string E(string text) => Uri.EscapeDataString(text);

    private async Task<AriOutcome> Send(HttpMethod method, string address, Func<HttpStatusCode, AriOutcome> refused) => (await Ask(method, address, refused)).Outcome;

    private async Task<(AriOutcome Outcome, JsonElement? Body)> Ask(HttpMethod method, string address, Func<HttpStatusCode, AriOutcome> refused)
    {
        try
        {
            using var request = new HttpRequestMessage(method, address);
            using var answer = await _http.SendAsync(request);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or >= HttpStatusCode.InternalServerError) return (AriOutcome.Failed, null);
            if (!answer.IsSuccessStatusCode) return (refused(answer.StatusCode), null);
            if (method != HttpMethod.Get) return (AriOutcome.Done, null);
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            return (AriOutcome.Done, document.RootElement.Clone());
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            return (AriOutcome.Failed, null);
        }
    }
}
