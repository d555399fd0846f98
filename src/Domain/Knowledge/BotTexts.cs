using System.Collections.Immutable;
using System.Text;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Knowledge;

/// <summary>What the bot says besides its articles, in both languages.</summary>
public static class BotTexts
{
    /// <summary>Its name.</summary>
    public static string Name(string language) => language == Language.English ? "Assistant" : "智能助手";

    /// <summary>After "that helped".</summary>
    public static string Thanks(string language) => language == Language.English
        ? "Glad that helped. Write here again whenever something comes up."
        : "太好了，能帮上忙就好。之后有需要，随时在这里说。";

    /// <summary>When it didn't understand.</summary>
    public static string AskAgain(string language) => language == Language.English
        ? "Sorry, I didn't quite get that. Could you say it in other words? Or say \"a person\" and somebody takes over."
        : "抱歉，我没太明白。能换个说法再讲一次吗？也可以直接说“转人工”。";

    /// <summary>When a person takes over.</summary>
    public static string HandOver(HandOverReason reason, string language) => (reason, language == Language.English) switch
    {
        (HandOverReason.Urgent, false) => "这件事要尽快处理，我马上请专人来，您说过的话会一并转过去，不用重复。",
        (HandOverReason.Urgent, true) => "This needs a person right now. Everything you wrote goes along; you won't have to repeat it.",
        (HandOverReason.Asked or HandOverReason.Tree, false) => "好的，马上为您转人工，会优先接待；前面说过的都会转过去，不用重复。",
        (HandOverReason.Asked or HandOverReason.Tree, true) => "Of course. A person takes over, and you come first; everything you wrote goes along.",
        (_, false) => "抱歉没能帮上忙。我已请同事优先接手，您说过的话都会转过去，不用重复。",
        (_, true) => "Sorry that I couldn't help. A colleague takes over and you come first; everything you wrote goes along.",
    };

    /// <summary>An answer with a word that meets the customer's mood, unless it begins with one.</summary>
    public static string WithEmpathy(string body, BotQuestion question, string language)
    {
        var english = language == Language.English;
        var head = body.AsSpan(0, Math.Min(body.Length, 24));
        if (head.Contains("抱歉", StringComparison.Ordinal) || head.Contains("对不起", StringComparison.Ordinal) || head.Contains("不好意思", StringComparison.Ordinal)
            || head.Contains("谢", StringComparison.Ordinal) || head.Contains("着急", StringComparison.Ordinal) || head.Contains("sorry", StringComparison.OrdinalIgnoreCase) || head.Contains("thank", StringComparison.OrdinalIgnoreCase)) return body;
        if (question.Sentiment != Sentiment.Negative) return english ? body : $"您好！{body}";
        var word = (question.Category, english) switch
        {
            (Category.LateDelivery, false) => "让您饿着肚子等，真的很抱歉。",
            (Category.LateDelivery, true) => "Sorry to keep you waiting, hungry as you are. ",
            (Category.RefundAndPayment or Category.OrderCanceled, false) => "别着急，钱的事一定能查清楚。",
            (Category.RefundAndPayment or Category.OrderCanceled, true) => "No need to worry about your money; here is how it works. ",
            (Category.AppFault, false) => "耽误您用餐了，抱歉。",
            (Category.AppFault, true) => "Sorry for the trouble with the app. ",
            (_, false) => "给您添麻烦了，真的很抱歉。",
            (_, true) => "Sorry about that. ",
        };
        return word + body;
    }

    /// <summary>An answer for somebody who has no buttons: choices with numbers, and how to say yes, no, or "a person".</summary>
    public static string WithoutButtons(string text, ImmutableArray<string> choices, string language)
    {
        var english = language == Language.English;
        var all = new StringBuilder(text).Append('\n');
        for (var i = 0; i < choices.Length; i++) all.Append('\n').Append(i + 1).Append(english ? ". " : "、").Append(choices[i]);
        if (choices.IsEmpty) all.Append('\n').Append(english ? "Did that help? Reply 1 for yes, 2 for no, 0 for a person." : "这样解决了吗？回复 1 有帮助，2 没有帮助，0 转人工。");
        else all.Append('\n').Append(english ? "Reply with a number, or 0 for a person." : "请回复数字；回复 0 转人工。");
        return all.ToString();
    }

    /// <summary>What the person who takes over should know, so that nobody is asked twice.</summary>
    /// <param name="text">What the customer asked first.</param>
    /// <param name="order">The order, when known.</param>
    /// <param name="last">The customer's last words; null when there are none since.</param>
    /// <param name="tried">The articles that were tried.</param>
    /// <param name="reason">Why it comes to a person.</param>
    /// <param name="language">The customer's language.</param>
    public static string Summary(string text, string? order, string? last, ImmutableArray<string> tried, HandOverReason reason, string language)
    {
        var english = language == Language.English;
        var why = (reason, english) switch
        {
            (HandOverReason.Asked, false) => "用户要求人工",
            (HandOverReason.NotHelped, false) => "用户说没有帮助",
            (HandOverReason.Mood, false) => "用户情绪不好",
            (HandOverReason.Misses, false) => "机器人没有答上来",
            (HandOverReason.Urgent, false) => "紧急，需要专人",
            (HandOverReason.Tree, false) => "按流程需要人工处理",
            (HandOverReason.Looked, false) => "赔付前需人工核实",
            (HandOverReason.Looked, true) => "to be looked at before something is given",
            (HandOverReason.Asked, true) => "asked for a person",
            (HandOverReason.NotHelped, true) => "the answer didn't help",
            (HandOverReason.Mood, true) => "the mood is low",
            (HandOverReason.Misses, true) => "the bot had no answer",
            (HandOverReason.Urgent, true) => "urgent",
            (HandOverReason.Tree, true) => "this needs a person",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
        };
        var facts = string.Join(english ? ", " : "、", EntityExtractor.Extract(text).Concat(last is null ? [] : EntityExtractor.Extract(last)).Select(static entity => entity.Text).Distinct().Take(MaximumFacts));
        var lines = new List<string> { english ? $"Why: {why}" : $"原因：{why}", english ? $"Asked: {Cut(text)}" : $"诉求：{Cut(text)}" };
        if (last is not null) lines.Add(english ? $"Then: {Cut(last)}" : $"之后说：{Cut(last)}");
        if (order is not null) lines.Add(english ? $"Order: {order}" : $"订单：{order}");
        if (facts.Length > 0) lines.Add(english ? $"Known: {facts}" : $"已知：{facts}");
        if (!tried.IsEmpty) lines.Add(english ? $"Tried: {string.Join(", ", tried)}" : $"已试过：{string.Join("、", tried)}");
        return string.Join('\n', lines);
    }

    private const int MaximumFacts = 8, MaximumQuote = 160;

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= MaximumQuote ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[MaximumQuote - 1]) ? MaximumQuote - 1 : MaximumQuote), "…");
    }
}
