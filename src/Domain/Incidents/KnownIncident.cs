using System.Globalization;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Incidents;

/// <summary>An incident as those are told who come because of it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Category">Contacts about this are told.</param>
/// <param name="Words">What is said of it.</param>
/// <param name="ExpectedEnd">Until when it is expected to last, by the campus's clock; null: nobody knows.</param>
public sealed record KnownIncident(string Id, Category Category, IncidentWords Words, DateTimeOffset? ExpectedEnd)
{
    /// <summary>Stands for an article where the bot answers with an incident.</summary>
    public const string ArticleId = "incident";

    /// <summary>The id of the message that tells of it: no client's has a space.</summary>
    public string MessageId => $"incident {Id}";

    /// <summary>The id of the message that tells that it is over.</summary>
    public string EndMessageId => $"incident {Id} over";

    /// <summary>We know, this is it, and until when.</summary>
    public string Told(string language)
    {
        var (title, advice, english) = (Words.Title(language), Words.Advice(language), language == Language.English);
        var until = ExpectedEnd is { } end ? end.ToString("HH:mm", CultureInfo.InvariantCulture) : null;
        return english
            ? $"We know: {Sentence(title, '.')}{Sentence(advice, '.')} {(until is null ? "We are working on it" : $"It is expected to last until {until}")}. We tell you here as soon as it is over.".Replace("  ", " ", StringComparison.Ordinal)
            : $"我们已经知道：{Sentence(title, '。')}{Sentence(advice, '。')}{(until is null ? "正在处理" : $"预计 {until} 前恢复")}，恢复后第一时间在这里告诉您。";
    }

    /// <summary>It is over.</summary>
    public string Over(string language) => language == Language.English
        ? $"It is over: {Sentence(Words.Title(language), '.')} Thank you for waiting. If something is still wrong, just write here."
        : $"已经恢复：{Sentence(Words.Title(language), '。')}感谢您的等待。如果还有问题，直接在这里回复即可。";

    /// <summary>
    /// What the bot adds for who was told of it, so that nobody has to wait for a person who can only say the same; null when
    /// a person shall come, or when it isn't sure that the words are about it.
    /// </summary>
    public static BotTurn? Answer(BotPolicy policy, BotQuestion question, double confidence, string language)
    {
        if (confidence < policy.Confidence || CustomerWords.WantsPerson(question.Text)) return null;
        if (question.Urgency == Urgency.Critical || question.Category == Category.FoodSafety || policy.NotFor.Contains(question.Category)) return null;
        var text = language == Language.English
            ? "You don't have to wait here. If it is about something else, say so, and a person takes over."
            : "您不用在这里等着。如果是别的问题，说一声，马上为您转人工。";
        return new BotTurn(BotDoes.Answer, language, question.Outside ? BotTexts.WithoutButtons(text, [], language) : text)
        {
            ArticleId = ArticleId,
            Version = 1,
            Confidence = Math.Round(confidence, 3),
        };
    }

    private static string Sentence(string text, char stop) => text.Length == 0 ? "" : (stop == '.' ? " " : "") + (char.IsPunctuation(text[^1]) ? text : text + stop);
}
