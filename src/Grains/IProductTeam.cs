using CampusCare.Domain.Triage;

namespace CampusCare.Grains;

/// <summary>What no line solved in its time, for those who can mend the cause.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="TicketId">The ticket; with <paramref name="Attempt"/> left out, telling twice is telling once.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Urgency">How soon a person should look.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="Tier">How many lines had it.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record ProductEscalation(
    string Campus, string TicketId, Category Category, Urgency Urgency, DateTimeOffset OpenedAt, int Tier, int Attempt);

/// <summary>The product team's endpoint.</summary>
public interface IProductTeam
{
    /// <summary>Whether there is one.</summary>
    bool IsThere { get; }

    /// <summary>Tells it; false when it did not take it. Never throws, and answers in seconds: the ticket waits.</summary>
    Task<bool> Tell(ProductEscalation escalation);
}

/// <summary>No endpoint is configured: supervisors see the escalation, and nobody else is told.</summary>
public sealed class NoProductTeam : IProductTeam
{
    public bool IsThere => false;

    public Task<bool> Tell(ProductEscalation escalation) => Task.FromResult(false);
}
