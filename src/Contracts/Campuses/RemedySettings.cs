using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Triage;

namespace CampusCare.Contracts.Campuses;

/// <summary>What a campus gives when something went wrong, and how much of it without a person. Amounts are in fen; days are the campus's.</summary>
/// <param name="Rules">The cases; at most 32. Where several fit, the one that gives most holds.</param>
/// <param name="UtcOffsetMinutes">The campus's clock, by which days begin; 480 in China.</param>
[GenerateSerializer, Immutable, Alias("RemedySettings")]
public sealed record RemedySettings(ImmutableArray<RemedyRuleSettings> Rules, [property: Id(6)] int UtcOffsetMinutes = 480)
{
    /// <summary>The cases.</summary>
    [Id(0)] public ImmutableArray<RemedyRuleSettings> Rules { get; init => field = value.OrEmpty(); } = Rules.OrEmpty();

    /// <summary>The most that is given without a person, at once.</summary>
    [Id(1)] public long AutomaticFen { get; init; }

    /// <summary>The most that an agent gives alone, at once; what is more needs a supervisor as second person.</summary>
    [Id(2)] public long AgentFen { get; init; }

    /// <summary>The most that a customer is given in a day without a person.</summary>
    [Id(3)] public long CustomerDayFen { get; init; }

    /// <summary>How often a customer is given something in 30 days without a person.</summary>
    [Id(4)] public int CustomerTimes { get; init; }

    /// <summary>The most that the campus gives in a day without a supervisor.</summary>
    [Id(5)] public long CampusDayFen { get; init; }

    /// <summary>Whether what is given without a person is given before the customer asks, when the campus tells of an order that went wrong.</summary>
    [Id(7)] public bool Proactive { get; init; }
}

/// <summary>A case for which a campus gives something.</summary>
/// <param name="Id">1–32 of a–z, 0–9 and dash: stands in the journal with each remedy.</param>
/// <param name="Kind">What is given.</param>
/// <param name="Categories">Matters about what.</param>
[GenerateSerializer, Immutable, Alias("RemedyRuleSettings")]
public sealed record RemedyRuleSettings([property: Id(0)] string Id, [property: Id(1)] RemedyKind Kind, ImmutableArray<Category> Categories)
{
    /// <summary>Matters about what.</summary>
    [Id(2)] public ImmutableArray<Category> Categories { get; init => field = value.OrEmpty(); } = Categories.OrEmpty();

    /// <summary>What must be wrong with the order, by its facts; null: the customer's word, and a picture.</summary>
    [Id(3)] public OrderAnomaly? Anomaly { get; init; }

    /// <summary>For how long it must be wrong, in minutes.</summary>
    [Id(4)] public int LeastMinutes { get; init; }

    /// <summary>Whether the customer must have sent a picture.</summary>
    [Id(5)] public bool NeedsPicture { get; init; }

    /// <summary>What is given in any case.</summary>
    [Id(6)] public long Fen { get; init; }

    /// <summary>Which part of what was paid is given, in hundredths.</summary>
    [Id(7)] public int Percent { get; init; }

    /// <summary>The most that it gives; 0: what was paid.</summary>
    [Id(8)] public long MaximumFen { get; init; }
}
