using System.Collections.Immutable;
using System.CommandLine;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Cli;

/// <summary><c>campuscare bench</c>: how fast the rules are, and how that grows, as a table of ratios.</summary>
public static class BenchCommand
{
    private const int Skills = 40;
    private const int Rounds = 5;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "Seed of the random line and staff.", DefaultValueFactory = _ => 1 };
        var command = new Command("bench", "Measures match decisions: rate, and how the cost grows with the size.") { seed };
        command.SetAction(arguments => Run(arguments.GetValue(seed)));
        return command;
    }

    private static int Run(int seed)
    {
        Console.WriteLine($"match decisions, {Skills} skills, median of {Rounds} rounds (a match takes a ticket and a slot; then the slot is freed and a new ticket comes)");
        Console.WriteLine("  waiting   agents   matches/s   µs each   of the size before     (processor time, so that a busy machine does not count)");
        var before = 0.0;
        foreach (var scale in new[] { 1, 10, 100 })
        {
            var (waiting, agents) = (1_000 * scale, 500 * scale);
            var each = Median([.. Enumerable.Range(0, Rounds).Select(round => MicrosecondsPerMatch(waiting, agents, seed + round))]);
            Console.WriteLine($"{waiting,9:N0}{agents,9:N0}{1e6 / each,12:N0}{each,10:F2}{(before == 0 ? "" : $"{each / before,12:F2}")}");
            before = each;
        }
        return 0;
    }

    // The line stays at its size: every match is followed by the end of a conversation and a new arrival, as at the rush.
    private static double MicrosecondsPerMatch(int waiting, int agents, int seed)
    {
        const int matches = 50_000;
        var random = new Random(seed);
        var matcher = new Matcher();
        for (var i = 0; i < agents; i++) matcher.Set(Agent(random, i));
        for (var i = 0; i < waiting; i++) matcher.Add(Ticket(random, i));
        var staff = new Queue<Candidate>();
        while (matcher.Take() is { } match) staff.Enqueue(match.Agent);
        for (var i = 0; matcher.WaitingCount < waiting; i++) matcher.Add(Ticket(random, waiting + i));

        var arrivals = Enumerable.Range(0, matches).Select(i => Ticket(random, 10 * waiting + i)).ToArray();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var arrival in arrivals)
        {
            var freed = staff.Dequeue();
            matcher.Set(freed with { Free = new Room(1, 0, 0), IdleSince = freed.IdleSince + waiting });
            if (matcher.Take() is { } match) staff.Enqueue(match.Agent);
            else staff.Enqueue(freed);
            matcher.Add(arrival);
        }
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / matches;
    }

    private static Candidate Agent(Random random, int i) => new(
        $"agent-{i}", [.. Some(random, 3).Select(skill => new SkillLevel(skill, random.Next(1, 6)))], new Room(3, 0, 0), new Room(random.Next(1, 4), 0, 0), i,
        ImmutableDictionary<Category, AgentRecord>.Empty);

    private static Waiting Ticket(Random random, int i) => new(
        $"ticket-{i}", i, new Demand(Category.Other, [new SkillLevel(Some(random, 1)[0], random.Next(1, 4))], []), []);

    private static List<string> Some(Random random, int count)
    {
        var some = new List<string>();
        while (some.Count < count)
        {
            var skill = $"skill-{random.Next(Skills)}";
            if (!some.Contains(skill)) some.Add(skill);
        }
        return some;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
