using System.Diagnostics;
using System.Net.Http.Json;
using CampusCare.ClientKit;
using CampusCare.PeakHour;
using CampusCare.PeakHour.Profiles;
using Microsoft.AspNetCore.SignalR.Client;

namespace CampusCare.PathBenchmark;

/// <summary>
/// The work of a load run once more, on the same database and machine, with bare parts in place of the system: single-row
/// inserts, the do-it-yourself endpoint, and words through a hub that only hands them on.
/// </summary>
public sealed class BareLimits(string program, string connection)
{
    private const int WarmUp = 300;
    private const double WarmUpRate = 100;

    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="BareMeasure"/>
    public async Task<IReadOnlyList<BareLimit>> Measure(IReadOnlyList<TimeSpan> contacts, IReadOnlyList<TimeSpan> messages, CancellationToken stop)
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        await using var server = ServerProcess.Start(program, ["bench", PathCommand.PlainName, "--connection", connection, "--urls", url.ToString()]);
        await server.Until(() => Listening.At(url), PathRun.StartTimeout, stop);
        return
        [
            new("single-row insert", ProfileReport.OpenToAck, await Insert(contacts, stop)),
            new("do-it-yourself endpoint", ProfileReport.OpenToAck, await Post(url, contacts, stop)),
            new("words through a bare hub", ProfileReport.MessageToDelivered, await Say(url, messages, stop)),
        ];
    }

    private async Task<Latency> Insert(IReadOnlyList<TimeSpan> due, CancellationToken stop)
    {
        await BareInsert.CreateTable(connection);
        await using var source = BareInsert.Open(connection, connections: 16);
        return await Timed(due, _ => BareInsert.One(source), stop);
    }

    private static async Task<Latency> Post(Uri url, IReadOnlyList<TimeSpan> due, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = url };
        return await Timed(due, async i =>
        {
            using var answer = await http.PostAsJsonAsync(PlainEndpoint.Path, new { subject = Texts.Of(i), skill = 1 + i % PlainEndpoint.Skills }, stop);
            answer.EnsureSuccessStatusCode();
        }, stop);
    }

    private static async Task<Latency> Say(Uri url, IReadOnlyList<TimeSpan> due, CancellationToken stop)
    {
        await using var speaker = new HubConnectionBuilder().WithUrl(new Uri(url, PlainEndpoint.HubPath)).Build();
        await using var listener = new HubConnectionBuilder().WithUrl(new Uri(url, PlainEndpoint.HubPath)).Build();
        var heard = Enumerable.Range(0, Math.Max(due.Count, WarmUp)).Select(static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        using var words = listener.On<int, string>(BareHub.Said, (i, _) => heard[i].TrySetResult());
        await Task.WhenAll(speaker.StartAsync(stop), listener.StartAsync(stop));
        return await Timed(due, async i =>
        {
            await speaker.InvokeAsync(nameof(BareHub.Say), i, Texts.Of(i), stop);
            await heard[i].Task.WaitAsync(LastWord, stop);
        }, stop, between: () => heard = [.. heard.Select(static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))]);
    }

    private static async Task<Latency> Timed(IReadOnlyList<TimeSpan> due, Func<int, Task> work, CancellationToken stop, Action? between = null)
    {
        await new OpenLoop(TimeProvider.System, WarmUpRate, PeakLimits.InFlight).Run(WarmUp, (i, _) => work(i), stop);
        between?.Invoke();
        var took = new TimeSpan[due.Count];
        await OpenLoop.At(TimeProvider.System, due, PeakLimits.InFlight).Run(due.Count, async (i, at) =>
        {
            await work(i);
            took[i] = Stopwatch.GetElapsedTime(at);
        }, stop);
        return Latency.Of(took);
    }
}
