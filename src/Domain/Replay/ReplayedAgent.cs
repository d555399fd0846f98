using System.Collections.Immutable;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Replay;

/// <summary>An agent as the journals tell it, at one moment after the other, with what was true a moment before.</summary>
internal sealed class ReplayedAgent(string id)
{
    private readonly Dictionary<string, (Medium Medium, DateTimeOffset? AcceptedAt)> _held = [];
    private readonly List<(DateTimeOffset Until, Candidate Word)> _before = [];
    private AgentSet _profile = new([], [], Room.None);
    private ImmutableDictionary<Category, AgentRecord> _records = ImmutableDictionary<Category, AgentRecord>.Empty;
    private AgentStatus _status;
    private string? _keptBy;
    private long _idleSince;
    private Candidate? _word;

    public string Id => id;

    public ImmutableArray<string> Queues => _profile.Queues;

    public bool IsAtWork => _status == AgentStatus.Available;

    /// <summary>What a queue that had heard everything would know. Who isn't at work has no room.</summary>
    public Candidate Word => _word ??= new Candidate(id, _profile.Skills, _profile.Capacity, Free, _idleSince, _records) { KeptBy = _keptBy, OnCall = Held.Calls > 0 };

    private Room Free => IsAtWork ? Room.Free(_profile.Capacity, Held, isKept: _keptBy is not null) : Room.None;

    private Room Held => _held.Values.Aggregate(Room.None, static (room, slot) => room.Plus(slot.Medium));

    /// <summary>What was true until when, the latest first, as far back as a queue may not have heard the next.</summary>
    public IEnumerable<(DateTimeOffset Until, Candidate Word)> Before(DateTimeOffset now) =>
        Enumerable.Reverse(_before).TakeWhile(word => now - word.Until <= DecisionReplay.NewsAge);

    public void Set(StaffEvent happened, DateTimeOffset at)
    {
        Change(at);
        switch (happened)
        {
            case AgentSet profile:
                _profile = profile;
                break;
            case StatusSet status:
                _status = status.Status;
                _keptBy = null;
                _records = RecordsOf(status.Records);
                _idleSince = at.ToUnixTimeMilliseconds();
                break;
            case RecordsSet told:
                _records = RecordsOf(told.Records);
                break;
            case KeptSet kept:
                _keptBy = kept.Queue;
                break;
            default:
                throw new InvalidOperationException($"{happened.GetType().Name} doesn't concern an agent.");
        }
    }

    /// <summary>A slot is taken. Nothing when it was before.</summary>
    public void Hold(string reservationId, Medium medium, DateTimeOffset at)
    {
        if (_held.ContainsKey(reservationId)) return;
        Change(at);
        _held[reservationId] = (medium, null);
        if (medium == Medium.Call) _keptBy = null;
        _idleSince = at.ToUnixTimeMilliseconds();
    }

    /// <summary>The ticket in the slot was accepted.</summary>
    public void Accept(string reservationId, DateTimeOffset at)
    {
        if (_held.TryGetValue(reservationId, out var slot)) _held[reservationId] = slot with { AcceptedAt = slot.AcceptedAt ?? at };
    }

    /// <summary>A slot is free again; what was accepted in it and ended counts for the agent's record.</summary>
    public void Release(string reservationId, bool isEnd, Category category, bool solvedAtFirst, DateTimeOffset at)
    {
        if (!_held.TryGetValue(reservationId, out var slot)) return;
        Change(at);
        _held.Remove(reservationId);
        if (isEnd && slot.AcceptedAt is { } accepted)
            _records = _records.SetItem(category, AgentRecord.Of(_records, category).With((at - accepted).TotalSeconds, solvedAtFirst));
    }

    /// <summary>The records that an event of the staff journal tells.</summary>
    public static ImmutableDictionary<Category, AgentRecord> RecordsOf(ImmutableArray<Experience> records) => records.ToImmutableDictionary(
        static record => record.Category, static record => new AgentRecord(record.HandleSeconds, record.SolvedAtFirst, record.Count));

    private void Change(DateTimeOffset at)
    {
        _before.RemoveAll(word => at - word.Until > DecisionReplay.NewsAge);
        _before.Add((at, Word));
        _word = null;
    }
}
