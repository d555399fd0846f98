namespace CampusCare.Silo.Orders;

/// <summary>Answers for a while. Who asks while an answer is on its way waits for the same one. Never more than so many; the oldest goes first.</summary>
/// <param name="capacity">How many.</param>
/// <param name="lifetime">For how long an answer is good.</param>
/// <param name="time">The clock.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity, TimeSpan lifetime, TimeProvider time) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, (Task<TValue> Answer, DateTimeOffset Until, long Turn)> _known = [];
    private readonly Queue<(TKey Key, long Turn)> _order = new();
    private static readonly Task<TValue> Unanswered = Task.FromException<TValue>(new InvalidOperationException("It is being asked."));

    private long _turn;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _known.Count;
        }
    }

    /// <summary>The answer that is known or on its way, else a new one.</summary>
    public Task<TValue> Get(TKey key, Func<Task<TValue>> ask)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var known) && known.Until > time.GetUtcNow()) return known.Answer;
            while (_known.Count >= capacity && _order.TryDequeue(out var oldest))
                if (_known.TryGetValue(oldest.Key, out var old) && old.Turn == oldest.Turn) _known.Remove(oldest.Key);
            while (_order.Count >= 2 * capacity) _order.Dequeue();
            // It has its place before it is asked: who fails at once forgets it before there is an answer to keep.
            var asked = (Answer: Unanswered, Until: time.GetUtcNow() + lifetime, Turn: ++_turn);
            _known[key] = asked;
            _order.Enqueue((key, asked.Turn));
            var answer = ask();
            if (_known.TryGetValue(key, out var mine) && mine.Turn == asked.Turn) _known[key] = asked with { Answer = answer };
            return answer;
        }
    }

    /// <summary>Forgets an answer that was none.</summary>
    public void Forget(TKey key)
    {
        lock (_gate) _known.Remove(key);
    }
}
