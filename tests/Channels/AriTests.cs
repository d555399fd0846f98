using System.Text;
using CampusCare.Channels.Phone;

namespace CampusCare.Channels.Tests;

/// <summary>What a telephone server says, read; and how often it is asked.</summary>
public sealed class AriTests
{
    private const string Channel = """{"id":"1.1","state":"Ring","caller":{"name":"","number":"+8613800000000"},"dialplan":{"context":"c","exten":"95001","priority":1,"app_name":"Stasis","app_data":"campuscare,95001"}}""";

    [Fact]
    public void Events_become_what_calls_hear()
    {
        Parse("""{"type":"StasisStart","args":["95001"],"channel":CHANNEL}""").ShouldSatisfyAllConditions(
            start => start!.Input.ShouldBe(new LineInput.Entered()), start => start!.Argument.ShouldBe("95001"),
            start => start!.Channel!.ShouldSatisfyAllConditions(channel => channel.Number.ShouldBe("+8613800000000"), channel => channel.Extension.ShouldBe("95001"), channel => channel.Argument.ShouldBe("95001"),
                channel => channel.IsIn("campuscare").ShouldBeTrue(), channel => channel.IsIn("campus").ShouldBeFalse()));
        Parse("""{"type":"StasisStart","args":["agent"],"channel":{"id":"1.1-agent-2"}}""")!.Input.ShouldBe(new LineInput.LegEntered("1.1-agent-2"));
        foreach (var end in new[] { "StasisEnd", "ChannelHangupRequest", "ChannelDestroyed" }) Parse("""{"type":"END","channel":CHANNEL}""".Replace("END", end, StringComparison.Ordinal))!.Input.ShouldBe(new LineInput.Gone("1.1"));
        Parse("""{"type":"ChannelDtmfReceived","digit":"1","duration_ms":80,"channel":CHANNEL}""")!.Input.ShouldBe(new LineInput.Key("1.1", "1"));
        Parse("""{"type":"ChannelStateChange","channel":CHANNEL}""")!.Input.ShouldBeNull();
        Parse("""{"type":"Dial","dialstatus":"BUSY","peer":{"id":"1.1-agent-1"}}""")!.Input.ShouldBe(new LineInput.Gone("1.1-agent-1"));
        foreach (var going in new[] { "", "RINGING", "PROGRESS", "ANSWER" }) Parse("""{"type":"Dial","dialstatus":"GOING","peer":{"id":"1.1-agent-1"}}""".Replace("GOING", going, StringComparison.Ordinal))!.Input.ShouldBeNull();
        Parse("""{"type":"ApplicationReplaced","application":"campuscare"}""")!.IsReplaced.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"args":["x"]}""")]
    public void What_is_no_event_is_none(string text) => Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("""{"type":"StasisStart"}""")]
    [InlineData("""{"type":"StasisStart","args":7,"channel":[]}""")]
    [InlineData("""{"type":"StasisEnd","channel":{"id":""}}""")]
    [InlineData("""{"type":"Dial","dialstatus":"BUSY","channel":CHANNEL}""")]
    public void What_lacks_its_channel_means_nothing(string text) => Parse(text)!.Input.ShouldBeNull();

    [Fact]
    public void What_is_no_number_is_withheld() =>
        Parse("""{"type":"StasisStart","channel":{"id":"1.1","caller":{"number":"anonymous"}}}""")!.Channel!.Number.ShouldBe("");

    [Fact]
    public void Pauses_grow_and_have_an_end() =>
        Enumerable.Range(0, 9).Select(static attempt => AriLink.PauseBefore(attempt).TotalSeconds).ShouldBe([0, 0, 1, 2, 4, 8, 16, 30, 30]);

    [Theory]
    [InlineData("li", "PJSIP/li")]
    [InlineData("south/li", "PJSIP/south-li")]
    [InlineData("li&PJSIP", null)]
    [InlineData("li,u", null)]
    [InlineData("李", null)]
    public void Nobody_s_name_dials_anything_else(string agent, string? endpoint)
    {
        var options = new PhoneOptions { BaseUrl = new Uri("http://127.0.0.1:8088/"), User = "care", Secret = "secret", Numbers = { ["95001"] = "north" } };
        var faults = new List<string>();
        options.Read(faults)!.EndpointOf(agent).ShouldBe(endpoint);
        faults.ShouldBeEmpty();
    }

    private static AriEvent? Parse(string text) => AriEvent.Parse(Encoding.UTF8.GetBytes(text.Replace("CHANNEL", Channel, StringComparison.Ordinal)));
}
