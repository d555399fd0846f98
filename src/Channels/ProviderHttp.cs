using System.Net;
using CampusCare.Domain.Tickets;

namespace CampusCare.Channels;

/// <summary>Requests to providers: bounded in time and size, following nobody elsewhere.</summary>
public sealed class ProviderHttp : IDisposable
{
    /// <summary>How long a provider may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The longest answer that is read.</summary>
    public const int MaximumAnswer = 64 * 1024;

    /// <summary>The longest pause that a provider may ask for.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaximumAnswer,
    };

    /// <summary>Sends and reads the answer.</summary>
    /// <returns>What the reader made of it, or why there was nothing to read.</returns>
    public async Task<Delivery> Send(HttpRequestMessage request, Func<HttpResponseMessage, string, Delivery> read)
    {
        try
        {
            using var answer = await _http.SendAsync(request);
            return read(answer, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException)
        {
            return Delivery.Later(ReplyFault.Unreachable);
        }
    }

    /// <summary>Gets a file. Never throws.</summary>
    /// <returns>The file, or null with what went wrong; a file that is larger than asked for is never to be had.</returns>
    public async Task<(byte[]? File, string ContentType, Delivery Fault)> Download(Uri address, int maximumBytes)
    {
        using var limit = new CancellationTokenSource(Timeout);
        try
        {
            using var answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode) return (null, "", Of(answer));
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            var file = new byte[maximumBytes + 1];
            var length = await body.ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false, limit.Token);
            return length > maximumBytes ? (null, "", Delivery.Never(ReplyFault.TooLong)) : (file[..length], answer.Content.Headers.ContentType?.MediaType ?? "", Delivery.Sent);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return (null, "", Delivery.Later(ReplyFault.Unreachable));
        }
    }

    /// <summary>What a status means where the provider's body says nothing more.</summary>
    public static Delivery Of(HttpResponseMessage answer) => answer.StatusCode switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices or HttpStatusCode.Conflict => Delivery.Sent,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => Delivery.Never(ReplyFault.AddressRefused),
        HttpStatusCode.RequestEntityTooLarge => Delivery.Never(ReplyFault.TooLong),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => Delivery.Never(ReplyFault.ContentRefused),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Delivery.Later(ReplyFault.CredentialsRefused),
        HttpStatusCode.TooManyRequests => Delivery.Later(ReplyFault.QuotaUsedUp, PauseOf(answer)),
        _ => Delivery.Later(ReplyFault.ProviderFailed, PauseOf(answer)),
    };

    private static TimeSpan? PauseOf(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta switch
    {
        null => null,
        { } pause when pause < LongestPause => pause,
        _ => LongestPause,
    };

    public void Dispose() => _http.Dispose();
}
