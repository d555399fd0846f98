using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>Pictures of a ticket: added once, seen by those who see the ticket, gone with it.</summary>
[Collection(nameof(SharedProcess))]
public sealed class EvidenceTests(SharedProcess shared)
{
    private readonly GatewayProcess _gateway = shared.Process;

    private static string Of(string ticket, string hash = "", string campus = "north") => $"/api/v1/campuses/{campus}/tickets/{ticket}/evidence{(hash == "" ? "" : "/" + hash)}";

    [Fact]
    public async Task A_picture_is_kept_without_its_secrets_and_shown_to_those_who_see_the_ticket()
    {
        var id = await _gateway.Open("evi-1");
        var file = Pictures.With("image/png", "secret");
        (await Add(id, "evi-1", file)).Status.ShouldBe(HttpStatusCode.Created);
        (await Add(id, "evi-1", file)).Status.ShouldBe(HttpStatusCode.Created);

        var named = (await Evidence(id)).ShouldHaveSingleItem();
        foreach (var caller in new[] { _gateway.Token("evi-1"), _gateway.Token("a9", Role.Agent) })
        {
            var (response, bytes) = await Fetch(Of(id, named.Hash), caller);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(named.Hash);
            bytes.AsSpan().IndexOf("secret"u8).ShouldBe(-1);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
            response.Headers.CacheControl!.Private.ShouldBeTrue();
        }
        (await _gateway.Get(Of(id, named.Hash), _gateway.Token("evi-other"))).ShouldBeProblem(404, "notFound");
        (await _gateway.Get(Of(id, named.Hash, "south"), _gateway.Token("a9", Role.Agent, "south"))).ShouldBeProblem(404, "notFound");
        (await _gateway.Get(Of(id, named.Hash), null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _gateway.Get(Of(id, new string('0', 64)), _gateway.Token("evi-1"))).ShouldBeProblem(404, "notFound");
        (await _gateway.Get(Of(id, "..%2F..%2Fcampuscare.db"), _gateway.Token("evi-1"))).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task Only_the_customer_and_the_tickets_agent_add_pictures_and_only_pictures()
    {
        var id = await _gateway.Open("evi-2");
        var file = Pictures.With("image/jpeg", "");
        (await Add(id, "evi-other", file)).ShouldBeProblem(404, "notFound");
        (await Add(id, "a9", file, role: Role.Agent)).ShouldBeProblem(409, "notYourTicket");
        (await Add(id, "evi-2", "<svg/>"u8.ToArray())).ShouldBeProblem(400, "invalid", "evidence");
        (await Add(id, "evi-2", file, "image/svg+xml")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Add(id, "evi-2", new byte[9 * 1024 * 1024])).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Evidence(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_erasure_takes_the_pictures_and_keeps_their_hashes_on_record()
    {
        var id = await _gateway.Open("evi-3");
        var other = await _gateway.Open("evi-4");
        (await Add(id, "evi-3", Pictures.With("image/webp", ""))).Status.ShouldBe(HttpStatusCode.Created);
        (await Add(other, "evi-4", Pictures.With("image/webp", ""))).Status.ShouldBe(HttpStatusCode.Created);
        var named = (await Evidence(id)).Single();

        var receipt = await _gateway.Post("/api/v1/campuses/north/customers/evi-3/erasure", _gateway.Token("boss", Role.CampusAdmin), new { closeOpen = true });

        receipt.Json.GetProperty("tickets")[0].GetProperty("files").GetInt32().ShouldBe(1);
        (await Evidence(id)).ShouldBe([named]);
        (await _gateway.Get(Of(id, named.Hash), _gateway.Token("evi-3"))).ShouldBeProblem(404, "notFound");
        (await Fetch(Of(other, named.Hash), _gateway.Token("evi-4"))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _gateway.Evidence.EnumerateFiles("*", SearchOption.AllDirectories).ShouldNotContain(file => file.FullName.Contains(id));
        (await Add(id, "evi-3", Pictures.With("image/webp", ""))).ShouldBeProblem(409, "ticketClosed");
    }

    [Fact]
    public async Task Who_sends_slowly_keeps_nobody_else_from_sending()
    {
        var slow = new List<SlowFile>();
        for (var i = 0; i < 6; i++)
        {
            var theirs = await _gateway.Open($"evi-slow-{i}");
            var file = new SlowFile();
            slow.Add(file);
            var request = new HttpRequestMessage(HttpMethod.Post, Of(theirs)) { Content = file };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _gateway.Token($"evi-slow-{i}"));
            _ = _gateway.Http.SendAsync(request);
            await file.Began;
        }
        var id = await _gateway.Open("evi-5");
        (await Add(id, "evi-5", Pictures.With("image/png", "")).WaitAsync(GatewayProcess.Patience)).Status.ShouldBe(HttpStatusCode.Created);
        foreach (var file in slow) file.End();
    }

    /// <summary>A body whose first byte came, and whose others don't.</summary>
    private sealed class SlowFile : HttpContent
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously), _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowFile() => Headers.ContentType = new MediaTypeHeaderValue("image/png");

        public Task Began => _began.Task;

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0x89 });
            await stream.FlushAsync();
            _began.TrySetResult();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private async Task<List<(string Hash, string Type)>> Evidence(string id)
    {
        var history = await _gateway.Get($"/api/v1/campuses/north/tickets/{id}/events?after=0", _gateway.Token("boss", Role.Supervisor));
        return [.. history.Json.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("evidence")).Where(file => file.ValueKind == JsonValueKind.Object)
            .Select(file => (file.GetProperty("hash").GetString()!, file.GetProperty("type").GetString()!))];
    }

    private async Task<(HttpResponseMessage Response, byte[] Bytes)> Fetch(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await _gateway.Http.SendAsync(request);
        return (response, await response.Content.ReadAsByteArrayAsync());
    }

    private async Task<Heard> Add(string id, string sub, byte[] file, string type = "image/png", Role role = Role.Customer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Of(id)) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.ExpectContinue = true; // so that a file that is too large is refused before it is sent
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _gateway.Token(sub, role));
        using var response = await _gateway.Http.SendAsync(request);
        return new Heard(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }
}
