using CampusCare.Silo.Hosting;

namespace CampusCare.PathBenchmark;

/// <summary>How much is done of each way: nothing that is measured runs without end.</summary>
/// <param name="WarmUp">Contacts before, which don't count.</param>
/// <param name="Contacts">Contacts that count.</param>
/// <param name="AtMost">After so long a measurement stops; a slow machine does fewer.</param>
internal sealed record PathSize(int WarmUp, int Contacts, TimeSpan AtMost)
{
    /// <summary>After so long a warm-up stops.</summary>
    public TimeSpan WarmUpAtMost => 10 * AtMost;

    /// <summary>So much room that everybody is assigned at once.</summary>
    public int ChatsEach(int agents, int times = 1) => times * (WarmUp + Contacts) / agents + 1;
}

/// <summary>Measures all ways in one run, each beside the bare database, and prints the table.</summary>
/// <param name="program">The program behind ./campuscare.</param>
/// <param name="home">The working copy.</param>
/// <param name="ways">What is measured, of <see cref="Ways"/>.</param>
internal sealed class PathRun(string program, string home, PathSize size, IReadOnlyCollection<string> ways, TextWriter output)
{
    /// <summary>All that can be measured.</summary>
    public static readonly string[] Ways = ["bare", "plain", "http", "sqlite", "postgres"];

    /// <summary>Agents who could take any contact.</summary>
    public const int Agents = 50;

    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(20);

    private const int Few = 16, Many = 64;
    private const int Interrupted = 130;

    private readonly List<Figure> _figures = [];
    private bool _seatsAreRight = true;

    /// <summary>Measures and prints.</summary>
    /// <returns>0; 1 when a limit was broken; 130 when it was interrupted.</returns>
    /// <param name="stop">Ends the run after the way that is being measured; what was started is stopped and removed.</param>
    public async Task<int> Go(CancellationToken stop)
    {
        await using var postgres = await PrivatePostgres.Start(home);
        foreach (var measure in Plan(postgres))
        {
            if (stop.IsCancellationRequested) return Interrupted;
            await measure();
        }
        Print();
        return _seatsAreRight ? 0 : 1;
    }

    // What is compared with comes before and after the rest: a disk's mood changes within a minute.
    private IEnumerable<Func<Task>> Plan(PrivatePostgres postgres) =>
    [
        () => Take("bare", () => BareInsert.Measure(postgres, size, Few)),
        () => Take("plain", () => PlainEndpoint.Measure(program, postgres, size, Few)),
        () => Take("plain", () => PlainEndpoint.Measure(program, postgres, size, Many)),
        () => Served(postgres),
        () => Take("sqlite", () => GrainPath.OnSqlite(size, Many)),
        () => Take("postgres", () => GrainPath.OnPostgres(postgres, size, Many)),
        () => Take("plain", () => PlainEndpoint.Measure(program, postgres, size, Few)),
        () => Take("bare", () => BareInsert.Measure(postgres, size, Few)),
    ];

    private async Task Take(string way, Func<Task<Figure>> measure)
    {
        if (!ways.Contains(way)) return;
        var figure = await measure();
        var before = _figures.FindIndex(earlier => earlier.What == figure.What);
        if (before < 0) _figures.Add(figure);
        else _figures[before] = _figures[before].And(figure);
    }

    private async Task Served(PrivatePostgres postgres)
    {
        if (!ways.Contains("http")) return;
        await using var served = await ServedGateway.Start(program, postgres, size.ChatsEach(Agents, times: 2));
        await Take("http", () => served.Measure(size, Few));
        await Take("http", () => served.Measure(size, Many));
        _seatsAreRight = await Seats.Check(served, output);
    }

    private void Print()
    {
        output.WriteLine($"contacts opened, offered and assigned, each durable; up to {size.Contacts:N0} in {size.AtMost.TotalSeconds:0} s, each way after a warm-up of up to {size.WarmUp:N0} in {size.WarmUpAtMost.TotalSeconds:0} s; engine {GrainEngine.Name}; {Environment.ProcessorCount} cores shared with the load");
        output.WriteLine("      a second   p50 ms   p99 ms   server CPU ms   database CPU ms   of the bare insert   of the do-it-yourself endpoint");
        foreach (var figure in _figures)
            output.WriteLine(
                $"{figure.PerSecond,14:N0}{figure.Percentile(0.5),9:F2}{figure.Percentile(0.99),9:F1}{figure.ServerMs,16:F3}{figure.DatabaseMs,18:F3}"
                + $"{Ratio(figure, "bare"),21}{Ratio(figure, "do-it-yourself"),33}   {figure.What}");
    }

    private string Ratio(Figure figure, string beside) =>
        _figures.Find(other => other.What.StartsWith(beside, StringComparison.Ordinal)) is { } other ? $"{figure.PerSecond / other.PerSecond:F2}" : "";
}
