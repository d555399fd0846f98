using System.Text;
using CampusCare.Channels.Email;
using CampusCare.Domain;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Channels.Tests;

/// <summary>Mails as common programs write them.</summary>
public sealed class MailReaderTests
{
    private const string Own = "9f3c5d7e1a2b4c6d";

    private static readonly EmailChannel Mailbox = (EmailChannel)new ServiceCollection().AddCampusCareChannels(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Channels:north:Email:Address"] = "service@north.example",
        ["Channels:north:Email:Host"] = "127.0.0.1",
    }).Build()).BuildServiceProvider().GetRequiredService<ChannelSet>().In("north", Channel.Email)!;

    [Fact]
    public void A_mail_of_a_phone_with_parts_and_a_picture()
    {
        var contact = Contact($"""
            From: =?UTF-8?B?5bCP5p6X?= <Lin@Example.org>
            To: service@north.example
            Subject: =?UTF-8?Q?=E5=A4=96=E5=8D=96?= =?UTF-8?Q?_=E6=B2=A1=E5=88=B0?=
            Message-ID: <abc-1@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="outer"

            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset="gb2312"
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(MailText.EncodingOf("gb18030").GetBytes("等了一个小时\r\n发自我的iPhone"))}
            --inner
            Content-Type: text/html; charset=utf-8

            <p>other</p>
            --inner--
            --outer
            Content-Type: image/jpeg; name="=?UTF-8?B?6aSQLmpwZw==?="
            Content-Disposition: attachment
            Content-Transfer-Encoding: base64

            /9j/4AAQ
            --outer--
            """);
        (contact.Address, contact.Name, contact.Text).ShouldBe(("lin@example.org", "小林", "外卖 没到\n\n等了一个小时"));
        (contact.MessageId, contact.Thread, contact.TicketId, contact.GoesOn).ShouldBe(("<abc-1@example.org>", "<abc-1@example.org>", null, false));
        var file = contact.Attachments.ShouldHaveSingleItem();
        (file.Name, file.ContentType).ShouldBe(("餐.jpg", "image/jpeg"));
    }

    [Fact]
    public void Quoted_printable_and_html_alone_become_words()
    {
        Contact("From: a@example.org\nSubject: =?gbk?B?xOO6ww==?=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E4=BD=A0=\n=E5=A5=BD =3D 1").Text.ShouldBe("你好\n\n你好 = 1");
        Contact("From: a@example.org\nSubject: s\nContent-Type: text/html\n\n<style>x{}</style><div>one &amp; two</div><div>three<br>four</div><script>alert(1)</script>").Text.ShouldBe("s\n\none & two\nthree\nfour");
    }

    [Theory]
    [InlineData("<script>")]
    [InlineData("<head ")]
    [InlineData("<!--")]
    [InlineData("<")]
    [InlineData("<br")]
    [InlineData("=?utf-8?Q?")]
    public void Whatever_a_stranger_repeats_it_is_read(string nonsense)
    {
        var mail = $"From: a@example.org\nSubject: s\nContent-Type: text/html\n\n<p>hello</p>{string.Concat(Enumerable.Repeat(nonsense, 20_000))}";
        Contact(mail).Text.ShouldContain("hello");
    }

    [Theory]
    [InlineData("还是没到\n\nOn Mon, 2 Mar 2026 at 18:00, Service <service@north.example> wrote:\n> 马上", "还是没到")]
    [InlineData("还是没到\n\nOn Mon, 2 Mar 2026 at 18:00, Service\n<service@north.example> wrote:\n> 马上", "还是没到")]
    [InlineData("还是没到\n-- \n小林\n三号楼", "还是没到")]
    [InlineData("好的\n\n在 2026年3月2日，客服 <service@north.example> 写道：\n\n> 马上", "好的")]
    [InlineData("谢谢\n\n------------------ 原始邮件 ------------------\n发件人: 客服\n发送时间: 2026\n马上", "谢谢")]
    [InlineData("ok\n\n-----Original Message-----\nFrom: x\nSent: y", "ok")]
    [InlineData("ok\n\nFrom: Service <service@north.example>\nSent: Monday\nTo: me", "ok")]
    [InlineData("> only quoted", "> only quoted")]
    [InlineData("On time it was, and he wrote a lot", "On time it was, and he wrote a lot")]
    public void Only_own_words_are_kept(string text, string own) => OwnWords.Of(text).ShouldBe(own);

    [Theory]
    [InlineData("service+9f3c5d7e1a2b4c6d@north.example", "", "Hello")]
    [InlineData("service@north.example", "<9f3c5d7e1a2b4c6d-12@north.example>", "Hello")]
    [InlineData("service@north.example", "", "Re: 外卖 [#9f3c5d7e1a2b4c6d]")]
    public void A_mail_in_a_thread_names_its_ticket(string to, string refers, string subject)
    {
        var contact = Contact($"From: a@example.org\nSubject: {subject}\nIn-Reply-To: {refers}\nMessage-ID: <2@example.org>\n\nhi", to);
        (contact.TicketId, contact.Text).ShouldBe((Own, "hi"));
    }

    [Fact]
    public void A_mail_that_refers_to_another_servers_mail_is_no_thread_of_ours() =>
        Contact($"From: a@example.org\nSubject: s\nReferences: <{Own}-12@elsewhere.example>\n\nhi").TicketId.ShouldBeNull();

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated")]
    [InlineData("Precedence: bulk")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("List-Id: <news.example.org>")]
    [InlineData("Return-Path: <>")]
    public void Machines_are_not_answered(string header) => Receive($"From: a@example.org\nSubject: out of office\n{header}\n\nI am away").Contacts.ShouldBeEmpty();

    [Theory]
    [InlineData("MAILER-DAEMON@example.org")]
    [InlineData("no-reply@example.org")]
    [InlineData("service@north.example")]
    [InlineData("service+9f3c5d7e1a2b4c6d@north.example")]
    public void Nor_are_senders_that_nobody_reads_nor_we_ourselves(string from) => Receive($"From: {from}\nSubject: s\n\nhello").Contacts.ShouldBeEmpty();

    [Fact]
    public void Auto_submitted_no_is_a_person() => Receive("From: a@example.org\nAuto-Submitted: no\nSubject: s\n\nhello").Contacts.ShouldHaveSingleItem();

    [Fact]
    public void A_report_names_the_reply_that_did_not_arrive()
    {
        var inbound = Receive($"""
            From: MAILER-DAEMON@mx.example.org
            Subject: Undelivered Mail Returned to Sender
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            I'm sorry.
            --b
            Content-Type: message/delivery-status

            Final-Recipient: rfc822; a@example.org
            Action: failed
            Status: 5.1.1
            --b
            Content-Type: message/rfc822

            From: service@north.example
            Message-ID: <{Own}-12@north.example>

            hello
            --b--
            """, from: "");
        inbound.Returned.ShouldBe([$"{Own}-12"]);
        inbound.Contacts.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_over_HTTP_is_a_mail() =>
        Mailbox.Receive(new ChannelRequest("POST", new Dictionary<string, string>(), new Dictionary<string, string>(), "From: a@example.org\n\nhi"u8.ToArray()), default).Fault.ShouldBe(InboundFault.Unsigned);

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(1);
        var seed = Encoding.UTF8.GetBytes("From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-7\r\nContent-Transfer-Encoding: base64\r\n\r\nAAA\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n");
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var n = random.Next(12); n >= 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Mailbox.Receive(Request(bytes[..random.Next(bytes.Length)], "a@b.c", "service@north.example"), default).ShouldNotBeNull();
        }
    }

    private static InboundContact Contact(string mail, string to = "service@north.example") => Receive(mail, to).Contacts.ShouldHaveSingleItem();

    private static Inbound Receive(string mail, string to = "service@north.example", string from = "a@example.org") =>
        Mailbox.Receive(Request(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")), from, to), DateTimeOffset.UnixEpoch);

    private static ChannelRequest Request(byte[] mail, string from, string to) =>
        new(EmailChannel.Smtp, new Dictionary<string, string> { ["from"] = from, ["to"] = to }, new Dictionary<string, string>(), mail);
}
