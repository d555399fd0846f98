using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Channels;

/// <summary>
/// Brings one ticket's replies to the customer's channel, so that the ticket need not wait for a provider. It keeps
/// nothing: the ticket's journal knows what is on its way, and asks again.
/// </summary>
[Alias("Courier")]
public interface ICourierGrain : IGrainWithStringKey
{
    /// <summary>A ticket's hint: try this reply, and say how it went (<see cref="Tickets.ITicketGrain.ReplyTried"/>).</summary>
    [OneWay] Task Bring(OutgoingMessage message);
}

/// <summary>A reply to try.</summary>
/// <param name="Seq">The message's seq in its ticket.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Channel">Where it goes.</param>
/// <param name="To">Who that is there.</param>
/// <param name="Text">What it says.</param>
/// <param name="Subject">What the ticket is about, for channels with subjects.</param>
[GenerateSerializer, Immutable, Alias("OutgoingMessage")]
public sealed record OutgoingMessage(
    [property: Id(0)] long Seq,
    [property: Id(1)] int Attempt,
    [property: Id(2)] Channel Channel,
    [property: Id(3)] Tickets.ReplyTo To,
    [property: Id(4)] string Text,
    [property: Id(5)] string Subject);

/// <summary>How an attempt ended.</summary>
/// <param name="Seq">The message's seq in its ticket.</param>
/// <param name="Channel">Where it went.</param>
/// <param name="End">Sent, later, or never.</param>
/// <param name="Fault">Why not; null when it was sent.</param>
/// <param name="Pause">When the provider wants to be asked again; null: as usual.</param>
[GenerateSerializer, Immutable, Alias("ReplyTried")]
public sealed record ReplyTried(
    [property: Id(0)] long Seq,
    [property: Id(1)] Channel Channel,
    [property: Id(2)] ReplyEnd End,
    [property: Id(3)] ReplyFault? Fault = null,
    [property: Id(4)] TimeSpan? Pause = null);
