namespace CampusCare.Domain.Tickets;

/// <summary>What happens to the sound of a call.</summary>
public enum CallStep { Connected, Held, Resumed, Dropped, Ended, Whispered }

/// <summary>How the sound of a call stands.</summary>
public enum CallState { Connected, Held, Dropped, Ended }

/// <summary>The sound of a call between two browsers.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Since">Since when both are connected; null while they aren't.</param>
/// <param name="Before">How long they were connected before that.</param>
/// <param name="Steps">How often it changed.</param>
public sealed record CallSound(CallState State, DateTimeOffset? Since, TimeSpan Before, int Steps)
{
    /// <summary>More changes of one call than a day on the worst network brings. What comes after them is not kept, but for the end.</summary>
    public const int MaximumSteps = 500;

    /// <summary>Whether both hear each other, or one holds.</summary>
    public bool IsOn => State is CallState.Connected or CallState.Held;

    /// <summary>A call that connects, for the first time or again.</summary>
    public static CallSound Connect(CallSound? before, DateTimeOffset at) => new(CallState.Connected, at, before?.Before ?? default, (before?.Steps ?? 0) + 1);

    /// <summary>One holds, or goes on.</summary>
    public CallSound Turn(CallState state) => this with { State = state, Steps = Steps + 1 };

    /// <summary>Nobody hears anybody any more.</summary>
    public CallSound Stop(CallState state, DateTimeOffset at) => new(state, null, Before + (Since is { } since && at > since ? at - since : default), Steps + 1);
}
