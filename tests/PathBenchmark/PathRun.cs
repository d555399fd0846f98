using CampusCare.Silo.Hosting;

namespace CampusCare.PathBenchmark;

/// <summary>How much is done of each way: nothing that is measured runs without end.</summary>
/// <param name="WarmUp">Contacts before, which don't count.</param>
/// <param name="Contacts">Contacts that count.</param>
internal sealed record PathSize(int WarmUp, int Contacts)
{
    /// <summary>So much room that everybody is assigned at once.</summary>
    public int ChatsEach(int agents, int times = 1) => times * (WarmUp + Contacts) / agents + 1;
}

/// <summary>Measures all ways in one run, each beside the bare database, and prints the table.</summary>
/// <param name="program">The program behind ./campuscare.</param>
/// <param name="home">The working copy.</param>
internal sealed class PathRun(string program, string home, PathSize size, TextWriter output)
{
    /// <summary>Agents who could take any contact.</summary>
    public const int Agents = 50;

    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(20);

    private const int Few = 16, Many = 64;

    public async Task<int> Go()
    {
        await using var postgres = await PrivatePostgres.Start(home);
        var bare = await BareInsert.Measure(postgres, size.Contacts, Few);
        var plain = await PlainEndpoint.Measure(program, postgres, size, Few);
        var (few, many, right) = await Served(postgres);
        plain = plain.And(await PlainEndpoint.Measure(program, postgres, size, Few));
        var plainMany = await PlainEndpoint.Measure(program, postgres, size, Many);
        bare = bare.And(await BareInsert.Measure(postgres, size.Contacts, Few));
        var sqlite = await GrainPath.OnSqlite(size, Many);
        var grains = await GrainPath.OnPostgres(postgres, size, Many);
        Print([bare, plain, plainMany, few, many, sqlite, grains], bare, plain);
        return right ? 0 : 1;
    }

    private async Task<(Figure Few, Figure Many, bool Right)> Served(PrivatePostgres postgres)
    {
        await using var served = await ServedGateway.Start(program, postgres, size.ChatsEach(Agents, times: 2));
        return (await served.Measure(size, Few), await served.Measure(size, Many), await Seats.Check(served, output));
    }

    private void Print(Figure[] figures, Figure bare, Figure plain)
    {
        output.WriteLine($"contacts opened, offered and assigned, each durable; {size.Contacts:N0} after {size.WarmUp:N0} of warm-up; engine {GrainEngine.Name}; {Environment.ProcessorCount} cores shared with the load");
        output.WriteLine("      a second   p50 ms   p99 ms   server CPU ms   database CPU ms   of the bare insert   of the do-it-yourself endpoint");
        foreach (var figure in figures)
            output.WriteLine(
                $"{figure.PerSecond,14:N0}{figure.Percentile(0.5),9:F2}{figure.Percentile(0.99),9:F1}{figure.ServerMs,16:F3}{figure.DatabaseMs,18:F3}"
                + $"{figure.PerSecond / bare.PerSecond,21:F2}{figure.PerSecond / plain.PerSecond,33:F2}   {figure.What}");
    }
}
