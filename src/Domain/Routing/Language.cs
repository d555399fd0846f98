using System.Text;

namespace CampusCare.Domain.Routing;

/// <summary>The language that an answer should have.</summary>
public static class Language
{
    /// <summary>中文, and what is assumed of a text without words.</summary>
    public const string Chinese = "zh";

    /// <summary>English, and any other language in Latin letters.</summary>
    public const string English = "en";

    /// <summary>
    /// Chinese, unless a text has more Latin words than Han characters: "我的 order 还没到, rider 不接 call" is Chinese,
    /// an English sentence that names 麻辣烫 is not. Single letters and names with digits are no words.
    /// </summary>
    public static string Of(string text)
    {
        int han = 0, words = 0, letters = 0;
        var isName = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHan(rune.Value)) han++;
            if (IsLatin(rune)) letters++;
            else if (Rune.IsDigit(rune)) isName = true;
            else EndWord();
        }
        EndWord();
        return words > han ? English : Chinese;

        void EndWord()
        {
            if (letters > 1 && !isName) words++;
            letters = 0;
            isName = false;
        }
    }

    private static bool IsLatin(Rune rune) => rune.Value < 0x250 && Rune.IsLetter(rune);

    private static bool IsHan(int rune) => rune is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);
}
