using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CampusCare.Silo.Tests;

/// <summary>Nothing that a subscriber says leads into our own network: not an address, not a name, not a redirect.</summary>
public sealed class WebhookSenderTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("223.5.5.5", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("192.88.99.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:4136:e378::1", false)]
    public void Only_addresses_on_the_Internet_are_public(string address, bool isPublic) =>
        WebhookSender.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public async Task A_name_that_leads_inside_by_now_is_not_connected_to()
    {
        var heard = new ConcurrentQueue<string>();
        await using var inside = await Listen(heard);
        var asked = 0;
        using var sender = Sender(strict: true, (_, _) =>
        {
            asked++;
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });
        var url = $"http://rebound.example:{PortOf(inside)}/hook";
        sender.Fault(url).ShouldBeNull("the name tells nothing yet");
        (await sender.Post(url, ["secret"], "k1", [1])).ShouldBe("The address is not a public one.");
        heard.ShouldBeEmpty();
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_looked_at_is_what_is_connected_to_and_the_name_is_asked_once_for_a_connection()
    {
        var heard = new ConcurrentQueue<string>();
        await using var receiver = await Listen(heard);
        var asked = 0;
        // The first answer is the receiver; a second one would be where nobody listens.
        using var sender = Sender(strict: false, (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.9")]));
        (await sender.Post($"http://hooks.example:{PortOf(receiver)}/hook", ["secret"], "k1", [1])).ShouldBeNull();
        heard.ShouldBe(["/hook"]);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task When_all_addresses_of_a_name_are_inside_none_is_tried()
    {
        var heard = new ConcurrentQueue<string>();
        await using var inside = await Listen(heard);
        using var sender = Sender(strict: true, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.168.0.1"), IPAddress.Loopback]));
        (await sender.Post($"http://mixed.example:{PortOf(inside)}/hook", ["secret"], "k1", [1])).ShouldBe("The address is not a public one.");
        heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_answer_and_not_followed(int status)
    {
        var (first, second) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        await using var inside = await Listen(second);
        await using var receiver = await Listen(first, http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = $"http://127.0.0.1:{PortOf(inside)}/secrets";
        });
        using var sender = Sender(strict: false, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        (await sender.Post($"http://hooks.example:{PortOf(receiver)}/hook", ["secret"], "k1", [1])).ShouldBe($"It answered {status}.");
        (first.Count, second.Count).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://user:pass@hooks.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://hooks.example/")]
    public void An_address_in_disguise_is_refused_when_it_is_said(string url)
    {
        using var sender = Sender(strict: true, static (_, _) => Task.FromResult<IPAddress[]>([]));
        sender.Fault(url).ShouldNotBeNull();
    }

    private static WebhookSender Sender(bool strict, Func<string, CancellationToken, Task<IPAddress[]>> find) =>
        new(Options.Create(new WebhookRules { AllowHttp = true, AllowPrivateAddresses = !strict }), TimeProvider.System, find);

    private static int PortOf(WebApplication listener) => new Uri(listener.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static async Task<WebApplication> Listen(ConcurrentQueue<string> heard, Action<HttpContext>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var listener = builder.Build();
        listener.Run(http =>
        {
            heard.Enqueue(http.Request.Path);
            answer?.Invoke(http);
            return Task.CompletedTask;
        });
        await listener.StartAsync();
        return listener;
    }
}
