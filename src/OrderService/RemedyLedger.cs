namespace CampusCare.OrderService;

/// <summary>A remedy that was paid.</summary>
/// <param name="Key">Under which key.</param>
/// <param name="Campus">The campus.</param>
/// <param name="CustomerId">To whom.</param>
/// <param name="Order">For which order.</param>
/// <param name="Kind">coupon or refund.</param>
/// <param name="Fen">How much, in fen.</param>
public sealed record PaidRemedy(string Key, string Campus, string CustomerId, string Order, string Kind, long Fen);

/// <summary>What was paid back or given as coupons: each key once, however often it is asked for.</summary>
public sealed class RemedyLedger
{
    /// <summary>Most remedies; the oldest is forgotten first.</summary>
    public const int Maximum = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PaidRemedy> _byKey = [];
    private readonly Queue<string> _age = new();

    /// <summary>All that was paid.</summary>
    public IReadOnlyList<PaidRemedy> Paid
    {
        get
        {
            lock (_gate) return [.. _age.Select(key => _byKey[key])];
        }
    }

    /// <summary>Pays. False: the key was used for something else.</summary>
    internal bool Pay(PaidRemedy remedy)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(remedy.Key, out var before)) return before == remedy;
            while (_age.Count >= Maximum) _byKey.Remove(_age.Dequeue());
            _byKey[remedy.Key] = remedy;
            _age.Enqueue(remedy.Key);
            return true;
        }
    }
}

/// <summary>A remedy in JSON, as it is asked for.</summary>
internal sealed record RemedyShape(string? Campus, string? CustomerId, string? Order, string? Kind, long Fen)
{
    /// <summary>What is to be paid under a key; null when that can't be meant.</summary>
    public PaidRemedy? Under(string key) =>
        Campus is null || CustomerId is null || Order is null || Kind is not ("coupon" or "refund") || Fen <= 0 ? null : new PaidRemedy(key, Campus, CustomerId, Order, Kind, Fen);
}
