using System.Text.RegularExpressions;
using CampusCare.Domain.Privacy;
using CampusCare.Domain.Tests.Triage;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Privacy;

public sealed partial class RedactionTests
{
    private static readonly string[] Names = ["林小雨", "Peter Novak", "04号骑手"];

    // Who could be told by it, in the ways in which people type it.
    private static readonly string[] Personal =
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "+86 13812345678", "１３８１２３４５６７８", "138****5678", "一三八零零一二三四五六", "010-62345678",
        "订单2026030212345678", "单号A20260302123", "2026030212345678", "lin.xiaoyu@mail.example.edu.cn", "LIN@EXAMPLE.COM", "https://pay.example.com/r?token=abc", "www.example.com/u/17",
        "微信号：linxy_2004", "wx: oGZUI0egBJY1zhBYw2KhdUfwVJJE", "vx linxiaoyu88", "QQ 123456789", "林小雨", "peter novak", "王师傅", "张伟同学", "我叫王小明", "收货人：欧阳娜", "身份证110101200001011234", "my name is Ann Lee",
    ];

    private static readonly string[] Plain = ["我的外卖", "一个小时了还没到", "汤洒了", "，", "。", " ", "12:30", "退我3块5", "where is it?", "🍜", "骑手态度很差", "第2次了", "到底", "\n", "20元"];

    [Fact]
    public void Nothing_personal_stays_wherever_it_stands()
    {
        var random = new Random(20261129);
        for (var i = 0; i < 3_000; i++)
        {
            var item = Personal[random.Next(Personal.Length)];
            var text = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Plain[random.Next(Plain.Length)])) + " " + item + " " + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Plain[random.Next(Plain.Length)]));
            foreach (var said in new[] { Redaction.Of(text, Names), Redaction.Masked(text, Names) })
            {
                LongNumber().Matches(said).Select(static match => match.Value).Where(static digits => digits.Any(static c => c is not ('0' or ' ' or '-' or '*' or '.' or '_'))).ShouldBeEmpty($"{text} → {said}");
                said.ShouldNotContain("@example", Case.Insensitive);
                said.ShouldNotContain("token=abc");
                said.ShouldNotContain("linxy");
                said.ShouldNotContain("linxiaoyu");
                said.ShouldNotContain("oGZUI");
                foreach (var name in new[] { "林小雨", "peter", "王师", "张伟", "王小明", "欧阳", "ann lee" }) said.ShouldNotContain(name, Case.Insensitive, $"{text} → {said}");
            }
            Redaction.Masked(text, Names).Length.ShouldBe(text.Length);
        }
    }

    [GeneratedRegex(@"\d(?:[ \-*._]?\d){4,}|[一二三四五六七八九零]{7,}")]
    private static partial Regex LongNumber();

    [Theory]
    [InlineData("我的外卖一个小时了还没到，退我3块5", "我的外卖一个小时了还没到，退我3块5")]
    [InlineData("打13812345678找林小雨，订单20260302123456", "打[phone]找[name]，订单[order]")]
    [InlineData("放在东区3栋楼下，发到lin@example.com", "放在[place]楼下，发到[email]")]
    [InlineData("我叫外卖叫了两小时", "我叫外卖叫了两小时")]
    public void A_word_says_what_stood_there(string text, string redacted) => Redaction.Of(text, Names).ShouldBe(redacted);

    [Fact]
    public void Redacting_twice_changes_nothing_and_broken_text_breaks_nothing()
    {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(5) switch
            {
                0 => (char)random.Next('0', '9' + 1),
                1 => (char)random.Next('\u4e00', '\u9fa6'),
                2 => (char)random.Next(' ', '~' + 1),
                3 => (char)random.Next('\ud800', '\ue000'),
                _ => (char)random.Next(0, 0x10000),
            })]);
            var once = Redaction.Of(text, Names);
            Redaction.Of(once, Names).ShouldBe(once, text);
            Redaction.Masked(text, Names).Length.ShouldBe(text.Length);
        }
    }

    // Texts of the corpus hold what people write, and a mask must not teach the classifier something else.
    [Fact]
    public void A_masked_text_means_to_the_classifier_what_the_text_means()
    {
        var model = TriageModel.Default;
        var changed = CorpusFiles.All.Where(text => Redaction.Masked(text.Text) is var masked && masked != text.Text && model.Classify(masked).Category != model.Classify(text.Text).Category).ToList();
        changed.Count.ShouldBeLessThan(CorpusFiles.All.Count / 500, string.Join('\n', changed.Select(static text => text.Text)));
    }

    [Fact]
    public void A_line_of_the_corpus_is_read_back()
    {
        foreach (var text in CorpusFiles.All.Take(500))
        {
            var read = LabelledText.Parse((text with { Text = Redaction.Masked(text.Text) }).Line());
            (read.Categories, read.Sentiment, read.Urgency).ShouldBe((read.Categories, text.Sentiment, text.Urgency));
            read.Categories.ShouldBe(text.Categories);
        }
        LabelledText.Parse(new LabelledText("two\tlines\nand a tab", [Category.Other], Sentiment.Neutral, Urgency.Low).Line()).Text.ShouldBe("two lines and a tab");
    }
}
