using CampusCare.Channels.Email;
using CampusCare.Channels.Sms;
using CampusCare.Channels.Webhook;
using CampusCare.Channels.WeChat;
using CampusCare.Channels.WeCom;
using CampusCare.Domain;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CampusCare.Channels;

/// <summary>The channels that are set up, of all campuses.</summary>
public sealed class ChannelSet
{
    private readonly Dictionary<(string Campus, Channel Channel), IInboundChannel> _in = [];
    private readonly Dictionary<(string Campus, Channel Channel), IOutboundChannel> _out = [];

    private readonly Dictionary<string, WeComRobot> _robots = [];

    /// <summary>Sets up what the configuration says.</summary>
    /// <exception cref="OptionsValidationException">Something is missing or can't be used: all faults, each with its key.</exception>
    public ChannelSet(IReadOnlyDictionary<string, CampusChannels> campuses, ProviderHttp http, TimeProvider time)
    {
        var faults = new List<string>();
        foreach (var (campus, channels) in campuses)
        {
            Add(campus, channels, new SettingsReader($"{CampusChannels.Section}:{campus}", faults), http, time);
        }
        if (faults.Count > 0) throw new OptionsValidationException(CampusChannels.Section, typeof(CampusChannels), faults);
    }

    /// <summary>The way in; null when the campus has none on this channel.</summary>
    public IInboundChannel? In(string campus, Channel channel) => _in.GetValueOrDefault((campus, channel));

    /// <summary>The way out; null when the campus has none on this channel.</summary>
    public IOutboundChannel? Out(string campus, Channel channel) => _out.GetValueOrDefault((campus, channel));

    /// <summary>The robot in the supervisors' group; null when the campus has none.</summary>
    public WeComRobot? Robot(string campus) => _robots.GetValueOrDefault(campus);

    /// <summary>Whose mailbox an address is.</summary>
    public (string Campus, EmailChannel Mailbox)? Mailbox(string recipient) =>
        _in.Where(way => way.Value is EmailChannel mailbox && mailbox.Takes(recipient)).Select(static way => ((string, EmailChannel)?)(way.Key.Campus, (EmailChannel)way.Value)).FirstOrDefault();

    private void Add(string campus, CampusChannels channels, SettingsReader settings, ProviderHttp http, TimeProvider time)
    {
        if (channels.Webhook is { } webhook) Add(campus, Channel.Webhook, WebhookChannel.Create(campus, webhook, settings.At("Webhook"), http, time));
        if (channels.Email is { } mailbox) Add(campus, Channel.Email, EmailChannel.Create(mailbox, settings.At("Email")));
        if (channels.Sms is { } sms) Add(campus, Channel.Sms, SmsChannel.Create(sms, settings.At("Sms"), http, time));
        if (channels.WeCom is { } robot) _robots[campus] = WeComRobot.Create(robot, settings.At("WeCom"), http);
        if (channels.WeChat is { } account) Add(campus, Channel.WeChat, WeChatChannel.Create(account, false, settings.At("WeChat"), http, time));
        if (channels.MiniProgram is { } program) Add(campus, Channel.MiniProgram, WeChatChannel.Create(program, true, settings.At("MiniProgram"), http, time));
    }

    private void Add<T>(string campus, Channel channel, T adapter)
    {
        if (adapter is IInboundChannel inbound) _in[(campus, channel)] = inbound;
        if (adapter is IOutboundChannel outbound) _out[(campus, channel)] = outbound;
    }
}

/// <summary>Registration.</summary>
public static class ChannelServices
{
    /// <summary>Registers the channels of the section <c>Channels</c>, checked now. Gateway and silo may both ask for them.</summary>
    public static IServiceCollection AddCampusCareChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ProviderHttp>();
        services.TryAddSingleton(provider => new ChannelSet(
            configuration.GetSection(CampusChannels.Section).Get<Dictionary<string, CampusChannels>>() ?? [],
            provider.GetRequiredService<ProviderHttp>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ChannelsAtStart>());
        return services;
    }
}

/// <summary>Finds out at start, not at the first reply, that a channel is set up wrongly.</summary>
internal sealed class ChannelsAtStart(ChannelSet channels) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
