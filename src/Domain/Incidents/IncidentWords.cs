using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Incidents;

/// <summary>What customers are told of an incident, in two languages; what is empty in one is said in the other.</summary>
/// <param name="TitleZh">What is wrong, in Chinese.</param>
/// <param name="TitleEn">What is wrong, in English.</param>
/// <param name="AdviceZh">What to do meanwhile, in Chinese.</param>
/// <param name="AdviceEn">What to do meanwhile, in English.</param>
public sealed record IncidentWords(string TitleZh, string TitleEn, string AdviceZh = "", string AdviceEn = "")
{
    /// <summary>The longest title.</summary>
    public const int MaximumTitle = 80;

    /// <summary>The longest advice.</summary>
    public const int MaximumAdvice = 500;

    /// <summary>What is wrong.</summary>
    public string Title(string language) => Of(language, TitleZh, TitleEn);

    /// <summary>What to do; empty when there is nothing.</summary>
    public string Advice(string language) => Of(language, AdviceZh, AdviceEn);

    /// <summary>The words without spaces around them.</summary>
    public IncidentWords Trimmed() => new(TitleZh.Trim(), TitleEn.Trim(), AdviceZh.Trim(), AdviceEn.Trim());

    /// <summary>What can't be told, with its field; null when all can.</summary>
    public (string Field, string Detail)? Fault() =>
        TitleZh.Length == 0 && TitleEn.Length == 0 ? ("titleZh", "Say what is wrong, in Chinese, in English or in both.")
        : Longer(TitleZh, MaximumTitle, "titleZh") ?? Longer(TitleEn, MaximumTitle, "titleEn") ?? Longer(AdviceZh, MaximumAdvice, "adviceZh") ?? Longer(AdviceEn, MaximumAdvice, "adviceEn");

    private static (string, string)? Longer(string text, int most, string field) =>
        text.Length > most ? (field, $"The text has {text.Length} characters; at most {most} are taken. Shorten it.") : null;

    private static string Of(string language, string zh, string en) => language == Language.English ? en.Length > 0 ? en : zh : zh.Length > 0 ? zh : en;
}
