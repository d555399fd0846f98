using System.Globalization;

namespace CampusCare.Domain.Triage;

/// <summary>Brings the many ways of typing the same thing into one form.</summary>
internal static class FoldedText
{
    /// <summary>Separates clauses in compact text.</summary>
    public const char Break = ',';

    /// <summary>
    /// Half width, lower case, simplified characters; anything that can't be read becomes a space.
    /// One character in, one character out, so that an index in the result is an index in the message.
    /// </summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                var paired = char.IsHighSurrogate(c)
                    ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                    : i > 0 && char.IsHighSurrogate(text[i - 1]);
                folded[i] = paired ? c : ' ';
            }
            else folded[i] = Fold(c);
        }
        return new string(folded);
    }

    private static char Fold(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(c - 0xFEE0)),
        '。' or '、' => Break,
        '￥' or '¥' => '¥',
        >= '①' and <= '⑨' => (char)('1' + (c - '①')),
        _ when c <= ' ' || char.IsControl(c) || char.IsWhiteSpace(c) => ' ',
        _ => TraditionalCharacters.Simplify(char.ToLowerInvariant(c)),
    };

    /// <summary>
    /// Folded text without what says nothing: every run of punctuation and space is one <see cref="Break"/>, none at the
    /// ends, and no character stands more than twice in a row.
    /// </summary>
    public static string Compact(string folded)
    {
        var compact = new char[folded.Length];
        var length = 0;
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            if (IsInvisible(c)) continue;
            if (IsSeparator(folded, i))
            {
                if (length > 0 && compact[length - 1] != Break) compact[length++] = Break;
                continue;
            }
            var third = length >= 2 && compact[length - 1] == c && compact[length - 2] == c;
            if (!third || char.IsAsciiDigit(c)) compact[length++] = c;
        }
        if (length > 0 && compact[length - 1] == Break) length--;
        return new string(compact, 0, length);
    }

    private static bool IsInvisible(char c) => c is '\uFE0F' or '\u200D' or '\u200B' or '\u200C' or '\uFEFF' or '\u20E3';

    private static bool IsSeparator(string text, int i)
    {
        var c = text[i];
        if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '¥' or '$') return false;
        if (c is '.' or ':' && i > 0 && i + 1 < text.Length) return !(char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]));
        return char.GetUnicodeCategory(c) is not (UnicodeCategory.OtherSymbol or UnicodeCategory.NonSpacingMark);
    }
}
