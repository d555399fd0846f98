using System.Threading.Channels;
using CampusCare.Channels;
using CampusCare.Channels.WeCom;
using CampusCare.Contracts.Queues;
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

    private readonly Channel<ClockAlert> _waiting = System.Threading.Channels.Channel.CreateBounded<ClockAlert>(new BoundedChannelOptions(MaximumWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Tell(ClockAlert alert)
    {
        if (channels.Robot(alert.Campus) is not null) _waiting.Writer.TryWrite(alert);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lines = new Dictionary<string, List<string>>();
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_waiting.Reader.TryRead(out var alert))
            {
                if (!lines.TryGetValue(alert.Campus, out var known)) lines[alert.Campus] = known = [];
                known.Add(LineOf(alert));
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The WeCom group of {Campus} could not be told at attempt {Attempt}: {End}, {Fault}.")]
    private partial void NotSaid(string campus, int attempt, ReplyEnd end, ReplyFault? fault);
}
