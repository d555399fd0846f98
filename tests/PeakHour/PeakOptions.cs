namespace CampusCare.PeakHour;

/// <summary>One load run.</summary>
/// <param name="Texts">CSV file with the columns id and text; each line becomes a contact.</param>
/// <param name="Url">The gateway; null starts a demo of its own and stops it afterwards.</param>
/// <param name="Campus">Where the contacts go.</param>
/// <param name="Agents">Simulated agents.</param>
/// <param name="Capacity">Tickets at once, each agent.</param>
/// <param name="Rate">Contacts a second.</param>
/// <param name="Think">How long an agent takes for each step.</param>
/// <param name="Seed">Decides which student asks what, and what agents say.</param>
/// <param name="Json">Where the report goes too; null for the console alone.</param>
public sealed record PeakOptions(
    FileInfo Texts,
    Uri? Url,
    string Campus,
    int Agents,
    int Capacity,
    double Rate,
    TimeSpan Think,
    int Seed,
    FileInfo? Json);

/// <summary>What a run never exceeds, whatever is asked for.</summary>
public static class PeakLimits
{
    /// <summary>Contacts of one run.</summary>
    public const int Contacts = 100_000;

    /// <summary>Simulated agents.</summary>
    public const int Agents = 1_000;

    /// <summary>Contacts a second.</summary>
    public const double Rate = 5_000;

    /// <summary>Requests under way; beyond it a contact waits for its turn, and the wait counts as latency.</summary>
    public const int InFlight = 4_096;

    /// <summary>HTTP connections of all students together.</summary>
    public const int Connections = 128;

    /// <summary>Students among whom the contacts are shared out.</summary>
    public const int Students = 1_000;

    /// <summary>Tickets at which their customers look on over a connection.</summary>
    public const int Watched = 2_000;

    /// <summary>With no progress for so long, the run is over: longer than an offer takes to time out.</summary>
    public static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    /// <summary>After the last contact was sent, agents get at most so long to finish.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromMinutes(10);

    /// <summary>A request without an answer for so long counts as failed.</summary>
    public static readonly TimeSpan Request = TimeSpan.FromSeconds(30);
}
