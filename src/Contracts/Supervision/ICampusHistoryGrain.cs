using System.Collections.Immutable;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Supervision;

/// <summary>What a campus's supervisors see of all its tickets: those that run, and those that were. It keeps nothing; the read model answers.</summary>
[Alias("CampusHistory")]
public interface ICampusHistoryGrain : IGrainWithStringKey
{
    /// <summary>Most conversations of one answer.</summary>
    const int MaximumLive = 200;

    /// <summary>Most tickets of one page.</summary>
    const int MaximumPage = 500;

    /// <summary>The conversations that agents have in hand, the oldest first, at most <see cref="MaximumLive"/>. To a supervisor of another campus there is none such.</summary>
    [AlwaysInterleave] Task<Outcome<LiveConversations>> Live(SupervisorRef supervisor);

    /// <summary>The tickets that fit, newest first.</summary>
    /// <param name="supervisor">Who asks.</param>
    /// <param name="search">Which.</param>
    /// <param name="afterTicket">The last ticket of the page before; null for the first page.</param>
    /// <param name="limit">At most so many, up to <see cref="MaximumPage"/>.</param>
    [AlwaysInterleave] Task<Outcome<HistoryPage>> Search(SupervisorRef supervisor, HistorySearch search, string? afterTicket, int limit);
}

/// <summary>Conversations that run.</summary>
/// <param name="Conversations">The oldest first.</param>
/// <param name="More">Whether there are more than fit.</param>
[GenerateSerializer, Immutable, Alias("LiveConversations")]
public sealed record LiveConversations([property: Id(0)] ImmutableArray<LiveConversation> Conversations, [property: Id(1)] bool More);

/// <summary>A conversation that an agent has in hand.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Queue">Whose line it came from.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Urgency">How urgent it is.</param>
/// <param name="Sentiment">The mood of the customer's first words.</param>
/// <param name="Role">In which role the customer asks.</param>
/// <param name="CustomerName">Who asks.</param>
/// <param name="AgentId">Who answers; of another campus written <c>campus/id</c>.</param>
/// <param name="AgentName">The agent's name.</param>
/// <param name="Channel">How the customer reached us.</param>
/// <param name="Subject">The first words.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="AgentSince">Since when the agent has it.</param>
/// <param name="UnansweredSince">Since when the customer waits for an answer; null when the next word is the customer's.</param>
/// <param name="TakenOver">Whether a supervisor took it over.</param>
[GenerateSerializer, Immutable, Alias("LiveConversation")]
public sealed record LiveConversation(
    [property: Id(0)] string TicketId,
    [property: Id(1)] string Queue,
    [property: Id(2)] Category Category,
    [property: Id(3)] Urgency Urgency,
    [property: Id(4)] Sentiment? Sentiment,
    [property: Id(5)] CustomerRole? Role,
    [property: Id(6)] string CustomerName,
    [property: Id(7)] string AgentId,
    [property: Id(8)] string AgentName,
    [property: Id(9)] Channel Channel,
    [property: Id(10)] string Subject,
    [property: Id(11)] DateTimeOffset OpenedAt,
    [property: Id(12)] DateTimeOffset? AgentSince,
    [property: Id(13)] DateTimeOffset? UnansweredSince,
    [property: Id(14)] bool TakenOver);

/// <summary>Which tickets; what is null doesn't matter.</summary>
/// <param name="From">Opened at this time or later.</param>
/// <param name="To">Opened before this time.</param>
/// <param name="Category">About this.</param>
/// <param name="AgentId">Who has it, or had it last.</param>
/// <param name="Role">In which role the customer asks.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="LeastStars">Rated with at least so many stars.</param>
/// <param name="MostStars">Rated with at most so many stars.</param>
/// <param name="Number">How the ticket's id or the order's number begins.</param>
[GenerateSerializer, Immutable, Alias("HistorySearch")]
public sealed record HistorySearch(
    [property: Id(0)] DateTimeOffset? From = null,
    [property: Id(1)] DateTimeOffset? To = null,
    [property: Id(2)] Category? Category = null,
    [property: Id(3)] string? AgentId = null,
    [property: Id(4)] CustomerRole? Role = null,
    [property: Id(5)] TicketPhase? Phase = null,
    [property: Id(6)] int? LeastStars = null,
    [property: Id(7)] int? MostStars = null,
    [property: Id(8)] string? Number = null);

/// <summary>A page of tickets, newest first.</summary>
[GenerateSerializer, Immutable, Alias("HistoryPage")]
public sealed record HistoryPage([property: Id(0)] ImmutableArray<HistoryLine> Lines);

/// <summary>A ticket in a campus's history.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Queue">Whose line it came from.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Urgency">How urgent it was.</param>
/// <param name="Sentiment">The mood of the customer's first words.</param>
/// <param name="Role">In which role the customer asked.</param>
/// <param name="CustomerId">Who asked.</param>
/// <param name="CustomerName">The name; null once it was erased.</param>
/// <param name="AgentId">Who has it, has it on offer, or had it last.</param>
/// <param name="AgentName">The name of who had it last; null for nobody, or once it was erased.</param>
/// <param name="Channel">How the customer reached us.</param>
/// <param name="OrderNumber">The order, where one was named.</param>
/// <param name="Subject">The first words; empty once they were erased.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="UpdatedAt">When something happened to it last.</param>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="Stars">The rating, 1–5.</param>
/// <param name="Disposition">The after-contact code.</param>
[GenerateSerializer, Immutable, Alias("HistoryLine")]
public sealed record HistoryLine(
    [property: Id(0)] string TicketId,
    [property: Id(1)] TicketPhase Phase,
    [property: Id(2)] string Queue,
    [property: Id(3)] Category Category,
    [property: Id(4)] Urgency Urgency,
    [property: Id(5)] Sentiment? Sentiment,
    [property: Id(6)] CustomerRole? Role,
    [property: Id(7)] string CustomerId,
    [property: Id(8)] string? CustomerName,
    [property: Id(9)] string? AgentId,
    [property: Id(10)] string? AgentName,
    [property: Id(11)] Channel Channel,
    [property: Id(12)] string? OrderNumber,
    [property: Id(13)] string Subject,
    [property: Id(14)] DateTimeOffset OpenedAt,
    [property: Id(15)] DateTimeOffset UpdatedAt,
    [property: Id(16)] DateTimeOffset? ClosedAt,
    [property: Id(17)] int? Stars,
    [property: Id(18)] string? Disposition);
