using CampusCare.Embedded.Runtime;

namespace CampusCare.Embedded.Simulation;

/// <summary>Runs one turn at a time, on one thread, in an order that the seed decides.</summary>
internal sealed class VirtualTurnScheduler(int seed) : TurnScheduler
{
    private readonly Random _random = new(seed);
    private readonly List<Strand> _runnable = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private string? _escape;

    public override int TurnsPerSlice => 1;

    public override TaskCreationOptions PromiseOptions => TaskCreationOptions.None;

    /// <summary>How many turns were taken.</summary>
    public long Turns { get; private set; }

    /// <summary>A number that two runs share when they took the same turns in the same order.</summary>
    public ulong Digest { get; private set; } = 14695981039346656037;

    public override void Schedule(Strand strand)
    {
        // Whatever comes from another thread comes in no order that a seed decides.
        if (Thread.CurrentThread != _thread)
            _escape = $"{strand} was woken from outside the simulation: by Task.Run, ConfigureAwait(false) or real input and output.";
        else
            _runnable.Add(strand);
    }

    /// <summary>Takes the next turn; false when there is none.</summary>
    /// <exception cref="InvalidOperationException">Something left the simulation, so that it can't be replayed.</exception>
    public bool TakeTurn()
    {
        if (_escape is not null)
            throw new InvalidOperationException(_escape);
        if (_runnable.Count == 0)
            return false;
        var pick = _random.Next(_runnable.Count);
        var strand = _runnable[pick];
        _runnable[pick] = _runnable[^1];
        _runnable.RemoveAt(_runnable.Count - 1);
        Turns++;
        Digest = unchecked((Digest ^ (ulong)((_runnable.Count << 16) + pick)) * 1099511628211);
        strand.RunSlice();
        return true;
    }
}
