using CampusCare.Domain;

namespace CampusCare.Simulation;

/// <summary>A ticket as the stored events tell it.</summary>
public sealed class Case(string id)
{
    public string Id { get; } = id;
    public TicketPhase Phase { get; set; }
    public DateTimeOffset PhaseSince { get; set; }
    public string Queue { get; set; } = "";
    public Medium Medium { get; set; }
    public int Level { get; set; }
    public long Key { get; set; }

    /// <summary>Since when it waits at this place, for anybody who can.</summary>
    public DateTimeOffset WaitingFrom { get; set; }

    /// <summary>When it last went from one queue to another.</summary>
    public DateTimeOffset MovedAt { get; set; }

    public string? Agent { get; set; }
    public string? Reservation { get; set; }

    /// <summary>Resolved, and the agent's slot is not free yet.</summary>
    public bool IsWrapping => Phase == TicketPhase.Resolved && Agent is not null;

    public HashSet<string> Declined { get; } = [];

    /// <summary>When another one was served in its place for the first time since it waits; null when never.</summary>
    public DateTimeOffset? PassedOverAt { get; set; }

    /// <summary>When and how that happened again; null when it did not.</summary>
    public Overtaken? Overtaken { get; set; }

    /// <summary>When a chat went before this call while nobody was kept for it; null once somebody is.</summary>
    public DateTimeOffset? ForgottenAt { get; set; }

    internal RunningClocks Clocks { get; } = new();
}

/// <summary>One that waited less was served before, and not for the first time.</summary>
public sealed record Overtaken(DateTimeOffset At, string How);

/// <summary>An agent as the person and the stored events tell it.</summary>
public sealed class Person(string id, IReadOnlyDictionary<string, int> levels, WorldOptions options)
{
    public string Id { get; } = id;
    public IReadOnlyDictionary<string, int> Levels { get; } = levels;
    public HashSet<Case> Held { get; } = [];
    public HashSet<Case> Offered { get; } = [];
    public bool StandsBy { get; set; }
    public DateTimeOffset FreeSince { get; set; }

    /// <summary>For which queue's call; null: for none.</summary>
    public string? KeptBy { get; set; }

    /// <summary>Since when nothing changed in whether the person can be kept for a call: kept by nobody yet, and on none.</summary>
    public DateTimeOffset UnkeptSince { get; set; }

    /// <summary>Since when nobody sits there; null while somebody does.</summary>
    public DateTimeOffset? AwaySince { get; set; }

    /// <summary>Whether one more may be offered. A call interrupts forms, not chats; nothing interrupts a call.</summary>
    public bool HasRoomFor(Medium medium)
    {
        if (Count(Medium.Call) > 0) return false;
        return medium switch
        {
            Medium.Call => Count(Medium.Chat) == 0,
            Medium.Chat => Count(Medium.Chat) < options.Capacity,
            _ => Count(Medium.Form) < options.Forms,
        };
    }

    /// <summary>What is too much in hand, in words; null when nothing is.</summary>
    public string? Excess()
    {
        int chats = Held.Count(static c => c.Medium == Medium.Chat), calls = Held.Count(static c => c.Medium == Medium.Call);
        var forms = Held.Count - chats - calls;
        return chats > options.Capacity || calls > 1 || forms > options.Forms || (calls > 0 && chats > 0)
            ? $"{Id} has {chats} chats, {calls} calls and {forms} forms, and room for {options.Capacity}, or one call, and {options.Forms}"
            : null;
    }

    private int Count(Medium medium)
    {
        var count = 0;
        foreach (var c in Held) if (c.Medium == medium) count++;
        foreach (var c in Offered) if (c.Medium == medium) count++;
        return count;
    }
}
