using System.Runtime.InteropServices;

namespace CampusCare.Domain.Knowledge.Search;

/// <summary>What is to be found: its fields' texts, weighed by how much they say about the matter.</summary>
/// <param name="Titles">Titles.</param>
/// <param name="Asks">Known ways of asking.</param>
/// <param name="Bodies">The answers.</param>
/// <param name="Learned">What people asked whom it helped.</param>
public sealed record SearchDocument(IReadOnlyList<string> Titles, IReadOnlyList<string> Asks, IReadOnlyList<string> Bodies, IReadOnlyList<string> Learned);

/// <summary>A document that was found.</summary>
/// <param name="Document">Its index.</param>
/// <param name="Score">BM25F, times how near the question is to a known way of asking: larger is better, comparable within one search.</param>
/// <param name="Likeness">How near the question is to the nearest known way of asking, 0–1, comparable between searches.</param>
/// <param name="Coverage">How much of what the question says the document knows, 0–1, weighed by rarity.</param>
public readonly record struct SearchHit(int Document, float Score, float Likeness, float Coverage);

/// <summary>
/// An inverted index with BM25F (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields, 2004;
/// k1 = 1.2, b = 0.5). What a term adds to a document's score is worked out when the index is built, so that a search only
/// adds up. The best are then ordered by how near the question is to the nearest known way of asking. Immutable; searches
/// of several threads don't disturb each other.
/// </summary>
public sealed class SearchIndex
{
    private const float K1 = 1.2f, B = 0.5f, TitleWeight = 3, AskWeight = 2, BodyWeight = 1, LearnedWeight = 1.5f;

    // A term that no document has counts as less than the rarest: it is more often small talk than a gap.
    private const float UnknownShare = 0.35f;

    /// <summary>How many are compared with their known ways of asking.</summary>
    private const int Compared = 16;

    // A mistyped Han character spoils the two pairs that it stands in: an unknown pair also means pairs that share a character.
    private const float GuessedShare = 0.3f;
    private const int MostGuesses = 12;

    [ThreadStatic] private static float[]? _scores;
    [ThreadStatic] private static float[]? _covered;
    [ThreadStatic] private static bool[]? _asked;

    private readonly Analyzer _analyzer = Analyzer.Default;
    private readonly Dictionary<string, int> _terms = [];
    private readonly List<Postings> _postings = [];
    private readonly Dictionary<char, List<int>> _pairsByCharacter = [];
    private readonly Ask[][] _asks;
    private readonly Spelling _spelling;
    private readonly float _unknownIdf;

    private sealed record Postings(int[] Documents, float[] Impacts, float Idf, float Weight);

    private readonly record struct Ask(int[] Terms, float[] Weights, float Weight);

    private readonly record struct QueryTerm(int Id, float Weight);

