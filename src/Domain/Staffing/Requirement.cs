namespace CampusCare.Domain.Staffing;

/// <summary>The fewest agents with whom a line holds its target, by <see cref="ErlangA"/> with an agent's chats as servers.</summary>
public static class Requirement
{
    /// <summary>More than any team has; where even they don't suffice, so many are told.</summary>
    public const int MostAgents = 20_000;

    /// <param name="perSecond">Arrivals; 0 needs nobody.</param>
    /// <param name="meanService">Seconds.</param>
    /// <param name="meanPatience">Seconds.</param>
    /// <param name="rules">Target, time, chats at once, occupancy.</param>
    public static int Agents(double perSecond, double meanService, double meanPatience, StaffingRules rules)
    {
        if (perSecond <= 0) return 0;
        // More agents never answer worse: double until they suffice, then halve the gap.
        int few = 0, enough = 1;
        while (!Suffice(enough))
        {
            if (enough >= MostAgents) return MostAgents;
            (few, enough) = (enough, Math.Min(MostAgents, 2 * enough));
        }
        while (enough - few > 1)
        {
            var middle = (few + enough) / 2;
            if (Suffice(middle)) enough = middle;
            else few = middle;
        }
        return enough;

        bool Suffice(int agents)
        {
            var line = new ErlangA(perSecond, meanService, meanPatience, agents * rules.ChatsAtOnce);
            return line.ServiceLevelAnswered(rules.WithinSeconds) >= rules.TargetLevel && line.Occupancy <= rules.MaximumOccupancy;
        }
    }
}
