using System.Globalization;

namespace CampusCare.Domain.Triage;

internal enum QuantityKind
{
    Number,
    Minutes,
    Clock,
    Money,
    Count,
}

/// <summary>A number with what it counts.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Length">How many characters it takes.</param>
/// <param name="Value">Minutes (of the day, for a clock time), yuan, or pieces.</param>
internal readonly record struct Quantity(QuantityKind Kind, int Length, double Value);

/// <summary>Reads "一个半小时", "90分钟", "12点20", "11:45", "15块", "两份" and their English kin in folded text.</summary>
internal static class Quantities
{
    private const string Digits = "零一二三四五六七八九";
    private static readonly string[] HourUnits = ["个多小时", "个小时", "多小时", "小时", "个钟头", "钟头", "个钟", "个多钟", "hours", "hour", "hrs", "hr", "h"];
    private static readonly string[] MinuteUnits = ["多分钟", "来分钟", "几分钟", "分钟", "minutes", "minute", "mins", "min"];
    private static readonly string[] MoneyUnits = ["多块钱", "块钱", "多块", "来块", "块", "元钱", "多元", "元", "毛钱", "rmb", "yuan"];
    private static readonly string[] CountUnits = ["份", "个", "杯", "碗", "盒", "瓶", "根", "双", "只", "串", "样", "袋", "罐", "片", "张", "单", "次", "条", "颗", "x"];

    /// <summary>The quantity that begins at an index, if one does.</summary>
    public static Quantity? ReadAt(ReadOnlySpan<char> text)
    {
        if (text is ['半', '小', '时', ..]) return new Quantity(QuantityKind.Minutes, 3, 30);
        if (text is ['半', '个', ..]) return HalfAn(text);
        if (text is ['¥' or '$', ..] && Number(text[1..]) is ( > 0, var yuan) n) return new Quantity(QuantityKind.Money, n.Length + 1, yuan);
        var (length, value) = Number(text);
        if (length == 0) return null;
        var rest = text[length..];
        if (Clock(text, length, value) is { } clock) return clock;
        if (Hours(rest, length, value) is { } hours) return hours;
        if (Unit(rest, MinuteUnits) is var minutes and > 0) return new Quantity(QuantityKind.Minutes, length + minutes, value);
        if (Unit(rest, MoneyUnits) is var money and > 0) return new Quantity(QuantityKind.Money, length + money, value);
        if (Unit(rest, CountUnits) is var count and > 0) return new Quantity(QuantityKind.Count, length + count, value);
        return char.IsAsciiDigit(text[0]) ? new Quantity(QuantityKind.Number, length, value) : null;
    }

    private static Quantity? HalfAn(ReadOnlySpan<char> text)
    {
        var rest = text[1..];
        var unit = Unit(rest, HourUnits);
        if (unit > 0) return new Quantity(QuantityKind.Minutes, 1 + unit, 30);
        return rest.StartsWith("个多") && Unit(rest[2..], HourUnits) is var more and > 0
            ? new Quantity(QuantityKind.Minutes, 3 + more, 30)
            : null;
    }

    private static Quantity? Hours(ReadOnlySpan<char> rest, int length, double value)
    {
        var half = rest.StartsWith("个半") ? 2 : rest.StartsWith("半") ? 1 : 0;
        if (half > 0 && Unit(rest[half..], HourUnits) is var halfUnit and > 0)
            return new Quantity(QuantityKind.Minutes, length + half + halfUnit, (value * 60) + 30);
        var unit = Unit(rest, HourUnits);
        if (unit == 0) return null;
        var (minuteLength, minutes) = Number(rest[unit..]);
        var minuteUnit = minuteLength == 0 ? 0 : Unit(rest[(unit + minuteLength)..], MinuteUnits);
        if (minuteLength > 0 && minuteUnit == 0 && rest[(unit + minuteLength)..].StartsWith("分")) minuteUnit = 1;
        return minuteUnit > 0
            ? new Quantity(QuantityKind.Minutes, length + unit + minuteLength + minuteUnit, (value * 60) + minutes)
            : new Quantity(QuantityKind.Minutes, length + unit, value * 60);
    }

    private static Quantity? Clock(ReadOnlySpan<char> text, int length, double hour)
    {
        if (hour is < 0 or > 24 || hour != Math.Floor(hour)) return null;
        var rest = text[length..];
        if (rest is [':' or '点' or '.', ..] && Number(rest[1..]) is var (minuteLength, minute) && minuteLength > 0 && minute is >= 0 and < 60)
        {
            if (rest[0] == '.') return null;
            var tail = rest[(1 + minuteLength)..];
            var unit = tail is ['分', ..] && tail is not ['分', '钟', ..] ? 1 : 0;
            return new Quantity(QuantityKind.Clock, length + 1 + minuteLength + unit, (hour * 60) + minute);
        }
        if (rest is not ['点', ..] || char.IsAsciiDigit(text[0]) is false && rest is ['点', '都' or '也' or '没', ..]) return null;
        if (rest is ['点', '半', ..]) return new Quantity(QuantityKind.Clock, length + 2, (hour * 60) + 30);
        if (hour == 1 && !char.IsAsciiDigit(text[0]) && rest is not ['点', '钟' or '多', ..]) return null;
        return new Quantity(QuantityKind.Clock, length + (rest is ['点', '钟' or '整', ..] ? 2 : 1), hour * 60);
    }

    private static int Unit(ReadOnlySpan<char> text, string[] units)
    {
        var spaces = text is [' ', ..] ? 1 : 0;
        foreach (var unit in units)
        {
            if (!text[spaces..].StartsWith(unit)) continue;
            var after = spaces + unit.Length;
            if (char.IsAsciiLetter(unit[0]) && after < text.Length && char.IsAsciiLetter(text[after])) continue;
            return char.IsAsciiLetter(unit[0]) || spaces == 0 ? after : 0;
        }
        return 0;
    }

    private static (int Length, double Value) Number(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length])) length++;
        if (length == 0) return ChineseNumber(text);
        if (length + 1 < text.Length && text[length] == '.' && char.IsAsciiDigit(text[length + 1]))
        {
            length++;
            while (length < text.Length && char.IsAsciiDigit(text[length])) length++;
        }
        return (length, double.Parse(text[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    private static (int Length, double Value) ChineseNumber(ReadOnlySpan<char> text)
    {
        double total = 0, digit = 0;
        var length = 0;
        for (; length < text.Length; length++)
        {
            var c = text[length];
            if (c is '俩' or '两') digit = 2;
            else if (c == '仨') digit = 3;
            else if (Digits.IndexOf(c) is var d and >= 0) digit = d;
            else if (c is '十' or '百')
            {
                total += (digit == 0 ? 1 : digit) * (c == '十' ? 10 : 100);
                digit = 0;
            }
            else break;
        }
        return (length, total + digit);
    }
}
