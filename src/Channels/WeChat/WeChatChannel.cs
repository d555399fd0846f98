using System.Text;
using System.Text.Json;
using CampusCare.Domain.Tickets;

namespace CampusCare.Channels.WeChat;

/// <summary>A WeChat official account, or a mini-program: pushed messages in, customer-service messages out.</summary>
public sealed class WeChatChannel : IInboundChannel, IOutboundChannel
{
    /// <summary>The longest text that WeChat takes, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 2048;

    private readonly WeChatPush _push;
    private readonly AccessToken _token;
    private readonly Uri _api;
    private readonly ProviderHttp _http;

    private WeChatChannel(WeChatPush push, AccessToken token, Uri api, ProviderHttp http) => (_push, _token, _api, _http) = (push, token, api, http);

    /// <summary>WeChat asks again after five seconds.</summary>
    public TimeSpan AnswerWithin { get; } = TimeSpan.FromSeconds(4);

    internal static WeChatChannel Create(WeChatOptions options, bool isMiniProgram, SettingsReader settings, ProviderHttp http, TimeProvider time)
    {
        var appId = settings.Needed(options.AppId, "AppId", "the account's id, as WeChat shows it");
        var token = settings.Secret(options.Token, "Token", "the token that was entered for the message push");
        var key = options.EncodingAesKey is null ? null : settings.Secret(options.EncodingAesKey, "EncodingAesKey", "the key that was entered for the message push");
        if (key is { Length: > 0 } && !WeChatCrypto.IsKey(key)) settings.Refuse("EncodingAesKey", "must be 43 letters and digits, as WeChat makes it");
        var secret = settings.Secret(options.AppSecret, "AppSecret", "the account's secret; replies need it");
        var api = settings.Address(options.Api, "Api")!;
        var crypto = new WeChatCrypto(token, appId, key is not null && WeChatCrypto.IsKey(key) ? key : null);
        return new WeChatChannel(new WeChatPush(crypto, options.Acknowledgement, isMiniProgram), new AccessToken(api, appId, secret, http, time), api, http);
    }

    public Inbound Receive(ChannelRequest request, DateTimeOffset now) => _push.Receive(request, now);

    public async Task<Delivery> Send(OutboundReply reply)
    {
        if (Encoding.UTF8.GetByteCount(reply.Text) > MaximumBytes) return Delivery.Never(ReplyFault.TooLong);
        var body = JsonSerializer.SerializeToUtf8Bytes(new WeChatReply(reply.Address, "text", new WeChatText(reply.Text)), WeChatJson.Plain.WeChatReply);
        var (token, fault) = await _token.Get();
        if (token is null) return fault!;
        var (delivery, needsToken) = await Send(body, token);
        if (!needsToken) return delivery;
        (token, fault) = await _token.Get(refused: token);
        return token is null ? fault! : (await Send(body, token)).Delivery;
    }

    /// <summary>Pictures are fetched: WeChat keeps them three days. Voice and videos stay words.</summary>
    public async Task<FetchedFile> Fetch(InboundAttachment file, int maximumBytes)
    {
        if (file.ContentType != "image") return FetchedFile.None;
        var (token, _) = await _token.Get();
        if (token is null) return FetchedFile.Later;
        var (fetched, needsToken) = await Fetch(file.Reference, token, maximumBytes);
        if (!needsToken) return fetched;
        (token, _) = await _token.Get(refused: token);
        return token is null ? FetchedFile.Later : (await Fetch(file.Reference, token, maximumBytes)).File;
    }

    private async Task<(FetchedFile File, bool NeedsToken)> Fetch(string media, string token, int maximumBytes)
    {
        var address = new Uri(_api, $"/cgi-bin/media/get?access_token={Uri.EscapeDataString(token)}&media_id={Uri.EscapeDataString(media)}");
        var (bytes, contentType, fault) = await _http.Download(address, maximumBytes);
        if (bytes is null) return (fault.End == ReplyEnd.Later ? FetchedFile.Later : FetchedFile.None, false);
        if (contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)) return (new FetchedFile(bytes), false);
        // A "no" comes with status 200, too.
        if (WeChatAnswer.Read(Encoding.UTF8.GetString(bytes)) is not { } no) return (FetchedFile.None, false);
        return (WeChatAnswer.IsGone(no.Code) ? FetchedFile.None : FetchedFile.Later, no.NeedsToken);
    }

    private async Task<(Delivery Delivery, bool NeedsToken)> Send(byte[] body, string token)
    {
        var needsToken = false;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_api, $"/cgi-bin/message/custom/send?access_token={Uri.EscapeDataString(token)}")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        var delivery = await _http.Send(request, (answer, text) =>
        {
            if (!answer.IsSuccessStatusCode) return ProviderHttp.Of(answer);
            if (WeChatAnswer.Read(text) is not { } read) return Delivery.Later(ReplyFault.ProviderFailed);
            needsToken = read.NeedsToken;
            return WeChatAnswer.Of(read.Code);
        });
        return (delivery, needsToken);
    }
}
