using System.Globalization;
using System.Threading.Channels;
using CampusCare.Channels;
using CampusCare.Channels.WeCom;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Supervision;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo;

/// <summary>
/// Tells the supervisors' WeCom groups of alerts: what came since the last message goes into the next one, so that the
/// group is told at once when it is quiet, and not too often when it burns. What doesn't fit into the queue is dropped.
/// </summary>
internal sealed partial class AlertRoom(ChannelSet channels, TimeProvider time, ILogger<AlertRoom> log) : BackgroundService, IAlertRoom
{
    /// <summary>Alerts that may wait.</summary>
    public const int MaximumWaiting = 1_000;

    /// <summary>How often one message is tried.</summary>
    public const int MaximumAttempts = 5;

    private readonly Channel<(string Campus, string Line)> _waiting =
        System.Threading.Channels.Channel.CreateBounded<(string, string)>(new BoundedChannelOptions(MaximumWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Tell(ClockAlert alert) => Tell(alert.Campus, LineOf(alert));

    public void Tell(InflowAlert alert) => Tell(alert.Campus, LineOf(alert));

    private void Tell(string campus, string line)
    {
        if (channels.Robot(campus) is not null) _waiting.Writer.TryWrite((campus, line));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lines = new Dictionary<string, List<string>>();
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_waiting.Reader.TryRead(out var told))
            {
                if (!lines.TryGetValue(told.Campus, out var known)) lines[told.Campus] = known = [];
                known.Add(told.Line);
            }
            await Task.WhenAll(lines.Select(campus => SayAll(campus.Key, campus.Value, stoppingToken)));
            lines.Clear();
        }
    }

    private async Task SayAll(string campus, List<string> lines, CancellationToken stop)
    {
        while (lines.Count > 0)
        {
            var fits = WeComRobot.Fit(lines);
            await Say(campus, string.Join('\n', lines.Take(fits)), stop);
            lines.RemoveRange(0, fits);
            await Task.Delay(WeComRobot.Pause, time, stop);
        }
    }

    private async Task Say(string campus, string words, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var said = await channels.Robot(campus)!.Say(words);
            if (said.End == ReplyEnd.Sent) return;
            NotSaid(campus, attempt, said.End, said.Fault);
            if (said.End == ReplyEnd.Never || attempt == MaximumAttempts) return;
            await Task.Delay(said.Pause ?? WeComRobot.Pause * attempt, time, stop);
        }
    }

    // Ids, names of queues and times alone: no words of customers leave for a group chat.
    private static string LineOf(ClockAlert alert) => alert.Kind == ClockKind.Tier
        ? $"> <font color=\"warning\">升级 · escalated</font> {alert.Queue} `{alert.TicketId}`"
        : $"> <font color=\"warning\">超时 · missed {alert.Kind}</font> {alert.Queue} `{alert.TicketId}` {alert.DueAt:HH:mm:ss}Z";

    private static string LineOf(InflowAlert alert) => string.Create(CultureInfo.InvariantCulture,
        $"> <font color=\"warning\">进线激增 · inflow surge</font> 5 分钟 {alert.Came}，预测 {alert.Expected:0.#}；需坐席 {alert.AgentsWanted}，计划 {alert.AgentsPlanned}，待命 {alert.StandBy} · {alert.Came} in 5 minutes, {alert.Expected:0.#} forecast; {alert.AgentsWanted} agents wanted, {alert.AgentsPlanned} planned, {alert.StandBy} on stand-by");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The WeCom group of {Campus} could not be told at attempt {Attempt}: {End}, {Fault}.")]
    private partial void NotSaid(string campus, int attempt, ReplyEnd end, ReplyFault? fault);
}
