using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Knowledge;

/// <summary>Short words by which customers steer the bot.</summary>
public static class CustomerWords
{
    /// <summary>Longer texts say more than yes or no.</summary>
    private const int Short = 14, ShortEnglish = 36;

    private static readonly string[] Person =
    [
        "转人工", "人工客服", "找人工", "要人工", "真人", "活人", "接人工", "人工服务", "叫人工", "换人工", "不要机器人", "别用机器人", "human", "real person", "a person", "representative", "live agent", "talk to someone", "talk to an agent",
    ];

    private static readonly string[] No =
    [
        "没有帮助", "没帮助", "没用", "没有用", "不行", "没解决", "没有解决", "解决不了", "不管用", "不对", "不是这个", "答非所问", "还是不", "不能解决",
        "not help", "didn't help", "did not help", "doesn't help", "doesn't work", "not solved", "useless", "no", "nope", "that's not",
    ];

    private static readonly string[] Yes =
    [
        "有帮助", "有用", "解决了", "可以了", "搞定", "好了", "好的", "谢谢", "明白了", "知道了", "收到了", "ok", "thanks", "thank you", "that helped", "it helped", "solved", "helpful", "got it", "yes", "great", "works now",
    ];

    /// <summary>Whether somebody asks for a person, in whatever length.</summary>
    public static bool WantsPerson(string text)
    {
        var folded = FoldedText.Fold(text);
        return folded.Trim() == "人工" || Person.Any(word => folded.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Whether the words say that the answer helped, or that it didn't; null when they say something else.</summary>
    /// <param name="text">The words.</param>
    /// <param name="numbered">Whether 1 and 2 stand for yes and no, as where no buttons are.</param>
    public static bool? Verdict(string text, bool numbered)
    {
        var folded = FoldedText.Fold(text).Trim();
        if (numbered && folded is "1" or "2") return folded == "1";
        var english = folded.Any(char.IsAsciiLetter);
        if (folded.Length > (english ? ShortEnglish : Short)) return null;
        if (No.Any(word => Says(folded, word))) return false;
        return Yes.Any(word => Says(folded, word)) && !folded.EndsWith('?') && !folded.EndsWith('吗') ? true : null;
    }

    // "no" is a word, but not in "now": Latin words stand alone.
    private static bool Says(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            if (!char.IsAsciiLetter(word[0]) || (!IsLetterAt(text, at - 1) && !IsLetterAt(text, at + word.Length))) return true;
        return false;
    }

    private static bool IsLetterAt(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetter(text[at]);
}
