namespace CampusCare.Cli.Seeds;

/// <summary>Virtual time belongs to the embedded engine.</summary>
internal static class SeedRuns
{
    /// <summary>Says so; exit code 2.</summary>
    public static int Run(int first, int seeds, bool calm) => Refuse();

    /// <summary>As above.</summary>
    public static int Day(int seed) => Refuse();

    private static int Refuse()
    {
        Console.Error.WriteLine("Rushes in virtual time run on the embedded engine: build with -p:GrainEngine=Embedded.");
        return 2;
    }
}
