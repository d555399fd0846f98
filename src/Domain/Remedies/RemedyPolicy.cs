using System.Collections.Immutable;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Remedies;

/// <summary>What a customer gets when something went wrong.</summary>
public enum RemedyKind
{
    /// <summary>Money off the next order.</summary>
    Coupon,

    /// <summary>Money back, the way it was paid.</summary>
    Refund,
}

/// <summary>Who may grant a remedy; each may also grant what those before may.</summary>
public enum RemedyAuthority { Automatic, Agent, Supervisor }

/// <summary>A case for which a campus gives something.</summary>
/// <param name="Id">Its name: stands in the journal with each remedy.</param>
/// <param name="Kind">What is given.</param>
/// <param name="Categories">Matters about what.</param>
public sealed record RemedyRule(string Id, RemedyKind Kind, ImmutableArray<Category> Categories)
{
    /// <summary>What must be wrong with the order, by its facts; null: the customer's word, and <see cref="NeedsPicture"/>.</summary>
    public OrderAnomaly? Anomaly { get; init; }

    /// <summary>For how long it must be wrong, in minutes.</summary>
    public int LeastMinutes { get; init; }

    /// <summary>Whether the customer must have sent a picture.</summary>
    public bool NeedsPicture { get; init; }

    /// <summary>What is given in any case, in fen.</summary>
    public long Fen { get; init; }

    /// <summary>Which part of what was paid is given, in hundredths.</summary>
    public int Percent { get; init; }

    /// <summary>The most that it gives, in fen; 0: what was paid.</summary>
    public long MaximumFen { get; init; }

    /// <summary>What it gives for an order, in fen: never more than was paid.</summary>
    public long Amount(long paidFen)
    {
        var fen = Fen + paidFen * Percent / 100;
        return Math.Min(MaximumFen > 0 ? Math.Min(fen, MaximumFen) : fen, paidFen);
    }
}

/// <summary>
/// What a campus gives, and how much of it without a person. Above these limits it goes to an agent, and above an agent's
/// to a supervisor. Amounts are in fen; days are the campus's.
/// </summary>
/// <param name="Version">Which version of the campus's settings: stands in the journal with each remedy.</param>
/// <param name="Rules">The cases. Where several fit, the one that gives most holds.</param>
public sealed record RemedyPolicy(long Version, ImmutableArray<RemedyRule> Rules)
{
    /// <summary>The most that is given without a person, at once.</summary>
    public long AutomaticFen { get; init; }

    /// <summary>The most that an agent gives, at once.</summary>
    public long AgentFen { get; init; }

    /// <summary>The most that a customer is given in a day without a person.</summary>
    public long CustomerDayFen { get; init; }

    /// <summary>How often a customer is given something in <see cref="RemedyAccount.Window"/> without a person.</summary>
    public int CustomerTimes { get; init; }

    /// <summary>The most that a campus gives in a day without a supervisor.</summary>
    public long CampusDayFen { get; init; }
}

/// <summary>A matter for which something may be given.</summary>
/// <param name="Role">Who asks.</param>
/// <param name="CustomerId">By id.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Pictures">How many pictures there are.</param>
/// <param name="Order">The order; null when none is known.</param>
/// <param name="Now">When.</param>
public sealed record RemedyCase(CustomerRole Role, string CustomerId, Category Category, int Pictures, OrderFacts? Order, DateTimeOffset Now);

/// <summary>What was given before, as far as it matters to a case. Amounts in fen.</summary>
/// <param name="CustomerDayFen">To the customer, this day.</param>
/// <param name="CustomerTimes">How often to the customer, in <see cref="RemedyAccount.Window"/>.</param>
/// <param name="CampusDayFen">By the campus, this day.</param>
/// <param name="OrderFen">For the order, ever.</param>
/// <param name="OrderKinds">What was given for the order.</param>
public sealed record RemedyUse(long CustomerDayFen, int CustomerTimes, long CampusDayFen, long OrderFen, ImmutableArray<RemedyKind> OrderKinds)
{
    /// <summary>Nothing.</summary>
    public static readonly RemedyUse None = new(0, 0, 0, 0, []);
}
