using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CampusCare.Domain.Triage;

/// <summary>Finds order numbers, phones, amounts, places, times and dishes in a message, in Chinese and English.</summary>
internal static partial class EntityExtractor
{
    private const int ShortestDish = 2;
    private const int MinutesPerHour = 60;
    private const int Noon = 12 * MinutesPerHour;
    private const int LookBack = 4;

    private static readonly FrozenSet<string> TooGeneral =
        FrozenSet.Create("海鲜", "凉菜", "饮料", "水果", "套餐", "主食", "小吃", "甜品", "早餐", "盒饭", "素菜", "荤菜");

    /// <summary>The facts, in the order in which they stand; none overlaps another.</summary>
    public static IReadOnlyList<Entity> Extract(string message)
    {
        var read = message.AsSpan(0, Math.Min(message.Length, FeatureExtractor.LongestText));
        var folded = FoldedText.Fold(read);
        var taken = new bool[folded.Length];
        var found = new List<Entity>();
        if (folded.AsSpan().ContainsAnyInRange('0', '9'))
        {
            foreach (Match m in Phones().Matches(folded)) Add(EntityKind.Phone, m.Groups["n"], Compact(m.Groups["n"].Value));
            foreach (Match m in Orders().Matches(folded)) Add(EntityKind.OrderNumber, m.Groups["n"], m.Groups["n"].Value.ToUpperInvariant());
        }
        foreach (Match m in Places().Matches(folded)) Add(EntityKind.Place, m, m.Value.Trim());
        AddQuantities(folded, taken, (kind, start, length, value) => Keep(kind, start, length, value));
        AddDishes(folded, taken, (start, length) => Keep(EntityKind.Dish, start, length, folded.Substring(start, length)));
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;

        void Add(EntityKind kind, Capture capture, string value) => Keep(kind, capture.Index, capture.Length, value);

        void Keep(EntityKind kind, int start, int length, string value)
        {
            if (taken.AsSpan(start, length).Contains(true)) return;
            taken.AsSpan(start, length).Fill(true);
            found.Add(new Entity(kind, message.Substring(start, length), value, start));
        }
    }

    private static void AddQuantities(string folded, bool[] taken, Action<EntityKind, int, int, string> keep)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            if (taken[i] || Quantities.ReadAt(folded.AsSpan(i)) is not { } quantity) continue;
            if (Describe(folded, i, quantity) is var (kind, value)) keep(kind, i, quantity.Length, value);
            i += quantity.Length - 1;
        }
    }

    private static (EntityKind Kind, string Value)? Describe(string folded, int start, Quantity quantity) => quantity.Kind switch
    {
        QuantityKind.Minutes => (EntityKind.Time, string.Create(CultureInfo.InvariantCulture, $"{quantity.Value:0}m")),
        QuantityKind.Clock => (EntityKind.Time, Clock(quantity.Value, folded, start, start + quantity.Length)),
        QuantityKind.Money when !IsPieces(folded, start, quantity) => (EntityKind.Amount, quantity.Value.ToString("0.00", CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>"三块肉" are three pieces, not three yuan.</summary>
    private static bool IsPieces(string folded, int start, Quantity quantity)
    {
        var end = start + quantity.Length;
        return folded[end - 1] == '块' && end < folded.Length && IsDish(Lexicon.Default.Match(folded.AsSpan(end)));
    }

    private static string Clock(double minutes, string folded, int start, int end)
    {
        var before = folded.AsSpan(Math.Max(0, start - LookBack), Math.Min(LookBack, start));
        var afternoon = before.EndsWith("下午") || before.EndsWith("晚上") || before.EndsWith("傍晚") || before.EndsWith("今晚") || folded.AsSpan(end).TrimStart().StartsWith("pm");
        if (afternoon && minutes < Noon) minutes += Noon;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)minutes / MinutesPerHour:00}:{(int)minutes % MinutesPerHour:00}");
    }

    private static void AddDishes(string folded, bool[] taken, Action<int, int> keep)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            var match = Lexicon.Default.Match(folded.AsSpan(i));
            if (match.Length == 0) continue;
            if (match.Length >= ShortestDish && IsDish(match) && !taken[i] && !TooGeneral.Contains(folded.Substring(i, match.Length))) keep(i, match.Length);
            i += match.Length - 1;
        }
    }

    private static bool IsDish((int Length, int Concept) match) => match.Length > 0 && Lexicon.Default.Concepts[match.Concept] == Lexicon.Dish;

    private static string Compact(string phone) => phone.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\d*])(?:\+?86[ -]?)?(?<n>1[3-9]\d(?:[ -]?\d{4}[ -]?\d{4}|\*{4}\d{4})|0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4})(?!\d)|(?:手机|电话)(?:的)?(?:尾号|后四位)(?:是|为)?[ :]?(?<n>\d{4})(?!\d)")]
    private static partial Regex Phones();

    [GeneratedRegex(@"(?:订单(?:编号|号码?|尾号)?|单号|编号|尾号|order(?: ?(?:no\.?|number|id))?)[ :#,]*(?:是|为|is)?[ :#]*(?<n>[a-z]{0,4}\d{4,24})(?!\d)|(?<!\d)(?<n>\d{10,24})(?!\d)")]
    private static partial Regex Orders();

    [GeneratedRegex(@"(?:[东西南北老新]校?区)?[\u4e00-\u9fa5]{2}(?:楼|园|苑|斋|舍)(?:[a-z]座|[\d一二三四五六七八九十]+(?:号楼?|栋|室|层|楼)?)+|(?:(?:宿舍|公寓|寝室|[东西南北]区) ?)?(?:第?\d{1,3}|第?[一二三四五六七八九十]{1,3}|[a-z])(?:号楼|号公寓|号宿舍|号门|栋|幢|单元|食堂|餐厅|教学楼|座)(?:[\d一二三四五六七八九十]{1,2}(?:楼|层))?(?: ?\d{3,4}(?:室|房间?|寝室?)?)?|(?:宿舍|寝室|房间) ?\d{1,2}-?\d{3,4}|[东南西北正侧后](?:侧)?门|[东西南北老新中][校]?区(?:体育馆|食堂|操场|宿舍|公寓|图书馆)?|[东西南北]操场|图书馆|教学楼|实验楼|实验室|体育馆|操场|校医院|行政楼|快递站|外卖柜|取餐柜|传达室|门卫室|宿舍楼|校门口|急诊楼|住院部|食堂门口|(?:building|dorm|room|gate|block|apartment) ?(?:[a-z]?\d+[a-z]?|[a-z](?![a-z]))|(?:north|south|east|west|back|main) gate|library|canteen|cafeteria")]
    private static partial Regex Places();
}
