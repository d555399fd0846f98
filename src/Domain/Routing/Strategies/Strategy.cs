namespace CampusCare.Domain.Routing.Strategies;

/// <summary>How a queue chooses among the free agents who can serve a ticket.</summary>
public enum StrategyName { BestMatch, LongestIdle, RoundRobin, LeastLoaded }

/// <summary>
/// A way to order agents. A score depends on nothing that changes by itself, so an agent's place stays right until
/// the agent changes. Equal scores go to the longest idle, then to the smaller id.
/// </summary>
public interface IStrategy
{
    /// <summary>The higher, the earlier asked.</summary>
    double Score(Demand demand, Candidate agent);
}

/// <summary>The strategies by name.</summary>
public static class Strategy
{
    /// <summary>The strategy of a name.</summary>
    public static IStrategy Of(StrategyName name) => name switch
    {
        StrategyName.BestMatch => BestMatch.Instance,
        StrategyName.LongestIdle => LongestIdle.Instance,
        StrategyName.RoundRobin => RoundRobin.Instance,
        StrategyName.LeastLoaded => LeastLoaded.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such strategy."),
    };
}
