using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests;

/// <summary>What supervisors see of the forecast, and of inflow that leaves it.</summary>
public sealed class ForecastTests : IAsyncLifetime
{
    private const int Days = 16;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    private string Boss => _gateway.Token("boss", Role.Supervisor);

    [Fact]
    public async Task A_surge_stands_on_the_wallboard_as_long_as_it_goes_on()
    {
        await Live();
        await using var boss = await Page.Open(_gateway, ClientKit.Hubs.Supervisor, Boss);
        (await boss.Do("Watch")).GetProperty("inflow").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        for (var i = 0; i < 12; i++) await _gateway.Open($"s{i}");
        await _gateway.Grains.Forecast(GatewayProcess.Campus).Look();
        var surge = (await boss.Pushed("WallboardChanged", static board => board.GetProperty("inflow").ValueKind != System.Text.Json.JsonValueKind.Null)).GetProperty("inflow");
        surge.GetProperty("came").GetInt32().ShouldBe(12);
        surge.GetProperty("agentsWanted").GetInt32().ShouldBeGreaterThan(0);
        await using var other = await Page.Open(_gateway, ClientKit.Hubs.Supervisor, _gateway.Token("boss", Role.Supervisor, GatewayProcess.OtherCampus));
        (await other.Do("Watch")).GetProperty("inflow").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task What_came_and_what_was_told_is_read_by_slot()
    {
        await Live();
        for (var i = 0; i < 3; i++) await _gateway.Open($"s{i}");
        var heard = await _gateway.Get("/api/v1/campuses/north/forecast", Boss);
        heard.Status.ShouldBe(System.Net.HttpStatusCode.OK, heard.Body);
        var (status, slots) = (heard.Json.GetProperty("status").GetString(), heard.Json.GetProperty("slots").EnumerateArray().ToList());
        status.ShouldBe("ready");
        heard.Json.GetProperty("daysKnown").GetInt32().ShouldBeInRange(14, Days);
        slots.Count.ShouldBeGreaterThanOrEqualTo(192);
        slots.Sum(static slot => slot.GetProperty("came").ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : slot.GetProperty("came").GetInt32()).ShouldBeGreaterThanOrEqualTo(3);
        slots[^1].GetProperty("came").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var told = slots[^1].GetProperty("told");
        told.GetProperty("expected").GetDouble().ShouldBeInRange(0.05, 1);
        (told.GetProperty("silos").GetInt32(), told.GetProperty("gateways").GetInt32()).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_campus_without_a_past_says_so()
    {
        var heard = await _gateway.Get("/api/v1/campuses/north/forecast", Boss);
        heard.Json.GetProperty("status").GetString().ShouldBe("tooLittleHistory");
        (heard.Json.GetProperty("daysKnown").GetInt32(), heard.Json.GetProperty("daysNeeded").GetInt32()).ShouldBe((0, 14));
        heard.Json.GetProperty("slots").EnumerateArray().ShouldAllBe(static slot => slot.GetProperty("told").ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    /// <summary>Days of the past with one contact an hour; the forecast is made when somebody asks for it first.</summary>
    private async Task Live()
    {
        var (journal, now) = (_gateway.Services.GetRequiredService<ITicketJournal>(), DateTimeOffset.UtcNow);
        await Task.WhenAll(Enumerable.Range(1, Days * 24).Select(hours => now.AddHours(-hours)).Select((at, i) => journal.Append(new Append(0, EventHash.None, [new NewEvent(TicketEventTypes.Opened, at, "{}")], new TicketRow
        {
            TicketId = $"past{i}",
            Campus = GatewayProcess.Campus,
            Queue = "general",
            State = TicketStates.Closed,
            CustomerId = "s9",
            Channel = "web",
            Category = "other",
            Urgency = "normal",
            Subject = "",
            OpenedAt = at,
            UpdatedAt = at,
        }))));
    }
}
