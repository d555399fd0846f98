using System.Collections.Immutable;
using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;

namespace CampusCare.Channels.Email;

/// <summary>A campus's mailbox: mails that the campus's mail server hands over, and replies that it takes.</summary>
public sealed partial class EmailChannel : IInboundChannel, IOutboundChannel
{
    /// <summary>The method of a request that a mail server brought; nothing that comes over HTTP has it.</summary>
    public const string Smtp = "SMTP";

    /// <summary>How long the campus's mail server may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The longest id of a mail that a reply refers to.</summary>
    public const int MaximumThread = 500;

    private readonly EmailOptions _options;
    private readonly MailAddress _address;
    private readonly string? _password;

    private EmailChannel(EmailOptions options, MailAddress address, string? password) => (_options, _address, _password) = (options, address, password);

    /// <summary>The mailbox's address.</summary>
    public string Address => _address.Address;

    public TimeSpan AnswerWithin { get; } = TimeSpan.FromSeconds(30);

    internal static EmailChannel Create(EmailOptions options, SettingsReader settings)
    {
        if (!MailAddress.TryCreate(settings.Needed(options.Address, "Address", "the mailbox that customers write to"), options.Name, out var address))
            settings.Refuse("Address", "is no e-mail address");
        settings.Needed(options.Host, "Host", "the mail server that takes replies");
        var password = options.Password is null ? null : settings.Secret(options.Password, "Password", "the mail server's");
        return new EmailChannel(options, address ?? new MailAddress("nobody@invalid"), password);
    }

    /// <summary>Whether a mail to this address is for this mailbox, with or without a mark behind a plus.</summary>
    public bool Takes(string recipient) =>
        MailAddress.TryCreate(recipient, out var to) && string.Equals(to.Host, _address.Host, StringComparison.OrdinalIgnoreCase)
        && string.Equals(to.User.Split('+')[0], _address.User, StringComparison.OrdinalIgnoreCase);

    public Inbound Receive(ChannelRequest request, DateTimeOffset now)
    {
        if (request.Method != Smtp) return Inbound.Refuse(InboundFault.Unsigned, "Mail comes from the campus's mail server.");
        var mail = MailReader.Read(request.Body);
        if (IsReport(mail, request.Asked("from"))) return new Inbound { Returned = [.. KeysIn(string.Join(' ', mail.Letters) + mail.References).Take(1)] };
        if (IsAutomatic(mail.Headers) || mail.From is null || Takes(mail.From.Address)) return new Inbound();
        return new Inbound { Contacts = [Contact(mail, request.Asked("to"))] };
    }

    public async Task<Delivery> Send(OutboundReply reply)
    {
        using var limit = new CancellationTokenSource(Timeout);
        using var client = new SmtpClient(_options.Host, _options.Port) { EnableSsl = _options.StartTls };
        if (_options.User is { } user) client.Credentials = new NetworkCredential(user, _password);
        try
        {
            using var mail = MailOf(reply);
            await client.SendMailAsync(mail, limit.Token);
            return Delivery.Sent;
        }
        catch (FormatException)
        {
            return Delivery.Never(ReplyFault.AddressRefused);
        }
        catch (SmtpException error)
        {
            return Of(error);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException)
        {
            return Delivery.Later(ReplyFault.Unreachable);
        }
    }

    private MailMessage MailOf(OutboundReply reply)
    {
        var subject = reply.Subject.Split('\n')[0].Trim();
        var mail = new MailMessage(_address, new MailAddress(reply.Address)) { Subject = $"Re: {subject} [#{reply.TicketId}]", Body = reply.Text };
        mail.ReplyToList.Add(new MailAddress($"{_address.User}+{reply.TicketId}@{_address.Host}"));
        mail.Headers["Message-ID"] = $"<{reply.Key}@{_address.Host}>";
        if (reply.Thread is { } thread) mail.Headers["In-Reply-To"] = mail.Headers["References"] = thread;
        return mail;
    }

