using System.Net;
using System.Net.Sockets;
using CampusCare.Channels;
using CampusCare.Channels.Email;
using CampusCare.Domain;
using CampusCare.Gateway.UseCases;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Mail;

/// <summary>The section <c>Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Smtp";

    /// <summary>Where mail servers hand mails over, as 127.0.0.1:2525; null: nowhere.</summary>
    public string? Listen { get; set; }

    /// <summary>Addresses of the mail servers that may; this machine's own may always.</summary>
    public string[] Peers { get; set; } = [];

    /// <summary>The largest mail, in bytes.</summary>
    public int MaxBytes { get; set; } = 10 * 1024 * 1024;
}

/// <summary>Takes mails from the campus's mail server.</summary>
internal sealed partial class MailDoor(IOptions<SmtpOptions> options, ChannelSet channels, ReceiveContact contacts, TimeProvider time, ILogger<MailDoor> log) : BackgroundService
{
    /// <summary>Conversations at once; more wait.</summary>
    public const int MaximumSessions = 16;

    /// <summary>The longest conversation.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Listen is not { Length: > 0 } listen) return;
        using var listener = new TcpListener(IPEndPoint.Parse(listen));
        using var places = new SemaphoreSlim(MaximumSessions);
        listener.Start();
        try
        {
            while (true)
            {
                await places.WaitAsync(stoppingToken);
                var client = await listener.AcceptTcpClientAsync(stoppingToken);
                _ = Talk(client, places, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task Talk(TcpClient client, SemaphoreSlim places, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(LongestSession);
        try
        {
            using (client)
                if (IsPeer(client)) await new SmtpSession(client.GetStream(), address => channels.Mailbox(address) is not null, Take, options.Value.MaxBytes).Run(limit.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            Ended(error.Message);
        }
        finally
        {
            if (!stop.IsCancellationRequested) places.Release();
        }
    }

    private bool IsPeer(TcpClient client)
    {
        var address = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
        return IPAddress.IsLoopback(address) || options.Value.Peers.Contains((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
    }

    private async Task<LetterTaken> Take(Letter letter)
    {
        var (campus, mailbox) = channels.Mailbox(letter.To)!.Value;
        var request = new ChannelRequest(EmailChannel.Smtp, new Dictionary<string, string> { ["from"] = letter.From, ["to"] = letter.To }, new Dictionary<string, string>(), letter.Bytes);
        var inbound = mailbox.Receive(request, time.GetUtcNow());
        if (inbound.Fault is not null) return LetterTaken.Refused;
        return (await contacts.Take(campus, Channel.Email, mailbox, inbound)).Problem switch
        {
            null => LetterTaken.Stored,
            { Status: 429 or >= 500 } => LetterTaken.Later,
            _ => LetterTaken.Refused,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A mail server's conversation ended early: {Why}")]
    private partial void Ended(string why);
}
