namespace CampusCare.Contracts.Tickets;

/// <summary>A supervisor, as the token says. To one of another campus the ticket doesn't exist.</summary>
/// <param name="Campus">Of the supervisor.</param>
/// <param name="Id">Unique in the campus.</param>
/// <param name="Name">Shown to the agent, and to the customer of a conversation that was joined.</param>
[GenerateSerializer, Immutable, Alias("SupervisorRef")]
public sealed record SupervisorRef([property: Id(0)] string Campus, [property: Id(1)] string Id, [property: Id(2)] string Name);

/// <summary>A supervisor in a conversation. Customers see the name alone.</summary>
[GenerateSerializer, Immutable, Alias("JoinedSupervisor")]
public sealed record JoinedSupervisor([property: Id(0)] string? SupervisorId, [property: Id(1)] string Name);

/// <summary>A word to the agent that the customer never sees.</summary>
/// <param name="Supervisor">Who whispers.</param>
/// <param name="WhisperId">Chosen by the client, 1–64 characters; the same id is stored once.</param>
/// <param name="Text">1–4,000 characters.</param>
[GenerateSerializer, Immutable, Alias("WhisperToAgent")]
public sealed record WhisperToAgent([property: Id(0)] SupervisorRef Supervisor, [property: Id(1)] string WhisperId, [property: Id(2)] string Text);

/// <summary>Takes a conversation from its agent.</summary>
/// <param name="Supervisor">Who takes it.</param>
/// <param name="ToQueue">The queue that gets it; null with <paramref name="ToAgent"/> null: the supervisor keeps it.</param>
/// <param name="ToAgent">The agent who should get it; null for whoever the queue finds.</param>
/// <param name="Note">Why, for colleagues; at most 4,000 characters.</param>
[GenerateSerializer, Immutable, Alias("TakeOverTicket")]
public sealed record TakeOverTicket(
    [property: Id(0)] SupervisorRef Supervisor, [property: Id(1)] string? ToQueue = null, [property: Id(2)] string? ToAgent = null, [property: Id(3)] string? Note = null);
