using System.Collections.Concurrent;
using CampusCare.Channels.Phone;
using CampusCare.Gateway.Live;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Phone;

/// <summary>The calls of a telephone server, each in a room of its own; nothing at all unless the section <c>Phone</c> says so.</summary>
internal sealed partial class PhoneLines(IServiceProvider services, IOptions<PhoneOptions> options, LineTickets tickets, TimeProvider time, ILogger<PhoneLines> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, LineRoom> _calls = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Read([]) is not { } settings) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var server = new AriClient(settings);
        var link = new AriLink(settings, time);
        var parts = new LineParts(settings, server, link, ActivatorUtilities.CreateInstance<LineDesk>(services), tickets);
        try
        {
            await link.Run(() => Compare(parts, stop.Token), happened => Happened(parts, happened, stop.Token), Lost, stop.Token);
            // Two processes that take the application from each other would end every call; the later one has it, and its calls.
            Replaced(settings.Options.Application);
            await stop.CancelAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; the calls stay at the telephone server, and the next process finds them there.
        }
    }

    // After each connection: what was missed, and what a process before this one left.
    private async Task Compare(LineParts parts, CancellationToken stop)
    {
        var channels = await parts.Server.Channels() ?? throw new IOException("The list of channels can't be had.");
        foreach (var call in _calls.Values) call.Tell(new LineInput.Resumed());
        foreach (var channel in channels.Where(channel => channel.IsIn(parts.Settings.Options.Application)))
        {
            if (LineCall.CallerOf(channel.Id) is not { } caller) Enter(parts, channel, channel.Argument, stop);
            else if (!_calls.ContainsKey(caller)) _ = parts.HangUp(channel.Id);
        }
        Connected(channels.Count, _calls.Count);
    }

    private void Happened(LineParts parts, AriEvent happened, CancellationToken stop)
    {
        if (happened is not { Channel: { } channel, Input: { } input }) return;
        if (input is LineInput.Entered) Enter(parts, channel, happened.Argument, stop);
        else if (_calls.TryGetValue(LineCall.CallerOf(channel.Id) ?? channel.Id, out var call)) call.Tell(input);
        // Whoever picks up a call that is over.
        else if (input is LineInput.LegEntered) _ = parts.HangUp(channel.Id);
    }

    private void Enter(LineParts parts, AriChannel channel, string? argument, CancellationToken stop)
    {
        if (_calls.ContainsKey(channel.Id)) return;
        var numbers = parts.Settings.Options.Numbers;
        if ((!numbers.TryGetValue(argument ?? "", out var campus) && !numbers.TryGetValue(channel.Extension, out campus)) || channel.Id.Length > AriChannel.MaximumId)
        {
            Unknown(channel.Id);
            _ = parts.HangUp(channel.Id);
            return;
        }
        if (_calls.Count >= parts.Settings.Options.MaximumCalls)
        {
            Full(parts.Settings.Options.MaximumCalls);
            _ = parts.HangUp(channel.Id);
            return;
        }
        var room = new LineRoom(parts, campus, new LineCall(channel.Id, channel.Number), stop);
        _calls[channel.Id] = room;
        _ = Stay(channel.Id, room, stop).Logged(log);
    }

    private async Task Stay(string id, LineRoom room, CancellationToken stop)
    {
        try
        {
            await Task.Yield();
            await room.Run();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As above.
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Phone lines are connected: {Channels} channels at the server, {Calls} calls here.")]
    private partial void Connected(int channels, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Phone lines lost the telephone server: {Why}")]
    private partial void Lost(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Another process took the application {Application} of the telephone server. This one leaves it alone until it is started again; set up phone lines on one gateway only.")]
    private partial void Replaced(string application);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} came with a dialled number that Phone:Numbers doesn't have; it was hung up.")]
    private partial void Unknown(string channel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There are {Maximum} calls, as many as Phone:MaximumCalls allows; another one was hung up.")]
    private partial void Full(int maximum);
}

/// <summary>Refuses at the start what would only fail in somebody's call.</summary>
internal sealed class PhoneRules : IValidateOptions<PhoneOptions>
{
    public ValidateOptionsResult Validate(string? name, PhoneOptions options)
    {
        var faults = new List<string>();
        options.Read(faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

/// <summary>Registration.</summary>
internal static class PhoneServices
{
    /// <summary>Registers phone lines.</summary>
    public static void AddPhoneLines(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PhoneOptions>().Bind(configuration.GetSection(PhoneOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PhoneOptions>, PhoneRules>();
        services.AddHostedService<PhoneLines>();
    }
}
