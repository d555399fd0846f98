namespace CampusCare.Cli.Rush;

/// <summary>How busy a simulated rush is: lively to look at, and no burden to the machine.</summary>
internal static class RushPace
{
    /// <summary>Contacts an hour of one campus.</summary>
    public const double ContactsPerHour = 1_000;

    /// <summary>Contacts of one campus that are under way at once; more wait until one ends.</summary>
    public const int UnderWay = 60;

    /// <summary>How many agents of a campus are simulated people at most; the others are left to the visitor.</summary>
    public const int AgentsPerCampus = 6;

    /// <summary>How often a contact is about an order, with a number.</summary>
    public const double WithOrder = 0.7;

    /// <summary>How often a customer answers an agent.</summary>
    public const double FollowUp = 0.45;

    /// <summary>How often a customer rates.</summary>
    public const double Rates = 0.75;

    /// <summary>How often an answer helps that is about what was asked: some want a person all the same.</summary>
    public const double HelpsIfRight = 0.75;

    /// <summary>How often somebody whom an answer didn't help leaves without a word.</summary>
    public const double SilentIfWrong = 0.1;

    /// <summary>How long a customer stays with a ticket at most.</summary>
    public static readonly TimeSpan LongestContact = TimeSpan.FromMinutes(15);

    /// <summary>Until the next contact of a campus: exponential, as independent people come.</summary>
    public static TimeSpan UntilNextContact(Random chance) => TimeSpan.FromHours(-Math.Log(1 - chance.NextDouble()) / ContactsPerHour);

    public static TimeSpan BeforeAccept(Random chance) => Between(chance, 1, 4);

    public static TimeSpan BeforeReply(Random chance) => Between(chance, 8, 20);

    public static TimeSpan BeforeFollowUp(Random chance) => Between(chance, 2, 8);

    /// <summary>As long as it takes to read an answer and try it.</summary>
    public static TimeSpan BeforeVerdict(Random chance) => Between(chance, 4, 15);

    public static TimeSpan BeforeRating(Random chance) => Between(chance, 2, 10);

    private static TimeSpan Between(Random chance, double least, double most) => TimeSpan.FromSeconds(least + (most - least) * chance.NextDouble());
}
