using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>
/// A busy minute, with pictures of it. The README's: <c>CAMPUSCARE_PICTURES=docs/images dotnet test tests/Browser --filter Pictures</c>.
/// </summary>
[Collection(nameof(Demo))]
public sealed class Pictures(Demo demo)
{
    private static readonly string Folder = Path.Combine(Demo.Home, Environment.GetEnvironmentVariable("CAMPUSCARE_PICTURES") ?? "artifacts/pictures");

    [SkippableTheory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Three_conversations_and_an_offer_are_on_one_screen(string language)
    {
        var words = Words.In(language);
        await using var campus = demo.Campus();
        var phone = await campus.Customer(language, new Screen(375, 760, Touch: true, Scale: 2), words.Names[0]);
        var agent = await campus.Agent(language, Screen.Desktop, name: words.Agent);
        await phone.AskByTapping("late", "MT2026112108");
        await agent.StartWork();
        await agent.AcceptByKey(words.Names[0]);
        for (var i = 1; i < 3; i++)
        {
            var other = await campus.Customer(language, Screen.Phone, words.Names[i], i == 2 ? "Rider" : "Student");
            await other.Ask(words.Questions[i - 1]);
            await agent.AcceptByKey(words.Names[i]);
        }
        for (var i = 0; i < words.Talk.Length; i++)
        {
            if (i % 2 == 0) await agent.Say(words.Names[0], words.Talk[i]);
            else await phone.Say(words.Talk[i]);
            await Side.Sees(agent.PaneOf(words.Names[0]).GetByText(words.Talk[i]));
            await Side.Sees(phone.Thread.GetByText(words.Talk[i]));
        }
        await agent.Say(words.Names[1], words.Answer);
        var last = await campus.Customer(language, Screen.Phone, words.Names[3]);
        await last.Ask(words.Questions[2]);
        await Side.Sees(agent.Offers);
        await Assertions.Expect(agent.Panes).ToHaveCountAsync(3);
        await agent.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"agent.{language}.png") });
        await phone.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"student.{language}.png") });
    }

    private sealed record Words(string Agent, string[] Names, string[] Questions, string[] Talk, string Answer)
    {
        public static Words In(string language) => language == "en"
            ? new("Lin", ["Summer", "Tang", "Feng", "Ning"],
                ["Something is missing: the soup and one rice.", "I cannot reach the customer at building 3.", "My refund has not arrived."],
                ["Hi, this is Lin. Let me check on it.", "Thank you, it is 40 minutes late already", "The rider was held up by the rain and is at your building now. I added a coupon for the delay.", "Great, I see him!"],
                "So sorry! I ask the kitchen to send the soup and the rice right away.")
            : new("小林", ["小夏", "小棠", "阿峰", "阿宁"],
                ["少送了一份米饭和一碗汤", "联系不上顾客，餐送不进 3 号楼", "退款三天了还没到账"],
                ["你好，我是小林，马上帮你查。", "谢谢，已经晚了四十分钟了", "骑手路上遇到大雨，现在已经到你楼下了。晚到的补偿券也给你发好了。", "看到了，谢谢！"],
                "实在抱歉！我这就让商家把米饭和汤补送过来。");
    }
}
