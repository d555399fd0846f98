using System.Collections.Concurrent;
using CampusCare.Client;
using CampusCare.ClientKit;
using CampusCare.PeakHour;

namespace CampusCare.Cli.Tests;

/// <summary>The demo as people start it: a process of its own, driven from outside through its public API.</summary>
public sealed class DemoTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll");

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-demo-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_contact_goes_all_the_way_and_is_found_after_a_clean_stop()
    {
        PeakReport report;
        string[] before;
        await using (var demo = await DemoProcess.Start(Program, _data))
        {
            report = await Peak(demo.Url, contacts: 60);
            before = await Tickets(demo.Url);
            (await demo.Stop()).ShouldBe(0, demo.LastWords);
        }
        report.ShouldSatisfyAllConditions(
            () => report.Opened.ShouldBe(60),
            () => report.Offered.ShouldBe(60),
            () => report.Resolved.ShouldBe(60),
            () => report.ExitCode.ShouldBe(0),
            () => report.AgentFailures.ShouldBeEmpty());

        await using var again = await DemoProcess.Start(Program, _data);
        before.Length.ShouldBe(60);
        (await Tickets(again.Url)).ShouldBe(before);
        (await again.Stop()).ShouldBe(0, again.LastWords);
        (await Run("verify", "--data", _data.FullName)).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill()
    {
        var acknowledged = new ConcurrentBag<string>();
        await using (var demo = await DemoProcess.Start(Program, _data))
        {
            using var gateway = new GatewayClient(demo.Url);
            var token = await SignIn(gateway, "Customer");
            var enough = new TaskCompletionSource();
            var writers = Enumerable.Range(0, 8).Select(writer => Write(gateway, token, writer, acknowledged, enough)).ToArray();
            await enough.Task;
            await demo.Kill();
            await Task.WhenAll(writers);
        }
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(Enough);

        await using var again = await DemoProcess.Start(Program, _data);
        using var reader = new GatewayClient(again.Url);
        var supervisor = await SignIn(reader, "Supervisor");
        foreach (var ticketId in acknowledged)
        {
            var history = (await reader.Events(supervisor, "north", ticketId)).Yes;
            history.Events[0].Type.ShouldBe("opened");
            history.Ticket.Phase.ShouldBe("waiting");
        }
        (await again.Stop()).ShouldBe(0, again.LastWords);
        (await Run("verify", "--data", _data.FullName)).ShouldBe(0);
    }

    [Fact]
    public async Task A_second_demo_on_the_same_data_is_refused()
    {
        await using var demo = await DemoProcess.Start(Program, _data);
        (await Run("demo", "--port", Ports.Free().ToString(), "--data", _data.FullName)).ShouldBe(1);
        (await demo.Stop()).ShouldBe(0, demo.LastWords);
    }

    private const int Enough = 40;

    private static async Task Write(GatewayClient gateway, string token, int writer, ConcurrentBag<string> acknowledged, TaskCompletionSource enough)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var opened = await gateway.Open(token, "north", $"kill-{writer}-{i}", "外卖一个小时了还没到");
                if (opened.Value is { } yes) acknowledged.Add(yes.Ticket.TicketId);
                if (acknowledged.Count >= Enough) enough.TrySetResult();
                // One customer's limit of contacts a minute must not end the test early.
                if (opened.Problem is not null) token = (await gateway.SignIn(new("north", "Customer", $"student-{writer}-{i}", "小夏", "Student"))).Yes.Value;
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private static async Task<PeakReport> Peak(Uri url, int contacts)
    {
        var lines = Enumerable.Range(1, contacts).Select(i => new TextLine($"{i}", $"第{i}单外卖超时了")).ToList();
        var options = new PeakOptions(new("none"), url, "north", Agents: 4, Capacity: 3, Rate: 100, Think: TimeSpan.Zero, Seed: 7, Json: null);
        return await new PeakRun(options, lines, url, TimeProvider.System, TextWriter.Null).Go(CancellationToken.None);
    }

    /// <summary>All tickets of all students of a peak, each with its state and its length.</summary>
    private static async Task<string[]> Tickets(Uri url)
    {
        using var gateway = new GatewayClient(url);
        var all = new List<string>();
        for (var student = 0; student < 60; student++)
        {
            var token = (await gateway.SignIn(new("north", "Customer", $"peak-student-{student}", "同学", "Student"))).Yes.Value;
            var mine = (await gateway.Send<Ticket[]>(HttpMethod.Get, "api/v1/campuses/north/tickets", token, null, null, default)).Yes;
            foreach (var summary in mine)
            {
                var history = (await gateway.Events(token, "north", summary.TicketId)).Yes;
                all.Add($"{history.Ticket.TicketId} {history.Ticket.Phase} {history.Ticket.Disposition} {history.Events.Length}");
            }
        }
        return [.. all.Order(StringComparer.Ordinal)];
    }

    private static async Task<string> SignIn(GatewayClient gateway, string role) => (await gateway.SignIn(new("north", role, $"{role}-1", "小夏", "Student"))).Yes.Value;

    private static async Task<int> Run(params string[] arguments)
    {
        await using var process = ServerProcess.Start(Program, arguments);
        return await process.Ended();
    }
}
