namespace CampusCare.Domain.Simulation;

/// <summary>
/// The agents of one group during one replication. Who is still in a call when the group shrinks ends it and leaves:
/// until then more are busy than are scheduled, and count as staffed.
/// </summary>
internal sealed class Staff(int group, AgentGroup agents)
{
    private readonly int[] _scheduled = [.. agents.Agents];
    private int _now, _busy;
    private double _since;

    public bool HasFree => _busy < _now;

    /// <summary>The one who is about to end a call will be free, and not leave.</summary>
    public bool StaysAfterCall => _busy <= _now;

    public void Open()
    {
        _since = 0;
        _busy = 0;
        _now = _scheduled[0];
    }

    public void Begin(double at, int period, Tally tally)
    {
        Account(at, period, tally);
        _busy++;
    }

    public void End(double at, int period, Tally tally)
    {
        Account(at, period, tally);
        _busy--;
    }

    /// <summary>A period ends; after the last one its staff stays.</summary>
    public void Border(double at, int ended, Tally tally)
    {
        Account(at, ended, tally);
        if (ended + 1 < _scheduled.Length) _now = _scheduled[ended + 1];
    }

    /// <summary>The last call is out.</summary>
    public void GoHome(double at, int period, Tally tally) => Account(at, period, tally);

    private void Account(double at, int period, Tally tally)
    {
        var seconds = at - _since;
        _since = at;
        tally.Worked(group, period, _busy * seconds, Math.Max(_busy, _now) * seconds);
    }
}
