using System.Collections.Immutable;
using CampusCare.Contracts.Remedies;
using CampusCare.Domain;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;

namespace CampusCare.Contracts.Tickets;

/// <summary>What a remedy gives.</summary>
/// <param name="RemedyId">Its name; empty while it is only proposed.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much, in fen.</param>
[GenerateSerializer, Immutable, Alias("RemedyGiftView")]
public sealed record RemedyGiftView([property: Id(0)] string RemedyId, [property: Id(1)] RemedyKind Kind, [property: Id(2)] long Fen);

/// <summary>Something that a customer was given, or may be.</summary>
/// <param name="RemedyId">Its name, which is also the key under which it is paid once.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much, in fen.</param>
/// <param name="Order">For which order.</param>
/// <param name="Rule">By which rule of the campus's policy; empty for customers.</param>
/// <param name="PolicyVersion">By which version of the campus's settings.</param>
/// <param name="At">When it was decided.</param>
/// <param name="State">How it stands.</param>
/// <param name="GrantedBy">The agent who granted it; null: policy alone.</param>
/// <param name="ApprovedBy">The second person, where one was needed.</param>
/// <param name="PaidAt">When it was paid; null before that.</param>
/// <param name="Fault">Why it was not paid; null unless it failed.</param>
[GenerateSerializer, Immutable, Alias("RemedyView")]
public sealed record RemedyView(
    [property: Id(0)] string RemedyId,
    [property: Id(1)] RemedyKind Kind,
    [property: Id(2)] long Fen,
    [property: Id(3)] string Order,
    [property: Id(4)] string Rule,
    [property: Id(5)] long PolicyVersion,
    [property: Id(6)] DateTimeOffset At,
    [property: Id(7)] RemedyState State,
    [property: Id(8)] string? GrantedBy = null,
    [property: Id(9)] string? ApprovedBy = null,
    [property: Id(10)] DateTimeOffset? PaidAt = null,
    [property: Id(11)] RemedyFault? Fault = null);

/// <summary>What an agent may grant with one call.</summary>
/// <param name="Rule">By which rule: names it.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much, in fen.</param>
/// <param name="Order">For which order.</param>
/// <param name="Needs">Who must grant it; what needs a supervisor waits for one after the agent granted it.</param>
/// <param name="Reason">Why it isn't given without a person.</param>
/// <param name="GivenBefore">How often the customer was given something in the last 30 days.</param>
[GenerateSerializer, Immutable, Alias("ProposedRemedy")]
public sealed record ProposedRemedy(
    [property: Id(0)] string Rule,
    [property: Id(1)] RemedyKind Kind,
    [property: Id(2)] long Fen,
    [property: Id(3)] string Order,
    [property: Id(4)] RemedyAuthority Needs,
    [property: Id(5)] RemedyReason Reason,
    [property: Id(6)] int GivenBefore)
{
    /// <summary>Why a person should look at it.</summary>
    [Id(7)] public ImmutableArray<DoubtView> Doubts { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>The agent who has the ticket grants what policy gives.</summary>
/// <param name="AgentId">Who grants.</param>
/// <param name="Rule">The rule that is meant: if policy gives by another one meanwhile, it is refused.</param>
[GenerateSerializer, Immutable, Alias("GrantRemedy")]
public sealed record GrantRemedy([property: Id(0)] string AgentId, [property: Id(1)] string Rule);

/// <summary>A second person approves.</summary>
[GenerateSerializer, Immutable, Alias("ApproveRemedy")]
public sealed record ApproveRemedy([property: Id(0)] SupervisorRef Supervisor, [property: Id(1)] string RemedyId);

/// <summary>A supervisor looked at what made a person look, and found nothing in it.</summary>
[GenerateSerializer, Immutable, Alias("ClearDoubts")]
public sealed record ClearDoubts([property: Id(0)] SupervisorRef Supervisor);

/// <summary>What waits for approval is taken back.</summary>
/// <param name="RemedyId">Which.</param>
/// <param name="AgentId">The agent who takes it back; null when a supervisor does.</param>
/// <param name="Supervisor">The supervisor; null when an agent does.</param>
[GenerateSerializer, Immutable, Alias("TakeRemedyBack")]
public sealed record TakeRemedyBack([property: Id(0)] string RemedyId, [property: Id(1)] string? AgentId, [property: Id(2)] SupervisorRef? Supervisor = null);

/// <summary>How an attempt to pay ended.</summary>
[GenerateSerializer, Immutable, Alias("RemedyTried")]
public sealed record RemedyTried([property: Id(0)] string RemedyId, [property: Id(1)] RemedyEnd End);
