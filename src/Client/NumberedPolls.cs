namespace CampusCare.Client;

/// <summary>
/// Numbers the polls of long polling. HTTP libraries repeat a GET whose answer got lost, and nobody hears of it; what the
/// lost answer carried would be missing. By the number the gateway knows a poll that comes twice, and ends the connection.
/// </summary>
internal sealed class NumberedPolls(HttpMessageHandler wire) : DelegatingHandler(wire)
{
    private long _last;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get && request.RequestUri is { } address)
            request.RequestUri = new UriBuilder(address) { Query = $"{address.Query}&_={Interlocked.Increment(ref _last)}" }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
