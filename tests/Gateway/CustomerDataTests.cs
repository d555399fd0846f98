using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Gateway.Identity;
using CampusCare.Grains.Journals;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests;

/// <summary>All data of one customer: handed out whole, erased whole, by the right people, on record.</summary>
[Collection(nameof(SharedProcess))]
public sealed class CustomerDataTests(SharedProcess shared)
{
    private readonly GatewayProcess _gateway = shared.Process;

    private string Admin => _gateway.Token("boss", Role.CampusAdmin);

    private static string Of(string customer, string what) => $"/api/v1/campuses/north/customers/{customer}/{what}";

    [Fact]
    public async Task The_export_holds_everything_that_the_customer_ever_wrote()
    {
        var random = new Random(5);
        var written = new List<string>();
        // More than one page of tickets.
        for (var i = 0; i < 60; i++)
        {
            written.Add($"第{i}次：汤洒了 {random.Next()}");
            var id = await _gateway.Open("data-1", written[^1]);
            for (var m = random.Next(3); m > 0; m--)
            {
                written.Add($"还有 {random.Next()}");
                (await _gateway.Post($"/api/v1/campuses/north/tickets/{id}/messages", _gateway.Token("data-1"), new { messageId = $"m{m}", text = written[^1] })).Status.ShouldBe(HttpStatusCode.Created);
            }
        }
        await _gateway.Open("data-other", "别人的话");

        using var export = await Export("data-1");

        var tickets = export.RootElement.GetProperty("tickets").EnumerateArray().ToList();
        tickets.Count.ShouldBe(60);
        var told = tickets.SelectMany(ticket => ticket.GetProperty("events").EnumerateArray()).Select(happened => happened.GetProperty("text").GetString()).ToHashSet();
        written.Except(told.OfType<string>()).ShouldBeEmpty();
        told.ShouldNotContain("别人的话");
        (await Recorded("data-1")).ShouldBe([(DataRequestKind.Export, "boss")]);
    }

    [Fact]
    public async Task Open_tickets_are_not_erased_by_accident()
    {
        var id = await _gateway.Open("data-2", "汤洒了");
        (await _gateway.Post(Of("data-2", "erasure"), Admin)).ShouldBeProblem(409, "ticketOpen", "closeOpen");
        (await _gateway.Get($"/api/v1/campuses/north/tickets/{id}", _gateway.Token("data-2"))).Json.GetProperty("subject").GetString().ShouldBe("汤洒了");
    }

    [Fact]
    public async Task An_erasure_leaves_nothing_personal_and_tells_where_the_chains_stand()
    {
        var ids = new[] { await _gateway.Open("data-3", "汤洒了"), await _gateway.Open("data-3", "又洒了") };

        var receipt = await _gateway.Post(Of("data-3", "erasure"), Admin, new { closeOpen = true });

        receipt.Status.ShouldBe(HttpStatusCode.OK, receipt.Body);
        receipt.Json.GetProperty("events").GetInt32().ShouldBe(2);
        foreach (var erased in receipt.Json.GetProperty("tickets").EnumerateArray())
        {
            var stored = await _gateway.Services.GetRequiredService<ITicketJournal>().Read("north", erased.GetProperty("ticketId").GetString()!, 0);
            stored[^1].Hash.ToString().ShouldBe(erased.GetProperty("hash").GetString());
            stored.ShouldAllBe(item => item.Personal == null);
        }
        foreach (var id in ids)
        {
            var seen = (await _gateway.Get($"/api/v1/campuses/north/tickets/{id}", _gateway.Token("data-3"))).Json;
            seen.GetProperty("erasedAt").ValueKind.ShouldBe(JsonValueKind.String);
            seen.GetProperty("customer").GetProperty("name").GetString().ShouldBeEmpty();
        }
        (await _gateway.Services.GetRequiredService<JournalVerifier>().Verify()).First.ShouldBeNull();

        var again = await _gateway.Post(Of("data-3", "erasure"), Admin);
        again.Json.GetProperty("events").GetInt32().ShouldBe(0);
        again.Json.GetProperty("tickets").ToString().ShouldContain(ids[0]);
        (await Recorded("data-3")).ShouldBe([(DataRequestKind.Erasure, "boss"), (DataRequestKind.Erasure, "boss")]);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("erasure")]
    public async Task Nobody_else_gets_at_a_customers_data(string what)
    {
        await _gateway.Open("data-4");
        foreach (var role in new[] { Role.Customer, Role.Agent, Role.Expert, Role.QualityInspector, Role.Supervisor })
            (await _gateway.Post(Of("data-4", what), _gateway.Token("data-4", role))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _gateway.Post(Of("data-4", what), _gateway.Token("boss", Role.CampusAdmin, "south"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _gateway.Post(Of("nobody", what), Admin)).ShouldBeProblem(404, "notFound");
        (await _gateway.Post(Of("half%20a%20name", what), Admin)).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task An_admin_says_how_long_data_are_kept()
    {
        var changed = await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/south/retention", _gateway.Token("boss", Role.CampusAdmin, "south"), new { personalDays = 180 });
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Body);
        changed.Json.GetProperty("retention").GetProperty("personalDays").GetInt32().ShouldBe(180);
        (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/south/retention", _gateway.Token("boss", Role.CampusAdmin, "south"), new { personalDays = -1 }))
            .ShouldBeProblem(400, "invalid", "retention.personalDays");
        (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/retention", _gateway.Token("chief", Role.Supervisor), new { personalDays = 1 })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<JsonDocument> Export(string customer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Of(customer, "export"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Admin);
        using var response = await _gateway.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        await using var zip = new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
        await using var document = zip.GetEntry("customer.json")!.Open();
        return await JsonDocument.ParseAsync(document);
    }

    private async Task<List<(DataRequestKind Kind, string By)>> Recorded(string customer) =>
        await _gateway.Services.GetRequiredService<IStaffJournal>().Between("north", DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
            .Select(StaffEventCodec.Decode).Select(happened => happened.Event).OfType<DataRequested>()
            .Where(asked => asked.CustomerId == customer).Select(asked => (asked.Kind, asked.By)).ToListAsync();
}
