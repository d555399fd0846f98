using CampusCare.Domain;
using CampusCare.Domain.Tickets;

namespace CampusCare.Contracts.Tickets;

/// <summary>What one browser of a call tells another one: come and offer, an offer, its answer, a way to reach it.</summary>
public enum SignalKind { Ready, Offer, Answer, Candidate }

/// <summary>What one browser of a call tells another one, so that both connect. What is in it, only the browsers know.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Page">The page that says it, 1–64 characters of its choice: a person may have several open.</param>
/// <param name="ToPage">The page that it is for; null: any.</param>
/// <param name="Generation">Which connection it is about: a later one has a higher number, and what belongs to an earlier one is dropped.</param>
/// <param name="Body">A session description, or a candidate.</param>
[GenerateSerializer, Immutable, Alias("CallSignal")]
public sealed record CallSignal(
    [property: Id(0)] SignalKind Kind,
    [property: Id(1)] string Page,
    [property: Id(2)] string? ToPage,
    [property: Id(3)] long Generation,
    [property: Id(4)] string? Body)
{
    /// <summary>The longest body, in UTF-16 units: many times what a description of sound alone has.</summary>
    public const int MaximumBody = 16_384;

    /// <summary>The supervisor on the line with the agent; null between customer and agent. Of a supervisor's own signals the ticket fills it in.</summary>
    [Id(5)] public string? Supervisor { get; init; }
}

/// <summary>Passes a signal on.</summary>
/// <param name="Author">Customer, Agent or Supervisor.</param>
/// <param name="AuthorId">The customer's, agent's or supervisor's id; ownership is checked with it.</param>
/// <param name="Signal">What is said.</param>
[GenerateSerializer, Immutable, Alias("SendSignal")]
public sealed record SendSignal([property: Id(0)] Author Author, [property: Id(1)] string AuthorId, [property: Id(2)] CallSignal Signal);

/// <summary>A signal on its way.</summary>
/// <param name="Campus">The ticket's campus.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="From">Who says it.</param>
/// <param name="To">Whom it is for: Customer, Agent or Supervisor.</param>
/// <param name="ToId">The customer's, agent's or supervisor's id: nobody else gets it.</param>
/// <param name="Signal">What is said.</param>
[GenerateSerializer, Immutable, Alias("SignalNews")]
public sealed record SignalNews(
    [property: Id(0)] string Campus,
    [property: Id(1)] string TicketId,
    [property: Id(2)] Author From,
    [property: Id(3)] Author To,
    [property: Id(4)] string ToId,
    [property: Id(5)] CallSignal Signal);

/// <summary>Something happened to the sound of a call.</summary>
/// <param name="Author">Customer, Agent or Supervisor.</param>
/// <param name="AuthorId">The customer's, agent's or supervisor's id; ownership is checked with it.</param>
/// <param name="Step">What happened.</param>
/// <param name="Name">A supervisor's name.</param>
[GenerateSerializer, Immutable, Alias("MoveCall")]
public sealed record MoveCall([property: Id(0)] Author Author, [property: Id(1)] string AuthorId, [property: Id(2)] CallStep Step, [property: Id(3)] string? Name = null);

/// <summary>The sound of a call.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Since">Since when both are connected; null while they aren't.</param>
/// <param name="Seconds">How long they were connected before that.</param>
[GenerateSerializer, Immutable, Alias("CallView")]
public sealed record CallView([property: Id(0)] CallState State, [property: Id(1)] DateTimeOffset? Since, [property: Id(2)] int Seconds);
