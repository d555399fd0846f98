using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>Calls between two browsers whose microphones beep: what counts is that the other one is heard.</summary>
[Collection(nameof(Demo))]
public sealed class CallTests(Demo demo)
{
    private const string Name = "小测", Other = "小李";

    [SkippableTheory]
    [InlineData("zh-CN", true, "语音通话", "通话中")]
    [InlineData("en", false, "Voice call", "On the call")]
    public async Task A_call_is_heard_on_both_sides_held_and_hung_up(string language, bool small, string medium, string talking)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, small ? Screen.Phone : Screen.Desktop with { Dark = true });
        var agent = await campus.Agent(language, small ? Screen.Tablet : Screen.Desktop with { Dark = true });
        await student.Keep("call-ask");
        await student.Get("call-us").ClickAsync();
        await student.IsIn("waiting");
        await Is(student, "waiting");
        await student.Keep("call-waiting");
        (await student.AccessibilityFaults()).ShouldBeEmpty();

        await agent.StartWork();
        await Assertions.Expect(agent.Offers).ToContainTextAsync(medium);
        await agent.AcceptByKey(Name);
        foreach (var side in (Side[])[student, agent]) await Hears(side);
        await Assertions.Expect(student.Get("call-state")).ToHaveTextAsync(talking);
        await student.Keep("call-student");
        await agent.Keep("call-agent");
        foreach (var side in (Side[])[student, agent])
        {
            (await side.AccessibilityFaults()).ShouldBeEmpty();
            (await side.SidewaysScroll()).ShouldBe(0);
        }

        await student.Get("call-mute").ClickAsync();
        await HearsNothing(agent);
        await student.Get("call-mute").ClickAsync();
        await Hears(agent);
        await agent.PaneOf(Name).Locator("[data-test=call-hold]").ClickAsync();
        foreach (var side in (Side[])[student, agent]) await Is(side, "held");
        await HearsNothing(student);
        await student.Keep("call-held");
        await agent.Page.Keyboard.PressAsync("Alt+KeyH");
        await Hears(student);
        await agent.PaneOf(Name).Locator("[data-test=call-keys]").ClickAsync();
        await agent.PaneOf(Name).Locator("[data-key='5']").ClickAsync();
        await agent.Keep("call-keypad");
        await agent.Say(Name, "边说边打字也行");
        await Assertions.Expect(student.Thread.Locator("[data-test=bubble] .text").Last).ToHaveTextAsync("边说边打字也行");

        await student.Get("call-end").FocusAsync();
        await student.Page.Keyboard.PressAsync("Enter");
        await student.IsIn("resolved");
        await Side.Sees(agent.PaneOf(Name).Locator("[data-test=wrap-up]"));
        await Assertions.Expect(student.Get("call")).ToHaveCountAsync(0);
        await student.Keep("call-over");
        await AgentSide.Choose(agent.PaneOf(Name), "solved");
        await agent.PaneOf(Name).Locator("[data-test=wrap-up]").ClickAsync();
        foreach (var side in (Side[])[student, agent]) side.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_sound_comes_back_after_a_reload_of_either_side_a_lost_network_and_goes_along_to_another_agent()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Get("call-us").ClickAsync();
        await agent.StartWork();
        await agent.AcceptByKey(Name);
        Side[] both = [student, agent];
        foreach (var side in both) await Hears(side);

        foreach (var side in both)
        {
            await side.Page.ReloadAsync();
            foreach (var listener in both) await Hears(listener);
        }
        await student.Offline(true);
        await student.Offline(false);
        foreach (var listener in both) await Hears(listener);

        var other = await campus.Agent("zh-CN", Screen.Desktop, name: Other);
        await other.StartWork();
        await agent.Get("hand-over").ClickAsync();
        await AgentSide.ChooseColleague(agent.Get("hand-over-dialog"), Other);
        await agent.Get("hand-over-now").ClickAsync();
        await Is(student, "waiting");
        await other.AcceptByKey(Name);
        foreach (var listener in (Side[])[student, other]) await Hears(listener);
        await Assertions.Expect(agent.Get("call")).ToHaveCountAsync(0);
        await other.PaneOf(Name).Locator("[data-test=call-end]").ClickAsync();
        await student.IsIn("resolved");
    }

    [SkippableTheory]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    public async Task A_supervisor_hears_both_whispers_to_the_agent_speaks_to_both_and_takes_the_call_over(string language, bool dark)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, Screen.Phone);
        var agent = await campus.Agent(language, Screen.Desktop with { Dark = dark });
        var boss = await campus.Supervisor(language, Screen.Desktop with { Dark = dark });
        await student.Get("call-us").ClickAsync();
        await agent.StartWork();
        await agent.AcceptByKey(Name);
        await Hears(agent);
        await boss.Get("to-room").ClickAsync();
        await boss.Get("talk").Filter(new() { HasText = Name }).Locator("button").ClickAsync();
        await boss.Get("ear-listen").ClickAsync();
        await Assertions.Expect(boss.Get("ear")).ToHaveAttributeAsync("data-state", "connected");
        await boss.Page.WaitForFunctionAsync("() => !document.querySelector('[data-test=ear-audio]').paused");

        var (quietStudent, quietAgent) = (student.Get("call-mute"), agent.Get("call-mute"));
        await quietStudent.ClickAsync();
        await Sounds(boss, true);
        await quietAgent.ClickAsync();
        await Sounds(boss, false);
        await quietStudent.ClickAsync();
        await Sounds(boss, true);
        await boss.Keep("call-listening");
        (await boss.AccessibilityFaults()).ShouldBeEmpty();

        await quietStudent.ClickAsync();
        await Sounds(agent, false);
        await boss.Get("ear-speak").ClickAsync();
        await Sounds(agent, true);
        await Sounds(student, false);
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-event=call]").Last).ToContainTextAsync("主管");
        await boss.Page.Keyboard.PressAsync("Alt+KeyJ");
        await Side.Sees(student.Thread.Locator("[data-event=supervisorJoined]"));
        await boss.Get("ear-speak").ClickAsync();
        await Sounds(student, true);
        await boss.Keep("call-barging");
        (await student.Page.Locator("[data-event=call]").CountAsync()).ShouldBe(1, "that it connected; of the whisper nothing is told");

        await boss.Page.Keyboard.PressAsync("Alt+KeyT");
        await boss.Get("take-now").ClickAsync();
        await Hears(student);
        await Assertions.Expect(agent.Get("call")).ToHaveCountAsync(0);
        await boss.Keep("call-taken-over");
        (await boss.AccessibilityFaults()).ShouldBeEmpty();
        await boss.Page.ReloadAsync();
        await Hears(student);
        await boss.Get("call-end").ClickAsync();
        await student.IsIn("resolved");
        await boss.Page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
        (await boss.SidewaysScroll()).ShouldBe(0);
        foreach (var side in (Side[])[student, agent, boss]) side.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("zh-CN", "NotAllowedError", "refused")]
    [InlineData("en", "NotFoundError", "missing")]
    public async Task Who_has_no_microphone_is_told_why_and_writes_instead(string language, string error, string why)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, Screen.Phone);
        await student.Page.EvaluateAsync("error => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', error)) }", error);
        await student.Get("call-us").ClickAsync();
        await Side.Sees(student.Get("call-fault"));
        await student.Keep($"call-{why}");
        (await student.AccessibilityFaults()).ShouldBeEmpty();
        await student.Get("call-write").ClickAsync();
        await Assertions.Expect(student.Page.Locator("#question")).ToBeFocusedAsync();
        student.Complaints.ShouldBeEmpty();
    }

    private static Task Is(Side side, string state) => Assertions.Expect(side.Get("call")).ToHaveAttributeAsync("data-state", state);

    private static async Task Hears(Side side)
    {
        await Is(side, "connected");
        await side.Page.WaitForFunctionAsync("() => { const { paused, muted } = document.querySelector('[data-test=call-audio]'); return !paused && !muted }");
        await Sounds(side, true);
    }

    private static Task HearsNothing(Side side) => Sounds(side, false);

    private static async Task Sounds(Side side, bool loud)
    {
        for (var tries = 0; tries < MaximumTries; tries++)
            if (await side.Page.EvaluateAsync<bool>(Sound, loud)) return;
        throw new TimeoutException(loud ? "Nothing is heard." : "Something is heard.");
    }

    // Of two seconds each.
    private const int MaximumTries = 20;

    // The energy of what arrived within two seconds, in which the false microphones beep.
    private const string Sound =
        """
        async loud => {
          const energy = async () => {
            let sum = 0
            for (const connection of connections.filter(c => c.connectionState === 'connected'))
              for (const report of (await connection.getStats()).values())
                if (report.type === 'inbound-rtp') sum += report.totalAudioEnergy
            return sum
          }
          const before = await energy()
          await new Promise(done => setTimeout(done, 2000))
          const heard = (await energy()) - before
          return loud ? heard > 1e-4 : heard < 1e-6
        }
        """;
}
