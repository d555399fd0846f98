namespace CampusCare.Domain.Triage;

/// <summary>A word with a known meaning, a quantity, or a plain character.</summary>
/// <param name="Id">The concept, or above <see cref="Tokenizer.FirstPlain"/> a plain character or word.</param>
/// <param name="Clause">Which clause of the message it stands in, from 0.</param>
/// <param name="IsWord">A Latin word that the lexicon doesn't know.</param>
internal readonly record struct Token(uint Id, int Clause, bool IsWord = false)
{
    /// <summary>True for what the lexicon or the quantities know.</summary>
    public bool IsConcept => Id < Tokenizer.FirstPlain;
}

/// <summary>Splits compact text into concepts and plain characters, the longest known word first.</summary>
internal static class Tokenizer
{
    /// <summary>Ids from here on are plain text.</summary>
    public const uint FirstPlain = 1000;

    private const uint FirstQuantity = 500;
    private const int LongWaitMinutes = 30;

    /// <summary>The concept of words such as "不".</summary>
    public static readonly uint Neg = Concept("Neg");

    /// <summary>The concept of words such as "但是".</summary>
    public static readonly uint But = Concept("But");

    /// <summary>The concept of falling ill.</summary>
    public static readonly uint Ill = Concept("Ill");

    /// <summary>The concept of danger to a person.</summary>
    public static readonly uint Danger = Concept("Danger");

    private static readonly uint Plain = Concept(Lexicon.Plain);

    /// <summary>The tokens of compact text, in order.</summary>
    public static List<Token> Tokenize(string compact)
    {
        var tokens = new List<Token>(compact.Length);
        var clause = 0;
        for (var i = 0; i < compact.Length;)
        {
            if (compact[i] == FoldedText.Break)
            {
                clause++;
                i++;
                continue;
            }
            i += Next(compact.AsSpan(i), clause, tokens);
        }
        return tokens;
    }

    private static int Next(ReadOnlySpan<char> text, int clause, List<Token> tokens)
    {
        var (length, concept) = Lexicon.Default.Match(text);
        var quantity = Quantities.ReadAt(text);
        if (quantity is { } q && q.Length > length)
        {
            tokens.Add(new Token(Id(q), clause));
            return q.Length;
        }
        if (length > 0 && concept != Plain)
        {
            tokens.Add(new Token((uint)concept, clause));
            return length;
        }
        if (length == 0 && char.IsAsciiLetter(text[0]))
        {
            length = Lexicon.LatinLength(text);
            tokens.Add(new Token(PlainId(text[..length]), clause, IsWord: true));
            return length;
        }
        length = Math.Max(length, 1);
        tokens.Add(new Token(PlainId(text[..length]), clause));
        return length;
    }

    private static uint Id(Quantity quantity) => FirstQuantity + quantity.Kind switch
    {
        QuantityKind.Minutes => quantity.Value >= LongWaitMinutes ? 100u : 101u,
        _ => (uint)quantity.Kind,
    };

    private static uint PlainId(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var c in text) hash = (hash ^ c) * 16777619u;
        return Math.Max(hash, FirstPlain);
    }

    private static uint Concept(string name)
    {
        for (var i = 0; i < Lexicon.Default.Concepts.Count; i++)
        {
            if (Lexicon.Default.Concepts[i] == name) return (uint)i;
        }
        throw new InvalidDataException($"concepts.txt lacks {name}.");
    }
}