    /// <summary>Builds the index; a document's number is its place in the list.</summary>
    public SearchIndex(IReadOnlyList<SearchDocument> documents)
    {
        var counts = Count(documents, out var lengths);
        var average = documents.Count == 0 ? 1 : Math.Max(1, lengths.Average());
        _unknownIdf = Idf(documents.Count, 1) * UnknownShare;
        foreach (var (term, byDocument) in counts)
        {
            _terms.Add(term.Text, _postings.Count);
            if (term.Text.Length == 2 && Analyzer.IsHan(term.Text[0]))
                foreach (var c in term.Text) (_pairsByCharacter.TryGetValue(c, out var pairs) ? pairs : _pairsByCharacter[c] = []).Add(_postings.Count);
            var idf = Idf(documents.Count, byDocument.Count);
            var (ids, impacts) = (new int[byDocument.Count], new float[byDocument.Count]);
            for (var i = 0; i < ids.Length; i++)
            {
                var (document, frequency) = byDocument[i];
                ids[i] = document;
                impacts[i] = idf * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * (float)(lengths[document] / average)));
            }
            _postings.Add(new Postings(ids, impacts, idf, term.Weight));
        }
        _spelling = new Spelling(_terms.Keys.Concat(Synonyms.Default.LatinWords));
        _asks = [.. documents.Select(AsksOf)];
        Documents = documents.Count;
    }

    /// <summary>How many documents it has.</summary>
    public int Documents { get; }

    /// <summary>The best documents, best first; equal ones in their order.</summary>
    /// <param name="text">The question.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="allowed">Which documents count; null: all.</param>
    public List<SearchHit> Search(string text, int limit, Func<int, bool>? allowed = null)
    {
        var query = Query(text, out var whole);
        if (query.Count == 0 || Documents == 0) return [];
        var scores = Scratch(ref _scores);
        var covered = Scratch(ref _covered);
        var touched = new List<int>();
        foreach (var (id, weight) in query)
        {
            var postings = _postings[id];
            var share = weight * postings.Idf;
            for (var i = 0; i < postings.Documents.Length; i++)
            {
                var document = postings.Documents[i];
                if (scores[document] == 0) touched.Add(document);
                scores[document] += weight * postings.Impacts[i];
                covered[document] += share;
            }
        }
        var found = Best(touched, scores, allowed);
        var hits = new List<SearchHit>(found.Count);
        var asked = _asked is null || _asked.Length < _postings.Count ? _asked = new bool[_postings.Count] : _asked;
        foreach (var term in query) asked[term.Id] = true;
        foreach (var document in found)
        {
            var likeness = Likeness(document, asked, whole);
            hits.Add(new SearchHit(document, scores[document] * (0.4f + likeness), likeness, Math.Min(1, covered[document] / whole)));
        }
        foreach (var document in touched) scores[document] = covered[document] = 0;
        foreach (var term in query) asked[term.Id] = false;
        hits.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Document.CompareTo(b.Document));
        if (hits.Count > limit) hits.RemoveRange(limit, hits.Count - limit);
        return hits;
    }

    private float[] Scratch(ref float[]? array) => array is null || array.Length < Documents ? array = new float[Documents] : array;

    // The terms of a question, each once, and what all of them weigh together.
    private List<QueryTerm> Query(string text, out float whole)
    {
        var weights = new Dictionary<int, float>();
        var seen = new HashSet<string>();
        whole = 0;
        foreach (var term in _analyzer.Terms(text, _spelling.Mend))
        {
            if (!seen.Add(term.Text)) continue;
            if (_terms.TryGetValue(term.Text, out var id))
            {
                weights[id] = term.Weight;
                whole += term.Weight * _postings[id].Idf;
            }
            else
            {
                whole += term.Weight * _unknownIdf;
                if (term.Text.Length == 2 && Analyzer.IsHan(term.Text[0])) Guess(term, weights);
            }
        }
        return [.. weights.Select(static entry => new QueryTerm(entry.Key, entry.Value))];
    }

    private void Guess(Term pair, Dictionary<int, float> weights)
    {
        foreach (var c in pair.Text)
        {
            if (!_pairsByCharacter.TryGetValue(c, out var pairs) || pairs.Count > MostGuesses) continue;
            var place = pair.Text.IndexOf(c);
            foreach (var id in pairs) weights.TryAdd(id, pair.Weight * GuessedShare / (pairs.Count + place));
        }
    }

    // The few best by score alone, without sorting all that were touched.
    private static List<int> Best(List<int> touched, float[] scores, Func<int, bool>? allowed)
    {
        var best = new PriorityQueue<int, (float, int)>(Compared + 1);
        foreach (var document in touched)
        {
            if (best.Count == Compared && best.TryPeek(out _, out var least) && (scores[document], -document).CompareTo(least) <= 0) continue;
            if (allowed is not null && !allowed(document)) continue;
            best.Enqueue(document, (scores[document], -document));
            if (best.Count > Compared) best.Dequeue();
        }
        return [.. best.UnorderedItems.Select(static item => item.Element)];
    }

    // How much of a known way of asking the question says, and how much of the question it knows: F-measure, leaning on the former,
    // because people tell more than they ask.
    private float Likeness(int document, bool[] asked, float whole)
    {
        var best = 0f;
        foreach (var ask in _asks[document])
        {
            var shared = 0f;
            for (var i = 0; i < ask.Terms.Length; i++)
                if (asked[ask.Terms[i]]) shared += ask.Weights[i];
            if (shared == 0) continue;
            var (of, by) = (shared / ask.Weight, shared / whole);
            best = Math.Max(best, 1.4f * of * by / (0.4f * of + by));
        }
        return best;
    }

    private Ask[] AsksOf(SearchDocument document)
    {
        var asks = new List<Ask>();
        foreach (var text in document.Titles.Concat(document.Asks).Concat(document.Learned))
        {
            int[] ids = [.. _analyzer.Terms(text).Select(term => _terms.GetValueOrDefault(term.Text, -1)).Where(static id => id >= 0).Distinct()];
            float[] weights = [.. ids.Select(id => _postings[id].Weight * _postings[id].Idf)];
            if (ids.Length > 0) asks.Add(new Ask(ids, weights, weights.Sum()));
        }
        return [.. asks];
    }

    private Dictionary<Term, List<(int Document, float Frequency)>> Count(IReadOnlyList<SearchDocument> documents, out double[] lengths)
    {
        var all = new Dictionary<Term, List<(int, float)>>();
        lengths = new double[documents.Count];
        var own = new Dictionary<Term, float>();
        for (var i = 0; i < documents.Count; i++)
        {
            own.Clear();
            var document = documents[i];
            foreach (var (texts, weight) in new[] { (document.Titles, TitleWeight), (document.Asks, AskWeight), (document.Bodies, BodyWeight), (document.Learned, LearnedWeight) })
                foreach (var text in texts)
                    foreach (var term in _analyzer.Terms(text))
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(own, term, out _) += weight;
                        lengths[i] += weight;
                    }
            foreach (var (term, frequency) in own) (all.TryGetValue(term, out var list) ? list : all[term] = []).Add((i, frequency));
        }
        return all;
    }

    private static float Idf(int documents, int having) => MathF.Log(1 + (documents - having + 0.5f) / (having + 0.5f));
}
