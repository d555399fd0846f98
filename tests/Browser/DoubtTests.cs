using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>The same picture on a second account: a person looks first, and the supervisor who found nothing in it clears it.</summary>
[Collection(nameof(Demo))]
public sealed class DoubtTests(Demo demo)
{
    [SkippableTheory]
    [InlineData("zh-CN", "少送了一份米饭", "专人为您核实", "图片和工单")]
    [InlineData("en", "One rice is missing from my order", "in person", "the picture is the one of ticket")]
    public async Task A_picture_that_was_used_before_is_looked_at_and_cleared(string language, string question, string told, string why)
    {
        await using var campus = demo.Campus();
        var first = await campus.Customer(language, Screen.Phone, "小甲");
        var seed = Random.Shared.Next(1, 1_000_000);
        await Missing(first, question, "image/jpeg", seed);
        await Side.Sees(first.Thread.GetByText("¥").First);

        var second = await campus.Customer(language, Screen.Phone, "小乙");
        var boss = await campus.Supervisor(language, Screen.Desktop);
        await Missing(second, question, "image/webp", seed);
        await Assertions.Expect(second.Thread).ToContainTextAsync(told);
        await Assertions.Expect(second.Thread).Not.ToContainTextAsync("¥");
        await boss.Page.ReloadAsync();
        var matter = boss.Get("doubt-case").Filter(new() { HasText = why }).First;
        await Side.Sees(matter);
        await boss.Keep($"doubt-{language}");
        (await boss.AccessibilityFaults()).ShouldBeEmpty();

        await matter.Locator("[data-test=doubt-clear]").ClickAsync();
        await Side.Sees(second.Thread.GetByText("¥").First);
        (await second.AccessibilityFaults()).ShouldBeEmpty();
        boss.Complaints.ShouldBeEmpty();
    }

    private static async Task Missing(CustomerSide student, string question, string type, int seed)
    {
        await student.Ask(question);
        await student.Get("picture-file").SetInputFilesAsync(new FilePayload { Name = "plate", MimeType = type, Buffer = await Plate(student, type, seed) });
        await Side.Sees(student.Page.Locator("[data-test=picture-bubble][data-kept]").First);
    }

    // A plate with food on it, the same for a seed.
    private static async Task<byte[]> Plate(Side side, string type, int seed) => Convert.FromBase64String(await side.Page.EvaluateAsync<string>(
        """
        ([type, seed]) => {
          const canvas = Object.assign(document.createElement('canvas'), { width: 600, height: 800 })
          const paint = canvas.getContext('2d')
          let state = Number(seed)
          const chance = () => (state = (state * 16807) % 2147483647) / 2147483647
          paint.fillStyle = '#875'
          paint.fillRect(0, 0, 600, 800)
          for (let i = 0; i < 30; i++) {
            paint.fillStyle = `rgb(${chance() * 255} ${chance() * 255} ${chance() * 255})`
            paint.beginPath()
            paint.ellipse(chance() * 600, chance() * 800, 20 + chance() * 90, 20 + chance() * 60, chance() * 6, 0, 7)
            paint.fill()
          }
          return canvas.toDataURL(type, 0.7).split(',')[1]
        }
        """, new[] { type, seed.ToString(System.Globalization.CultureInfo.InvariantCulture) }));
}
