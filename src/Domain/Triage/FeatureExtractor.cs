namespace CampusCare.Domain.Triage;

/// <summary>The features of a message, each a 32-bit hash.</summary>
/// <param name="Whole">Those of the whole text.</param>
/// <param name="Clauses">Those of each clause on its own; empty where there is only one.</param>
/// <param name="Asserted">The concepts that stand in the message without a negation before them.</param>
internal readonly record struct MessageFeatures(List<uint> Whole, List<uint>[] Clauses, HashSet<uint> Asserted);

/// <summary>
/// Turns a message into the set of its features, each a 32-bit hash: character n-grams of 1 to 4, and over the words that
/// the lexicon knows their concepts, n-grams and pairs of concepts in one clause, negated concepts, and where they stand.
/// </summary>
internal static class FeatureExtractor
{
    /// <summary>Characters beyond this many say nothing new; they aren't read.</summary>
    public const int LongestText = 2000;

    private const double LengthDamping = 0.3;
    private const int ShortestClause = 2;
    private const int LongestGram = 4;
    private const int LongestConceptGram = 3;
    private const int NegationReach = 2;
    private const int PairReach = 6;

    private enum Family : uint
    {
        Characters = 1,
        Concepts,
        Pair,
        Concept,
        Negated,
        AfterBut,
        First,
        Last,
        Length,
        Word,
    }

    /// <summary>The distinct features of a message, sorted: of the whole, and of each clause where there are several.</summary>
    public static MessageFeatures Extract(string message)
    {
        var compact = FoldedText.Compact(FoldedText.Fold(message.AsSpan(0, Math.Min(message.Length, LongestText))));
        var clauses = compact.Split(FoldedText.Break);
        var tokens = Tokenizer.Tokenize(compact);
        return new MessageFeatures(Extract(compact, tokens), clauses.Length < 2 ? [] : OfClauses(clauses, tokens), Asserted(tokens));
    }

    // No word and no quantity goes over the end of a clause, so its tokens are those of the whole.
    private static List<uint>[] OfClauses(string[] clauses, List<Token> tokens)
    {
        var features = new List<List<uint>>(clauses.Length);
        var begin = 0;
        for (var clause = 0; clause < clauses.Length; clause++)
        {
            var end = begin;
            while (end < tokens.Count && tokens[end].Clause == clause) end++;
            if (clauses[clause].Length >= ShortestClause) features.Add(Extract(clauses[clause], Alone(tokens, begin, end)));
            begin = end;
        }
        return [.. features];
    }

    private static List<Token> Alone(List<Token> tokens, int begin, int end)
    {
        var alone = new List<Token>(end - begin);
        for (var i = begin; i < end; i++) alone.Add(tokens[i] with { Clause = 0 });
        return alone;
    }

    private static List<uint> Extract(string compact, List<Token> tokens)
    {
        var features = new List<uint>(compact.Length * 8);
        AddCharacters(compact, features);
        AddConcepts(tokens, features);
        features.Add(Hash(Family.Length, (uint)LengthBucket(compact.Length)));
        features.Sort();
        return Distinct(features);
    }

    /// <summary>
    /// The value that each feature of a text has. Between 1 (every word of a long text counts in full, so it is judged too
    /// sharply) and 1/√n (one complaint in a long text drowns); the exponent was chosen by cross-validation.
    /// </summary>
    public static float Value(int featureCount) => (float)Math.Pow(Math.Max(featureCount, 1), -LengthDamping);

    private static void AddCharacters(string compact, List<uint> features)
    {
        var text = FoldDigits(compact);
        for (var i = 0; i < text.Length; i++)
        {
            var hash = (uint)Family.Characters;
            for (var n = 0; n < LongestGram && i + n < text.Length; n++)
            {
                var c = text[i + n];
                hash = Mix(hash, c);
                if (n == 0 && c == FoldedText.Break) continue;
                features.Add(hash);
                if (n > 0 && c == FoldedText.Break) break;
            }
        }
    }

    private static string FoldDigits(string compact)
    {
        var text = new char[compact.Length + 2];
        var length = 0;
        text[length++] = FoldedText.Break;
        foreach (var c in compact)
        {
            if (!char.IsAsciiDigit(c)) text[length++] = c;
            else if (text[length - 1] != '0') text[length++] = '0';
        }
        text[length++] = FoldedText.Break;
        return new string(text, 0, length);
    }

    private static void AddConcepts(List<Token> tokens, List<uint> features)
    {
        var butSeen = false;
        var lastClause = tokens.Count == 0 ? 0 : tokens[^1].Clause;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.IsWord) features.Add(Hash(Family.Word, token.Id));
            AddConceptGrams(tokens, i, features);
            if (!token.IsConcept) continue;
            features.Add(Hash(Family.Concept, token.Id));
            if (token.Clause == 0) features.Add(Hash(Family.First, token.Id));
            if (token.Clause == lastClause) features.Add(Hash(Family.Last, token.Id));
            if (butSeen) features.Add(Hash(Family.AfterBut, token.Id));
            if (IsNegated(tokens, i)) features.Add(Hash(Family.Negated, token.Id));
            AddPairs(tokens, i, features);
            butSeen |= token.Id == Tokenizer.But;
        }
    }

    private static void AddConceptGrams(List<Token> tokens, int start, List<uint> features)
    {
        var hash = (uint)Family.Concepts;
        var concepts = 0;
        for (var n = 0; n < LongestConceptGram && start + n < tokens.Count && tokens[start + n].Clause == tokens[start].Clause; n++)
        {
            hash = Mix(hash, tokens[start + n].Id);
            if (tokens[start + n].IsConcept) concepts++;
            if (n > 0 && concepts > 0) features.Add(hash);
        }
    }

    private static void AddPairs(List<Token> tokens, int first, List<uint> features)
    {
        var seen = 0;
        for (var second = first + 1; second < tokens.Count && tokens[second].Clause == tokens[first].Clause && seen < PairReach; second++)
        {
            if (!tokens[second].IsConcept) continue;
            seen++;
            features.Add(Mix(Hash(Family.Pair, tokens[first].Id), tokens[second].Id));
        }
    }

    private static HashSet<uint> Asserted(List<Token> tokens)
    {
        var asserted = new HashSet<uint>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsConcept && !IsNegated(tokens, i)) asserted.Add(tokens[i].Id);
        }
        return asserted;
    }

    private static bool IsNegated(List<Token> tokens, int i)
    {
        for (var back = 1; back <= NegationReach && i - back >= 0 && tokens[i - back].Clause == tokens[i].Clause; back++)
        {
            if (tokens[i - back].Id == Tokenizer.Neg) return true;
        }
        return false;
    }

    private static int LengthBucket(int length) => length switch
    {
        0 => 0,
        <= 2 => 1,
        <= 5 => 2,
        <= 10 => 3,
        <= 20 => 4,
        <= 50 => 5,
        _ => 6,
    };

    private static uint Hash(Family family, uint value) => Mix((uint)family, value);

    private static uint Mix(uint hash, uint value)
    {
        hash = (hash ^ value) * 0x9E3779B1;
        hash ^= hash >> 15;
        return hash * 0x85EBCA6B + 0x165667B1;
    }

    private static List<uint> Distinct(List<uint> sorted)
    {
        var count = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (count == 0 || sorted[i] != sorted[count - 1]) sorted[count++] = sorted[i];
        }
        sorted.RemoveRange(count, sorted.Count - count);
        return sorted;
    }
}
