using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Gateway.Identity;
using CampusCare.OrderService;
using SkiaSharp;

namespace CampusCare.Gateway.Tests;

/// <summary>A picture that is used twice, from the upload to the supervisor who looks at it.</summary>
public sealed class DoubtTests : IAsyncLifetime
{
    private const string Campus = "/api/v1/campuses/north";

    private OrderServiceHost _orders = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _orders = await OrderServiceHost.Start(7, "secret", TimeProvider.System);
        _gateway = await GatewayProcess.StartWithOrders(_orders);
        var policy = new
        {
            rules = new object[] { new { id = "missing", kind = "refund", categories = new[] { "missingItem" }, needsPicture = true, percent = 30 } },
            automaticFen = 2_000,
            agentFen = 4_000,
            customerDayFen = 4_000,
            customerTimes = 4,
            campusDayFen = 100_000,
        };
        (await _gateway.Send(HttpMethod.Put, $"{Campus}/remedies", _gateway.Token("admin", Role.CampusAdmin), policy)).Status.ShouldBe(HttpStatusCode.OK);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _orders.DisposeAsync();
    }

    private async Task<string> Missing(Page page, string customer, byte[] picture, string type)
    {
        var number = _orders.Orders.Place("north", customer, Story.OnTime);
        var id = (await page.Do("Open", new { text = "少送了一份米饭", contactId = "c1", orderNumber = number })).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await page.Do("Watch", id, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Campus}/tickets/{id}/evidence") { Content = new ByteArrayContent(picture) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _gateway.Token(customer));
        using var response = await _gateway.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return id;
    }

    private async Task<JsonElement> Cases() => (await _gateway.Get($"{Campus}/remedies/doubts", _gateway.Token("boss", Role.Supervisor))).Json;

    [Fact]
    public async Task The_same_picture_packed_anew_on_a_second_account_waits_for_a_person_and_is_paid_when_a_supervisor_cleared_it()
    {
        using var plate = DrawnPictures.Draw("plate", 1);
        await using var first = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("s1"));
        var paid = await Missing(first, "s1", DrawnPictures.Packed(plate), "image/jpeg");
        await first.Event(paid, "remedyPaid");

        await using var second = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("s2"));
        var id = await Missing(second, "s2", DrawnPictures.Packed(plate, SKEncodedImageFormat.Webp, 60), "image/webp");
        (await second.Event(id, "message")).GetProperty("text").GetString()!.ShouldContain("专人");
        var mine = await _gateway.Get($"{Campus}/tickets/{id}", _gateway.Token("s2"));
        mine.Json.GetProperty("proposedRemedies").GetArrayLength().ShouldBe(0);
        mine.Json.GetRawText().ShouldNotContain("pictureSeen");
        (await _gateway.Get($"{Campus}/tickets/{id}/events", _gateway.Token("s2"))).Json.GetRawText().ShouldNotContain(paid, Case.Sensitive, "whose picture it was is nobody's business");

        var staff = (await _gateway.Get($"{Campus}/tickets/{id}", _gateway.Token("a9", Role.Agent))).Json.GetProperty("proposedRemedies")[0];
        (staff.GetProperty("reason").GetString(), staff.GetProperty("doubts")[0].GetProperty("sign").GetString(), staff.GetProperty("doubts")[0].GetProperty("ticketId").GetString()).ShouldBe(("doubtful", "pictureSeen", paid));
        var matter = (await Cases()).EnumerateArray().Single();
        (matter.GetProperty("ticketId").GetString(), matter.GetProperty("clearedBy").ValueKind).ShouldBe((id, JsonValueKind.Null));
        _orders.Remedies.Paid.Count.ShouldBe(1);

        (await _gateway.Post($"{Campus}/tickets/{paid}/remedies/doubts/clear", _gateway.Token("boss", Role.Supervisor))).ShouldBeProblem(404, "notFound");
        (await _gateway.Post($"{Campus}/tickets/{id}/remedies/doubts/clear", _gateway.Token("boss", Role.Supervisor))).Status.ShouldBe(HttpStatusCode.OK);
        await second.Event(id, "remedyPaid");
        (await Cases()).EnumerateArray().Single().GetProperty("clearedBy").GetString().ShouldBe("boss");
        (await _gateway.Grains.Audit("north").Read(new AuditQuery(0, 50, null))).ShouldContain(static entry => entry.What.Action == AuditActions.DoubtsCleared && entry.What.Actor == "boss");
    }

    [Fact]
    public async Task Another_picture_of_the_same_kind_is_paid_at_once()
    {
        foreach (var (customer, seed) in new[] { ("s1", 1), ("s2", 2) })
        {
            using var plate = DrawnPictures.Draw("plate", seed);
            await using var page = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token(customer));
            await page.Event(await Missing(page, customer, DrawnPictures.Packed(plate), "image/jpeg"), "remedyPaid");
        }
    }
}
