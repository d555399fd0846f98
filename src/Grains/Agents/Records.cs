using System.Collections.Immutable;
using CampusCare.Contracts.Agents;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Grains.Agents;

/// <summary>An agent's experience, by category.</summary>
internal sealed class Records
{
    private readonly Dictionary<Category, AgentRecord> _records = [];

    /// <summary>Whether there is experience that is not stored.</summary>
    public bool Changed { get; private set; }

    /// <summary>As messages carry it.</summary>
    public ImmutableArray<CategoryRecord> Words { get; private set; } = [];

    public void Load(ImmutableArray<CategoryRecord> stored)
    {
        foreach (var record in stored) _records[record.Category] = new AgentRecord(record.HandleSeconds, record.SolvedAtFirst, record.Count);
        Words = stored;
    }

    /// <summary>One more ticket solved.</summary>
    public void Count(Category category, double handleSeconds, bool solvedAtFirst)
    {
        _records[category] = _records.GetValueOrDefault(category, AgentRecord.Prior).With(handleSeconds, solvedAtFirst);
        Words = [.. _records.Select(static entry => new CategoryRecord(entry.Key, entry.Value.HandleSeconds, entry.Value.SolvedAtFirst, entry.Value.Count))];
        Changed = true;
    }

    /// <summary>As the staff journal keeps it.</summary>
    public ImmutableArray<Experience> ForJournal() =>
        [.. Words.Select(static record => new Experience(record.Category, record.HandleSeconds, record.SolvedAtFirst, record.Count))];

    /// <summary>What is known now is stored.</summary>
    public void Saved() => Changed = false;
}
