using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>A campus where a bot answers: at once, and never in the way of a person.</summary>
[Collection(nameof(Demo))]
public sealed class BotTests(Demo demo)
{
    private const string Name = "小测";

    [SkippableTheory]
    [InlineData("zh-CN", true, "我的退款几天能到账呀", "工作日")]
    [InlineData("en", false, "When will I get my refund?", "working days")]
    public async Task A_known_question_is_answered_at_once_and_closed_when_that_helped(string language, bool small, string question, string answer)
    {
        await using var campus = demo.Campus(SpecialCampuses.Answering);
        var student = await campus.Customer(language, small ? Screen.Phone : Screen.Desktop);
        await student.Ask(question);
        await Assertions.Expect(student.Thread).ToContainTextAsync(answer);
        await student.Get("bot-helped").ClickAsync();
        await Assertions.Expect(student.Get("bot-helped")).ToHaveCountAsync(0);
        await student.IsIn("resolved");
        student.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_did_not_help_goes_to_a_person_who_knows_what_was_said()
    {
        await using var campus = demo.Campus(SpecialCampuses.Answering);
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Ask("我的退款几天能到账呀");
        await student.Get("bot-not-helped").ClickAsync();
        await student.IsIn("waiting");
        await agent.StartWork();
        await agent.AcceptByKey(Name);
        await Assertions.Expect(agent.PaneOf(Name)).ToContainTextAsync("我的退款几天能到账呀");
        await student.IsIn("assigned");
        student.Complaints.ShouldBeEmpty();
        agent.Complaints.ShouldBeEmpty();
    }
}
