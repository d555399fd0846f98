using CampusCare.Domain.Triage;
using Orleans.Concurrency;

namespace CampusCare.Contracts.LanguageModels;

/// <summary>
/// Asks a large language model about a campus's tickets, in the tickets' place, so that none waits for it: it reads the ticket,
/// asks, and hints back what came. Without a model, budget or answer nothing comes.
/// </summary>
[Alias("LanguageDesk")]
public interface ILanguageDeskGrain : IGrainWithStringKey
{
    /// <summary>Whether there is a model.</summary>
    Task<bool> IsThere();

    /// <summary>A ticket's hint: it was handed on, by the event of this seq; summarize it for who takes over.</summary>
    [OneWay] Task Summarize(string ticketId, long seq);

    /// <summary>A ticket's hint: triage is in doubt of what it is about.</summary>
    [OneWay] Task Categorize(string ticketId);

    /// <summary>A reply that the agent who has the ticket may send, or not.</summary>
    Task<Outcome<SuggestedReply>> Suggest(string ticketId, string agentId);
}

/// <summary>What a campus may still ask of a model on one day.</summary>
[Alias("LanguageBudget")]
public interface ILanguageBudgetGrain : IGrainWithStringKey
{
    /// <summary>Takes one call, unless that would be more than is allowed.</summary>
    Task<bool> Take(int calls, long tokens);

    /// <summary>A hint: a call took so many tokens.</summary>
    [OneWay] Task Used(int tokens);
}

/// <summary>A reply that a model suggests. It goes nowhere by itself.</summary>
[GenerateSerializer, Immutable, Alias("SuggestedReply")]
public sealed record SuggestedReply([property: Id(0)] string Text);

/// <summary>What a model made of a ticket that was handed on.</summary>
/// <param name="OfSeq">The seq of the event by which it was.</param>
/// <param name="Text">The summary.</param>
[GenerateSerializer, Immutable, Alias("ModelSummary")]
public sealed record ModelSummary([property: Id(0)] long OfSeq, [property: Id(1)] string Text);

/// <summary>What a model takes a ticket to be about.</summary>
[GenerateSerializer, Immutable, Alias("ModelCategory")]
public sealed record ModelCategory([property: Id(0)] Category Category);
