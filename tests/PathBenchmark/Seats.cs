using CampusCare.Client;

namespace CampusCare.PathBenchmark;

/// <summary>
/// Ten agents with three chats each, and more customers than that at once: exactly thirty are assigned, whatever the
/// concurrency, and the others wait in the order of their keys.
/// </summary>
internal static class Seats
{
    public const int Agents = 10;
    public const int ChatsEach = 3;

    private const int Customers = 100;

    private static readonly int[] AtOnce = [8, 64];

    /// <summary>One campus for each concurrency.</summary>
    public static IEnumerable<string> Campuses => AtOnce.Select(static atOnce => $"seats-{atOnce}");

    public static async Task<bool> Check(ServedGateway served, TextWriter output)
    {
        var right = true;
        foreach (var (atOnce, campus) in AtOnce.Zip(Campuses))
        {
            await served.BringAgents(campus, Agents);
            var tokens = await served.SignIn(campus, Customers);
            await Load.Run(Customers, PathRun.SettleTimeout, atOnce, (_, i) => Open(served, tokens[i], campus, i));
            await served.Settled(campus, "state = 'assigned'", Agents * ChatsEach);
            var (assigned, most, inOrder) = await Look(served, campus, tokens);
            right &= assigned == Agents * ChatsEach && most == ChatsEach && inOrder;
            output.WriteLine($"{Agents} agents with {ChatsEach} chats each, {Customers} customers, {atOnce} at once: {assigned} assigned, at most {most} each, the others wait in order: {(inOrder ? "yes" : "NO")}");
        }
        return right;
    }

    private static async Task Open(ServedGateway served, string token, string campus, int i) =>
        _ = (await served.Client.Send<Opened>(HttpMethod.Post, $"api/v1/campuses/{campus}/tickets", token, new { Text = Texts.Of(i), Channel = "web" }, $"seat-{i}", default)).Yes;

    // The journal's rows beside what each customer is told.
    private static async Task<(long Assigned, long Most, bool InOrder)> Look(ServedGateway served, string campus, string[] tokens)
    {
        await using var counts = served.Database.CreateCommand("select coalesce(sum(n), 0)::bigint, coalesce(max(n), 0) from (select count(*) n from tickets where campus = $1 and agent_id is not null group by agent_id) held");
        counts.Parameters.AddWithValue(campus);
        await using var held = await counts.ExecuteReaderAsync();
        await held.ReadAsync();

        await using var lines = served.Database.CreateCommand("select ticket_id, customer_id, row_number() over (partition by queue order by priority_key, ticket_id) from tickets where campus = $1 and state = 'waiting'");
        lines.Parameters.AddWithValue(campus);
        await using var line = await lines.ExecuteReaderAsync();
        var inOrder = true;
        while (await line.ReadAsync())
        {
            var customer = int.Parse(line.GetString(1).Split('-')[^1]);
            var place = (await served.Client.Send<QueuePlace>(HttpMethod.Get, $"api/v1/campuses/{campus}/tickets/{line.GetString(0)}/position", tokens[customer], null, null, default)).Yes;
            inOrder &= place.Position == line.GetInt64(2);
        }
        return (held.GetInt64(0), held.GetInt64(1), inOrder);
    }
}
