using System.Collections.Immutable;
using CampusCare.Contracts.Campuses;

namespace CampusCare.Simulation;

/// <summary>What is broken on purpose, to see that the invariant watching it finds it.</summary>
public enum Mutation
{
    None,

    /// <summary>The journal takes an append at a seq that is taken: two activations may both assign.</summary>
    JournalTakesTwice,

    /// <summary>An agent's grain believes in more slots than the person has.</summary>
    AgentOverbooks,

    /// <summary>Appends are acknowledged and not stored.</summary>
    JournalForgets,

    /// <summary>Queues never hear of arrivals or of freed agents; only sweeps move anything.</summary>
    HintsGetLost,

    /// <summary>The read model tells queues a wrong order.</summary>
    OrderIsUpsideDown,

    /// <summary>A stored event is changed.</summary>
    HistoryIsRewritten,

    /// <summary>That a clock ran out is acknowledged and not stored.</summary>
    ClocksAreForgotten,

    /// <summary>That a clock ran out is stored twice.</summary>
    ClocksFireTwice,

    /// <summary>Calls are routed as if they were forms.</summary>
    CallsAreTakenForForms,

    /// <summary>A gateway goes on following for people who are gone.</summary>
    GatewayKeepsTheGone,

    /// <summary>A provider says that it took a reply, and did not.</summary>
    ProviderLies,
    /// <summary>No agent can be kept for a call.</summary>
    NobodyIsKept,

    /// <summary>Who was kept for a call once is never let go.</summary>
    KeptForGood,

    /// <summary>The journal takes a call beside a chat of the same agent, and what two activations granted counts.</summary>
    DesksAreUnguarded,
}

/// <summary>A simulated campus.</summary>
public sealed record WorldOptions
{
    public int Silos { get; init; } = 3;

    /// <summary>How many agents; every fourth can do food safety.</summary>
    public int Agents { get; init; } = 12;

    /// <summary>Slots of each agent.</summary>
    public int Capacity { get; init; } = 3;

    /// <summary>Forms that an agent holds beside chats.</summary>
    public int Forms { get; init; } = 3;

    /// <summary>How many gateways agents connect through.</summary>
    public int Gateways { get; init; } = 3;

    /// <summary>What every queue promises about time; null: nothing.</summary>
    public ServiceTargetSettings? Targets { get; init; } = new(FirstResponseSeconds: 30, NextResponseSeconds: 40, ResolutionSeconds: 360);

    /// <summary>When the next line is asked; 0: never.</summary>
    public int EscalateAfterSeconds { get; init; } = 240;

    /// <summary>One ticket in so many is handed to a line, and as many to a colleague; about as many a colleague is asked, and a time promised.</summary>
    public int OneInSoManyIsSpecial { get; init; } = 40;

    /// <summary>Contacts that are opened, one after the other at exponential distances.</summary>
    public int Contacts { get; init; } = 300;

    /// <summary>Mean rate of arrivals.</summary>
    public double ContactsPerMinute { get; init; } = 30;

    /// <summary>How arrivals spread over a day; null: evenly, at <see cref="ContactsPerMinute"/>.</summary>
    public DayCourse? Course { get; init; }

    /// <summary>How often an agent looks at the desk for what was not pushed.</summary>
    public TimeSpan LookAtDesk { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a customer looks for what became of the ticket.</summary>
    public TimeSpan LookAgain { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Mean time that an agent works on a ticket.</summary>
    public TimeSpan HandleTime { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Mean time after which a waiting customer gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>Whether silos die and part, activations get lost, appends fail, hints get lost or repeated, agents vanish.</summary>
    public bool Faults { get; init; } = true;

    /// <summary>Mean time between two faults.</summary>
    public TimeSpan FaultEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a bot answers what the articles answer.</summary>
    public bool Bot { get; init; }

    /// <summary>What is broken on purpose.</summary>
    public Mutation Mutation { get; init; }

    /// <summary>A whole day of a large campus: 20,000 contacts, calm.</summary>
    public static readonly WorldOptions Day = new()
    {
        Contacts = 20_000,
        Course = DayCourse.Campus,
        Agents = 48,
        Capacity = 5,
        HandleTime = TimeSpan.FromMinutes(2),
        LookAtDesk = TimeSpan.FromMinutes(1),
        LookAgain = TimeSpan.FromMinutes(1),
        EscalateAfterSeconds = 900,
        Faults = false,
    };
}

/// <summary>The hours of a day, from opening on, with rushes at meals.</summary>
/// <param name="Length">From opening to closing.</param>
/// <param name="Meals">What comes outside of them is spread evenly over the day.</param>
public sealed record DayCourse(TimeSpan Length, ImmutableArray<Meal> Meals)
{
    /// <summary>Open from 7:00 to 23:00, with lunch at 12:00 and dinner at 18:00.</summary>
    public static readonly DayCourse Campus = new(TimeSpan.FromHours(16),
        [new Meal(TimeSpan.FromHours(5), TimeSpan.FromMinutes(35), 0.4), new Meal(TimeSpan.FromHours(11), TimeSpan.FromMinutes(40), 0.35)]);

    /// <summary>So many moments of the day, in order.</summary>
    internal IReadOnlyList<TimeSpan> Draw(int contacts, Random random)
    {
        var moments = new TimeSpan[contacts];
        for (var i = 0; i < contacts; i++) moments[i] = Draw(random);
        Array.Sort(moments);
        return moments;
    }

    private TimeSpan Draw(Random random)
    {
        var which = random.NextDouble();
        foreach (var meal in Meals)
        {
            if (which < meal.Share) return TimeSpan.FromSeconds(Math.Clamp((meal.At + meal.Spread * Normal(random)).TotalSeconds, 0, Length.TotalSeconds));
            which -= meal.Share;
        }
        return Length * random.NextDouble();
    }

    // Box and Muller (1958).
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>A rush around a moment.</summary>
/// <param name="At">After opening.</param>
/// <param name="Spread">Standard deviation.</param>
/// <param name="Share">Part of the day's contacts.</param>
public sealed record Meal(TimeSpan At, TimeSpan Spread, double Share);

/// <summary>What came of a run.</summary>
/// <param name="Happened">How often each event happened, in words.</param>
/// <param name="Digest">Two runs with the same number took the same turns in the same order.</param>
public sealed record WorldReport(
    int Seed, int Acknowledged, int Solved, int GaveUp, long Events, int Faults, TimeSpan VirtualTime, long Turns, ulong Digest, string Happened);

/// <summary>An invariant does not hold.</summary>
public sealed class InvariantBrokenException(string invariant, string detail) : Exception($"{invariant}: {detail}")
{
    /// <summary>Its name.</summary>
    public string Invariant { get; } = invariant;
}
