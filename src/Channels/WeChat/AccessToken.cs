using System.Text.Json;
using CampusCare.Domain.Tickets;

namespace CampusCare.Channels.WeChat;

/// <summary>
/// An account's access token: fetched when it is needed, kept until shortly before it ends, and asked for once at a time.
/// The stable interface is used, whose token several processes may ask for without ending each other's.
/// </summary>
internal sealed class AccessToken(Uri api, string appId, string secret, ProviderHttp http, TimeProvider time) : IDisposable
{
    /// <summary>How long before its end a token is no longer used.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private string? _token;
    private DateTimeOffset _until;

    /// <summary>A token, or why there is none. <paramref name="refused"/>: the one that WeChat just refused.</summary>
    public async Task<(string? Token, Delivery? Fault)> Get(string? refused = null)
    {
        await _one.WaitAsync();
        try
        {
            if (_token is not null && _token != refused && time.GetUtcNow() < _until) return (_token, null);
            var fault = await Fetch(isForced: refused is not null);
            return fault.End == ReplyEnd.Sent ? (_token, null) : (null, fault);
        }
        finally
        {
            _one.Release();
        }
    }

    private Task<Delivery> Fetch(bool isForced)
    {
        var asked = JsonSerializer.SerializeToUtf8Bytes(new WeChatTokenRequest("client_credential", appId, secret, isForced), WeChatJson.Default.WeChatTokenRequest);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, "/cgi-bin/stable_token")) { Content = new ByteArrayContent(asked) };
        request.Content.Headers.ContentType = new("application/json");
        return http.Send(request, (answer, body) =>
        {
            if (!answer.IsSuccessStatusCode) return ProviderHttp.Of(answer);
            if (WeChatAnswer.Read(body) is not { } read) return Delivery.Later(ReplyFault.ProviderFailed);
            if (read.AccessToken is null) return WeChatAnswer.Of(read.Code);
            (_token, _until) = (read.AccessToken, time.GetUtcNow() + TimeSpan.FromSeconds(read.ExpiresIn) - Margin);
            return Delivery.Sent;
        });
    }

    public void Dispose() => _one.Dispose();
}
