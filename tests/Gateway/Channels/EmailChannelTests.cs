using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using CampusCare.Channels.Email;

namespace CampusCare.Gateway.Tests.Channels;

/// <summary>A mailbox over real sockets: the framework's mail client hands mails over, and a mail server on loopback takes the replies.</summary>
public sealed class EmailChannelTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Letter> _replies = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly int _port = ClientKit.Ports.Free();
    private LetterTaken _answer = LetterTaken.Stored;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _server.Start();
        _ = Serve();
        _gateway = await GatewayProcess.Start(new()
        {
            ["Smtp:Listen"] = $"127.0.0.1:{_port}",
            ["Channels:north:Email:Address"] = "service@north.example",
            ["Channels:north:Email:Name"] = "北苑客服",
            ["Channels:north:Email:Host"] = "127.0.0.1",
            ["Channels:north:Email:Port"] = ((IPEndPoint)_server.LocalEndpoint).Port.ToString(),
            ["Channels:north:Email:StartTls"] = "false",
        });
    }

    public async Task DisposeAsync()
    {
        _server.Stop();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_opens_a_ticket_the_answer_threads_and_its_answer_joins()
    {
        await using var agent = await _gateway.AtWork("li");
        await Write("外卖没到", "等了一个小时", "<1@example.org>");
        var ticket = (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        (await agent.Take(ticket)).GetProperty("ticket").GetProperty("channel").GetString().ShouldBe("email");
        await agent.Do("Post", ticket, "a1", "马上帮您查");

        var reply = await Reply();
        reply.To.ShouldBe("lin@example.org");
        var mail = MailReaderOf(reply);
        mail.ShouldContain("In-Reply-To: <1@example.org>");
        mail.ShouldContain($"service+{ticket}@north.example");
        mail.ShouldContain($"Message-ID: <{ticket}-");
        await agent.Event(ticket, "replySent");

        await Write("Re: 外卖没到", "还是没到\n\n> 马上帮您查", "<2@example.org>", to: $"service+{ticket}@north.example");
        await agent.Pushed("TicketChanged", news => news.GetProperty("events").EnumerateArray().Any(happened => happened.GetProperty("text").ToString() == "还是没到"));
        await Write("另一件事", "发票怎么开", "<3@example.org>");
        (await agent.Pushed("Offered", offer => offer.GetProperty("ticket").GetProperty("ticketId").GetString() != ticket)).GetProperty("ticket").GetProperty("subject").GetString()!.ShouldStartWith("另一件事");
    }

    [Fact]
    public async Task A_mail_server_that_is_busy_is_tried_again_and_one_that_refuses_is_believed()
    {
        _answer = LetterTaken.Later;
        await using var agent = await _gateway.AtWork("li");
        await Write("外卖没到", "等了一个小时", "<1@example.org>");
        var ticket = (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await agent.Take(ticket);
        await agent.Do("Post", ticket, "a1", "马上帮您查");
        await agent.Event(ticket, "replyDelayed");
        _answer = LetterTaken.Refused;
        (await agent.Event(ticket, "replyFailed")).GetProperty("detail").GetString().ShouldBe("contentRefused");
    }

    [Fact]
    public async Task Mail_for_nobody_is_refused_and_an_automatic_answer_opens_nothing()
    {
        (await Should.ThrowAsync<SmtpFailedRecipientException>(() => Write("s", "hi", "<1@example.org>", to: "somebody@north.example"))).StatusCode.ShouldBe(SmtpStatusCode.MailboxUnavailable);
        await Write("Out of office", "I am away", "<2@example.org>", automatic: true);
        await using var agent = await _gateway.AtWork("li");
        await Write("外卖没到", "人写的", "<3@example.org>");
        (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("subject").GetString()!.ShouldContain("人写的", customMessage: "the machine's mail opened nothing");
    }

    [Fact]
    public async Task Pictures_in_a_mail_are_kept_as_if_they_were_sent_in_the_pages_and_other_files_are_named()
    {
        await using var agent = await _gateway.AtWork("li");
        using (var client = new SmtpClient("127.0.0.1", _port))
        using (var mail = new MailMessage(new MailAddress("lin@example.org", "小林"), new MailAddress("service@north.example")) { Subject = "外卖洒了", Body = "看图" })
        {
            mail.Headers["Message-ID"] = "<pics@example.org>";
            foreach (var (name, type, bytes) in new[] { ("汤.png", "image/png", Pictures.With("image/png", "secret")), ("bad.jpg", "image/jpeg", "no picture"u8.ToArray()), ("list.xls", "application/vnd.ms-excel", "1"u8.ToArray()) })
                mail.Attachments.Add(new Attachment(new MemoryStream(bytes), name, type));
            await client.SendMailAsync(mail);
        }
        var ticket = (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        var seen = await agent.Take(ticket);
        var picture = seen.GetProperty("events").EnumerateArray().Where(happened => happened.GetProperty("type").GetString() == "evidence").ShouldHaveSingleItem().GetProperty("evidence");
        picture.GetProperty("type").GetString().ShouldBe("image/png");
        var words = seen.GetProperty("events")[0].GetProperty("text").GetString()!;
        foreach (var name in new[] { "汤.png", "bad.jpg", "list.xls" }) words.ShouldContain($"[附件 · file] {name}");
        File.ReadAllBytes(_gateway.Evidence.EnumerateFiles("*", SearchOption.AllDirectories).Single().FullName).AsSpan().IndexOf("secret"u8).ShouldBe(-1);
    }

    private async Task Write(string subject, string text, string id, string to = "service@north.example", bool automatic = false)
    {
        using var client = new SmtpClient("127.0.0.1", _port);
        using var mail = new MailMessage(new MailAddress("lin@example.org", "小林"), new MailAddress(to)) { Subject = subject, Body = text };
        mail.Headers["Message-ID"] = id;
        if (automatic) mail.Headers["Auto-Submitted"] = "auto-replied";
        await client.SendMailAsync(mail);
    }

    private async Task<Letter> Reply()
    {
        (await _more.WaitAsync(GatewayProcess.Patience)).ShouldBeTrue("no reply came");
        return _replies.TryDequeue(out var letter) ? letter : throw new InvalidOperationException();
    }

    private static string MailReaderOf(Letter letter) => Encoding.UTF8.GetString(letter.Bytes.Span);

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var client = await _server.AcceptTcpClientAsync();
                _ = Talk(client);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
            await new SmtpSession(client.GetStream(), static _ => true, letter =>
            {
                if (_answer == LetterTaken.Stored)
                {
                    _replies.Enqueue(letter with { Bytes = letter.Bytes.ToArray() });
                    _more.Release();
                }
                return Task.FromResult(_answer);
            }, 1_000_000).Run(default);
    }
}
