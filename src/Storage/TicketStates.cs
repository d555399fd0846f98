namespace CampusCare.Storage;

/// <summary>The states of a ticket as the read model stores them.</summary>
public static class TicketStates
{
    /// <summary>In its queue, offered to nobody.</summary>
    public const string Waiting = "waiting";

    /// <summary>Reserved for an agent who hasn't answered yet.</summary>
    public const string Offered = "offered";

    /// <summary>An agent works on it.</summary>
    public const string Assigned = "assigned";

    /// <summary>An agent has it, and the next word is the customer's.</summary>
    public const string Customer = "customer";

    /// <summary>After-contact work.</summary>
    public const string Wrapping = "wrapping";

    /// <summary>Solved, the customer hasn't confirmed yet.</summary>
    public const string Resolved = "resolved";

    /// <summary>Final.</summary>
    public const string Closed = "closed";
}
