using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Privacy;

/// <summary>What a personal part of a text is.</summary>
public enum PersonalKind { Phone, Order, Email, Link, Id, Number, Name, Place }

/// <summary>A personal part of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="Length">Its UTF-16 units.</param>
public readonly record struct PersonalSpan(PersonalKind Kind, int Start, int Length);

/// <summary>
/// Takes out of a text what tells who somebody is: phones, order numbers, mail addresses, links, ids, names, places, and any
/// other number of five digits or more. It rather takes out too much. A name that nobody told it and that no title or
/// "我叫" gives away stays.
/// </summary>
public static partial class Redaction
{
    /// <summary>A shorter name would be found within other words.</summary>
    private const int ShortestName = 2;

    /// <summary>The frequent surnames; nine of ten people have one of them.</summary>
    private const string Surname = "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]";

    /// <summary>The text with a word such as <c>[phone]</c> in the place of each personal part.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">Names of persons who may occur in it.</param>
    public static string Of(string text, IEnumerable<string?>? names = null)
    {
        var redacted = new StringBuilder(text.Length);
        var from = 0;
        foreach (var span in Find(text, names))
        {
            redacted.Append(text, from, span.Start - from).Append(Word(span.Kind));
            from = span.Start + span.Length;
        }
        return redacted.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>
    /// The text with each personal part unreadable, but as long as it was and of the same shape: digits are 0, letters x, and
    /// names 某. A classifier that folds digits into one learns the same from it.
    /// </summary>
    public static string Masked(string text, IEnumerable<string?>? names = null)
    {
        var masked = text.ToCharArray();
        foreach (var span in Find(text, names))
            for (var i = span.Start; i < span.Start + span.Length; i++) masked[i] = Mask(masked[i], span.Kind);
        return new string(masked);
    }

    /// <summary>The personal parts, in the order in which they stand; none overlaps another.</summary>
    public static ImmutableArray<PersonalSpan> Find(string text, IEnumerable<string?>? names = null)
    {
        var folded = FoldedText.Fold(text);
        var taken = new bool[text.Length];
        var found = new List<PersonalSpan>();
        foreach (var name in Known(names)) Add(PersonalKind.Name, name.Matches(folded));
        Add(PersonalKind.Email, Emails().Matches(folded));
        Add(PersonalKind.Link, Links().Matches(folded));
        foreach (var entity in EntityExtractor.Extract(text))
            if (KindOf(entity.Kind) is { } kind) Keep(kind, entity.Start, entity.Text.Length);
        Add(PersonalKind.Id, Accounts().Matches(folded));
        Add(PersonalKind.Name, Titled().Matches(folded));
        Add(PersonalKind.Name, Introduced().Matches(folded));
        Add(PersonalKind.Number, Numbers().Matches(folded));
        Add(PersonalKind.Id, Ids().Matches(folded));
        return [.. found.OrderBy(static span => span.Start)];

        void Add(PersonalKind kind, MatchCollection matches)
        {
            foreach (Match match in matches)
            {
                var group = match.Groups["n"] is { Success: true } part ? part : (Group)match;
                Keep(kind, group.Index, group.Length);
            }
        }

        // What overlaps with something found before is cut to what is left of it, so that no digit of a number stays.
        void Keep(PersonalKind kind, int start, int length)
        {
            for (var i = start; i < start + length; i++)
            {
                if (taken[i]) continue;
                var begin = i;
                while (i < start + length && !taken[i]) taken[i++] = true;
                found.Add(new PersonalSpan(kind, begin, i - begin));
            }
        }
    }

    private static IEnumerable<Regex> Known(IEnumerable<string?>? names) => (names ?? [])
        .Select(static name => FoldedText.Fold(name ?? "").Trim())
        .Where(static name => name.Length >= ShortestName)
        .Distinct()
        .OrderByDescending(static name => name.Length)
        .Select(static name => new Regex(char.IsAsciiLetter(name[0]) ? $@"(?<![a-z]){Regex.Escape(name)}(?![a-z])" : Regex.Escape(name), RegexOptions.CultureInvariant));

    private static PersonalKind? KindOf(EntityKind kind) => kind switch
    {
        EntityKind.Phone => PersonalKind.Phone,
        EntityKind.OrderNumber => PersonalKind.Order,
        EntityKind.Place => PersonalKind.Place,
        _ => null,
    };

    private static string Word(PersonalKind kind) => kind switch
    {
        PersonalKind.Phone => "[phone]",
        PersonalKind.Order => "[order]",
        PersonalKind.Email => "[email]",
        PersonalKind.Link => "[link]",
        PersonalKind.Id => "[id]",
        PersonalKind.Number => "[number]",
        PersonalKind.Name => "[name]",
        PersonalKind.Place => "[place]",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    private static char Mask(char c, PersonalKind kind) => kind switch
    {
        _ when char.IsNumber(c) => '0',
        PersonalKind.Place => c,
        _ when char.IsAsciiLetter(c) || c is (>= 'Ａ' and <= 'Ｚ') or (>= 'ａ' and <= 'ｚ') => 'x',
        PersonalKind.Name or PersonalKind.Number when char.IsLetter(c) => '某',
        _ => c,
    };

    [GeneratedRegex(@"[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+")]
    private static partial Regex Emails();

    [GeneratedRegex(@"(?:https?://|www\.)[!-~]+")]
    private static partial Regex Links();

    // What stands behind the name of a messenger is an account.
    [GeneratedRegex(@"(?:微信|wechat|weixin|vx|v信|qq)(?:号码?)?(?:是|为)?[ :,]*(?<n>[a-z0-9_\-]{4,})")]
    private static partial Regex Accounts();

    // A surname, perhaps a given name, and a title.
    [GeneratedRegex($@"(?<n>{Surname}[\u4e00-\u9fa5]{{0,2}}?)(?:先生|女士|小姐|同学|老师|师傅|阿姨|大哥|大姐)")]
    private static partial Regex Titled();

    [GeneratedRegex($@"我叫(?<n>{Surname}[\u4e00-\u9fa5]{{1,2}})|(?:名字[是叫]|姓名|联系人|收[货件餐]人)(?:是|为)?[ :,]*(?<n>[\u4e00-\u9fa5]{{2,3}}|[a-z]{{2,20}}(?: [a-z]{{2,20}})?)|my name is (?<n>[a-z]{{2,20}}(?: [a-z]{{2,20}})?)")]
    private static partial Regex Introduced();

    // Written out, too: a phone number is eleven digits in any writing.
    [GeneratedRegex(@"\d(?:[ \-_.*]{0,2}[\d*]){4,}|[零〇一二三四五六七八九幺两]{7,}")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?=[a-z_\-]*\d)[a-z0-9_\-]{8,}")]
    private static partial Regex Ids();
}
