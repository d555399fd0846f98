namespace CampusCare.Domain.Routing;

/// <summary>
/// How many contacts of each medium: what an agent may hold, holds, or can still take. Chats and forms are held side
/// by side, each up to its own number. A call is taken by somebody without a chat in hand (it interrupts forms, not
/// chats), and whoever is on a call gets nothing new.
/// </summary>
/// <param name="Chats">Conversations in writing, at least 0.</param>
/// <param name="Calls">Calls, at least 0.</param>
/// <param name="Forms">What may be answered later, at least 0.</param>
public readonly record struct Room(int Chats, int Calls, int Forms)
{
    /// <summary>For nothing.</summary>
    public static readonly Room None;

    /// <summary>What an agent of this capacity who holds so much can still take; who is kept for a call takes no more chats.</summary>
    public static Room Free(Room capacity, Room held, bool isKept = false) => held.Calls > 0 ? None : new Room(
        isKept ? 0 : Math.Max(0, capacity.Chats - held.Chats),
        held.Chats > 0 ? 0 : Math.Max(0, capacity.Calls),
        Math.Max(0, capacity.Forms - held.Forms));

    /// <summary>The number of one medium.</summary>
    public int Of(Medium medium) => medium switch
    {
        Medium.Chat => Chats,
        Medium.Call => Calls,
        Medium.Form => Forms,
        _ => throw new ArgumentOutOfRangeException(nameof(medium), medium, "No such medium."),
    };

    /// <summary>All three together.</summary>
    public int Total => Chats + Calls + Forms;

    /// <summary>Whether there is any of anything.</summary>
    public bool Any => (Chats | Calls | Forms) != 0;

    /// <summary>One more.</summary>
    public Room Plus(Medium medium) => Changed(medium, 1);

    /// <summary>One less.</summary>
    public Room Minus(Medium medium) => Changed(medium, -1);

    /// <summary>
    /// What stays free after one more is taken: <c>Free(capacity, held.Plus(m)) = Free(capacity, held).After(m)</c>.
    /// </summary>
    public Room After(Medium taken) => taken switch
    {
        Medium.Call => None,
        Medium.Chat => Minus(taken) with { Calls = 0 },
        _ => Minus(taken),
    };

    /// <summary>
    /// The taken share of a capacity, in [0, 1]: the mean of the taken shares of chats and forms, as far as the agent
    /// takes such at all, so that it grows with each one taken. A call fills the desk.
    /// </summary>
    public static double Load(Room capacity, Room free)
    {
        if (!free.Any) return 1;
        var chats = Taken(capacity.Chats, free.Chats);
        var forms = Taken(capacity.Forms, free.Forms);
        return capacity.Forms == 0 ? chats : capacity.Chats == 0 ? forms : (chats + forms) / 2;
    }

    /// <summary>Both together.</summary>
    public static Room operator +(Room one, Room other) => new(one.Chats + other.Chats, one.Calls + other.Calls, one.Forms + other.Forms);

    /// <summary>What is left of one without the other.</summary>
    public static Room operator -(Room one, Room other) => new(one.Chats - other.Chats, one.Calls - other.Calls, one.Forms - other.Forms);

    private static double Taken(int capacity, int free) => capacity == 0 ? 0 : (double)(capacity - free) / capacity;

    private Room Changed(Medium medium, int by) => medium switch
    {
        Medium.Chat => this with { Chats = Chats + by },
        Medium.Call => this with { Calls = Calls + by },
        Medium.Form => this with { Forms = Forms + by },
        _ => throw new ArgumentOutOfRangeException(nameof(medium), medium, "No such medium."),
    };
}