    private static Delivery Of(SmtpException error) => error switch
    {
        SmtpFailedRecipientException { StatusCode: >= SmtpStatusCode.SyntaxError } => Delivery.Never(ReplyFault.AddressRefused),
        { StatusCode: SmtpStatusCode.ExceededStorageAllocation } => Delivery.Never(ReplyFault.TooLong),
        { StatusCode: SmtpStatusCode.ClientNotPermitted or SmtpStatusCode.MustIssueStartTlsFirst } => Delivery.Later(ReplyFault.CredentialsRefused),
        { StatusCode: SmtpStatusCode.TransactionFailed } => Delivery.Never(ReplyFault.ContentRefused),
        { StatusCode: SmtpStatusCode.GeneralFailure } => Delivery.Later(ReplyFault.Unreachable),
        _ => Delivery.Later(ReplyFault.ProviderFailed),
    };

    private InboundContact Contact(Mail mail, string recipient)
    {
        var from = Addresses.Normal(Channel.Email, mail.From!.Address);
        var ticket = TicketIn(recipient, mail);
        var words = OwnWords.Of(mail.Text);
        var id = mail.Headers["Message-ID"];
        return new InboundContact(id.Length > 0 ? id : $"{from}\n{mail.Headers["Date"]}\n{mail.Subject}\n{words}", from, ticket is null ? $"{mail.Subject}\n\n{words}".Trim() : words)
        {
            Name = mail.From.DisplayName is { Length: > 0 } name ? name : mail.From.User,
            Thread = id.Length is > 0 and <= MaximumThread ? id : null,
            TicketId = ticket,
            Attachments = [.. mail.Files],
        };
    }

    // The mark in the address, else a mail of ours that is referred to, else the mark in the subject.
    private string? TicketIn(string recipient, Mail mail)
    {
        var mark = Mark().Match(recipient);
        if (mark.Success) return mark.Groups[1].Value;
        if (KeysIn(mail.References).FirstOrDefault() is { } key) return key[..key.LastIndexOf('-')];
        var subject = SubjectMark().Match(mail.Subject);
        return subject.Success ? subject.Groups[1].Value : null;
    }

    private IEnumerable<string> KeysIn(string references) =>
        OwnId().Matches(references).Where(id => string.Equals(id.Groups[2].Value, _address.Host, StringComparison.OrdinalIgnoreCase)).Select(static id => id.Groups[1].Value);

    // What a mail server says about a mail of ours, and nobody wrote (RFC 3464).
    private static bool IsReport(Mail mail, string sender) =>
        mail.Headers["Content-Type"].Contains("multipart/report", StringComparison.OrdinalIgnoreCase)
        || (sender.Length == 0 && mail.Letters.Count > 0);

    // What no person wrote (RFC 3834): answering it could go on for ever.
    private static bool IsAutomatic(MailHeaders headers) =>
        (headers["Auto-Submitted"] is { Length: > 0 } how && !how.StartsWith("no", StringComparison.OrdinalIgnoreCase))
        || headers["Precedence"].ToLowerInvariant() is "bulk" or "junk" or "list" or "auto_reply"
        || headers["Return-Path"].Trim() == "<>"
        || Machines.Any(headers.Has)
        || MachineSender().IsMatch(headers["From"]);

    private static readonly ImmutableArray<string> Machines = ["X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe", "X-Failed-Recipients"];

    [GeneratedRegex(@"\+([0-9a-z]{16})@")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\[#([0-9a-z]{16})\]")]
    private static partial Regex SubjectMark();

    [GeneratedRegex(@"<([0-9a-z]{16}-\d{1,9})@([^<>\s]+)>")]
    private static partial Regex OwnId();

    [GeneratedRegex(@"\b(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", RegexOptions.IgnoreCase)]
    private static partial Regex MachineSender();
}
