using System.Diagnostics;

namespace CampusCare.Client.Tests;

/// <summary>The samples do what they say, from the first word to the stars.</summary>
public sealed class SampleTests : IAsyncLifetime
{
    private const string Campus = "north";
    private const string Written = "骑手在东门，两分钟到";

    // In its own folder: with what it needs, and nothing that it doesn't.
    private static readonly string DotNetSample = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../CampusCare.Conversation", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "CampusCare.Conversation.dll"));

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public Task A_conversation_in_DotNet() =>
        Converses((student, agent) => new("dotnet", [DotNetSample, $"{_gateway.Url}", student, agent]));

    [SkippableFact]
    public Task A_conversation_in_Node()
    {
        Skip.If(NodeTalk.WhyNot is not null, NodeTalk.WhyNot);
        return Converses((student, agent) => new("node", [NodeTalk.Sample, $"{_gateway.Url}", Campus, student, agent]));
    }

    private async Task Converses(Func<string, string, ProcessStartInfo> sample)
    {
        var rest = _gateway.Rest;
        (await rest.Enroll(new Person(Campus, "Agent", "sample-agent", "sample-agent"), capacity: 1)).Problem.ShouldBeNull();
        var start = sample(await SignIn("Customer", "sample-student"), await SignIn("Agent", "sample-agent"));
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));

        process.ExitCode.ShouldBe(0, await complained);
        (await said).ShouldContain(Written);
        await using var student = new CustomerClient(_gateway.Url, await SignIn("Customer", "sample-student"));
        await student.Start();
        // Beside it may stand one that the campus opened of its own accord, for an order that was late.
        var ticket = (await student.MyTickets()).Yes.Where(static ticket => ticket.Phase == "closed").ShouldHaveSingleItem();
        var truth = (await rest.Events(await SignIn("Supervisor", "sample-reader"), Campus, ticket.TicketId)).Yes;
        truth.Ticket.Phase.ShouldBe("closed");
        truth.Events.Count(happened => happened.Text == Written).ShouldBe(1);
        truth.Ticket.Stars.ShouldBe(5);
    }

    private async Task<string> SignIn(string role, string sub) =>
        (await _gateway.Rest.SignIn(new Person(Campus, role, sub, sub, role == "Customer" ? "Student" : null))).Yes.Value;
}
