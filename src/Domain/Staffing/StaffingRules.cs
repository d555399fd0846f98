namespace CampusCare.Domain.Staffing;

/// <summary>By what a plan decides how many agents, silos and gateways a quarter of an hour needs.</summary>
/// <param name="TargetLevel">The part of contacts to be answered in time, above 0 and below 1.</param>
/// <param name="WithinSeconds">In time.</param>
/// <param name="ChatsAtOnce">How many contacts an agent has in hand side by side.</param>
/// <param name="MaximumOccupancy">Nobody is planned to be busier than this part of the time.</param>
/// <param name="Shrinkage">The part of a shift that goes into breaks, training and sickness: 0 to below 1.</param>
/// <param name="SolvedWithoutPerson">The part of contacts that the bot and the remedies' policy solve alone: 0 to below 1.</param>
/// <param name="Queues">What contacts are about; their shares add up to 1.</param>
/// <param name="Teams">Who takes what; each queue is taken by a team.</param>
/// <param name="Cluster">What processes carry.</param>
public sealed record StaffingRules(
    double TargetLevel,
    double WithinSeconds,
    int ChatsAtOnce,
    double MaximumOccupancy,
    double Shrinkage,
    double SolvedWithoutPerson,
    IReadOnlyList<StaffedQueue> Queues,
    IReadOnlyList<StaffedTeam> Teams,
    ClusterCapacity Cluster)
{
    /// <summary>One line and one team: 80 % within a minute, three chats of seven minutes at once.</summary>
    public static readonly StaffingRules Default = new(
        0.8, 60, 3, 0.88, 0.15, 0.45, [new StaffedQueue("all", 1, 420, 240)], [new StaffedTeam("all", [0])], ClusterCapacity.Default);
}

/// <summary>Contacts that are alike.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Share">Its part of all contacts, 0 to 1.</param>
/// <param name="MeanServiceSeconds">How long a contact stays in hand beside others, wrap-up included.</param>
/// <param name="MeanPatienceSeconds">How long its customers are willing to wait, on average.</param>
public sealed record StaffedQueue(string Name, double Share, double MeanServiceSeconds, double MeanPatienceSeconds);

/// <summary>Agents with the same skills.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Takes">Indices of the queues whose contacts they take, first choice first. A queue's own team is the first that takes it.</param>
public sealed record StaffedTeam(string Name, IReadOnlyList<int> Takes);

/// <summary>What one process of the cluster carries in its stride; docs/benchmarks.md says how to measure it.</summary>
/// <param name="ContactsPerSecondPerSilo">Contacts from the door to an agent.</param>
/// <param name="ConnectionsPerGateway">Open connections.</param>
/// <param name="ConnectionsPerContact">Clients that are connected in a slot for each contact of it: who waits, writes, watches.</param>
/// <param name="LeastSilos">So many run always.</param>
/// <param name="LeastGateways">So many run always.</param>
public sealed record ClusterCapacity(double ContactsPerSecondPerSilo, double ConnectionsPerGateway, double ConnectionsPerContact, int LeastSilos, int LeastGateways)
{
    /// <summary>Two of each at least, so that one may fail.</summary>
    public static readonly ClusterCapacity Default = new(200, 8_000, 3, 2, 2);

    /// <summary>Silos for so many contacts in a time.</summary>
    public int Silos(double contacts, double seconds) => Math.Max(LeastSilos, (int)Math.Ceiling(SiloShare(contacts, seconds)));

    /// <summary>Gateways for so many contacts in a slot.</summary>
    public int Gateways(double contacts) => Math.Max(LeastGateways, (int)Math.Ceiling(GatewayShare(contacts)));

    /// <summary>What so many contacts in a time take of silos, in silos.</summary>
    public double SiloShare(double contacts, double seconds) => contacts / seconds / ContactsPerSecondPerSilo;

    /// <summary>What so many contacts in a slot take of gateways, in gateways.</summary>
    public double GatewayShare(double contacts) => contacts * ConnectionsPerContact / ConnectionsPerGateway;
}
