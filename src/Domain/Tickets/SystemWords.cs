using System.Globalization;
using CampusCare.Domain.Remedies;

namespace CampusCare.Domain.Tickets;

/// <summary>
/// What the system itself says to customers outside of our pages, who don't see there what happens. In the language of
/// their ticket (<see cref="Routing.Language"/>).
/// </summary>
public static class SystemWords
{
    /// <summary>Who says it.</summary>
    public const string AuthorId = "system";

    /// <summary>The ticket was declared solved, and may be rated by a number, unless it was before.</summary>
    public static string Resolved(string language, bool mayBeRated) => (IsEnglish(language), mayBeRated) switch
    {
        (true, true) => "Your request was marked as solved. Please rate us with a number from 1 to 5 (5 is best). If it is not solved, just write again.",
        (true, false) => "Your request was marked as solved. If it is not, just write again.",
        (false, true) => "您的问题已标记为解决。请回复 1–5 的数字评分（5 为最满意）；如果还没有解决，直接回复说明即可。",
        (false, false) => "您的问题已标记为解决。如果还没有解决，直接回复说明即可。",
    };

    /// <summary>An agent promised to come back within a time, with these words.</summary>
    public static string Promised(string language, TimeSpan within, string? words) =>
        (IsEnglish(language) ? $"We will get back to you within {English(within)}." : $"我们会在{Chinese(within)}内回复您。")
        + (string.IsNullOrWhiteSpace(words) ? "" : $"\n{words}");

    /// <summary>A supervisor joined the conversation.</summary>
    public static string SupervisorJoined(string language, string name) => IsEnglish(language)
        ? $"{name}, a supervisor, has joined this conversation."
        : $"主管{name}已加入本次对话。";

    /// <summary>The line is full, so that the place is kept and the customer is answered later.</summary>
    public static string PlaceKept(string language) => IsEnglish(language)
        ? "Many people are waiting now. Your place is kept: we will answer you here when it is your turn."
        : "现在排队的人较多，已为您保留位置，轮到您时我们会在这里回复您。";

    /// <summary>A person looks at the matter before something is given.</summary>
    public static string PersonLooks(string language) => IsEnglish(language)
        ? "Thank you, we have everything. A colleague looks at it in person and answers you here; you don't have to do anything."
        : "谢谢，信息已收到。我们会由专人为您核实，并在这里回复您，您无需再做其他操作。";

    /// <summary>The customer is given something, and it is on its way.</summary>
    public static string RemedyDecided(string language, RemedyKind kind, long fen) => (IsEnglish(language), kind) switch
    {
        (true, RemedyKind.Coupon) => $"We are sorry. A coupon of {Yuan(fen, true)} is on its way to your account.",
        (true, _) => $"We are sorry. We are paying {Yuan(fen, true)} back to you, the way you paid.",
        (false, RemedyKind.Coupon) => $"非常抱歉，我们为您补偿一张 {Yuan(fen, false)}优惠券，正在发放。",
        (false, _) => $"非常抱歉，我们将为您退款 {Yuan(fen, false)}，正在按原支付方式退回。",
    };

    /// <summary>The customer has what was given.</summary>
    public static string RemedyPaid(string language, RemedyKind kind, long fen) => (IsEnglish(language), kind) switch
    {
        (true, RemedyKind.Coupon) => $"Your coupon of {Yuan(fen, true)} is in your account.",
        (true, _) => $"We paid {Yuan(fen, true)} back to you.",
        (false, RemedyKind.Coupon) => $"{Yuan(fen, false)}优惠券已发放到您的账户。",
        (false, _) => $"{Yuan(fen, false)}退款已原路退回。",
    };

    /// <summary>What was given could not be paid.</summary>
    public static string RemedyFailed(string language, RemedyKind kind, long fen) => (IsEnglish(language), kind) switch
    {
        (true, RemedyKind.Coupon) => $"We could not give you the coupon of {Yuan(fen, true)}. Write again, and somebody looks into it.",
        (true, _) => $"We could not pay {Yuan(fen, true)} back. Write again, and somebody looks into it.",
        (false, RemedyKind.Coupon) => $"{Yuan(fen, false)}优惠券没有发放成功。请直接回复，客服会为您处理。",
        (false, _) => $"{Yuan(fen, false)}退款没有成功。请直接回复，客服会为您处理。",
    };

    // Half a yuan has its fen written, a whole one none.
    private static string Yuan(long fen, bool english)
    {
        var amount = (fen / 100m).ToString(fen % 100 == 0 ? "0" : "0.00", CultureInfo.InvariantCulture);
        return english ? $"¥{amount}" : $"{amount} 元";
    }

    /// <summary>The rating that a text is, from 1 to 5 stars; null for any other words.</summary>
    public static int? StarsIn(string text)
    {
        var word = text.Trim().TrimEnd('分', '星', '.', '。', '!', '！', ' ');
        return word is [var digit] && char.GetNumericValue(digit) is >= 1 and <= 5 and var stars && char.IsDigit(digit) ? (int)stars : null;
    }

    private static bool IsEnglish(string language) => language == Routing.Language.English;

    private static string English(TimeSpan time) => Rounded(time) switch
    {
        (1, var unit) => $"1 {Unit(unit)}",
        var (number, unit) => string.Create(CultureInfo.InvariantCulture, $"{number} {Unit(unit)}s"),
    };

    private static string Unit(char unit) => unit switch { 'm' => "minute", 'h' => "hour", _ => "day" };

    private static string Chinese(TimeSpan time)
    {
        var (number, unit) = Rounded(time);
        return string.Create(CultureInfo.InvariantCulture, $" {number} {unit switch { 'm' => "分钟", 'h' => "小时", _ => "天" }}");
    }

    // Up: what is promised must hold.
    private static (int Number, char Unit) Rounded(TimeSpan time) =>
        time <= TimeSpan.FromMinutes(90) ? ((int)Math.Ceiling(time.TotalMinutes), 'm')
        : time <= TimeSpan.FromHours(36) ? ((int)Math.Ceiling(time.TotalHours), 'h')
        : ((int)Math.Ceiling(time.TotalDays), 'd');
}
