using System.Collections.Immutable;
using CampusCare.Domain;

namespace CampusCare.Channels;

/// <summary>One campus's way in on one channel: raw bytes in, contacts out. It believes nothing before the signature fits.</summary>
public interface IInboundChannel
{
    /// <summary>How long the provider waits for the answer; later it asks again, or shows an error.</summary>
    TimeSpan AnswerWithin { get; }

    /// <summary>Verifies, then decodes. Never throws, whatever the bytes are.</summary>
    Inbound Receive(ChannelRequest request, DateTimeOffset now);

    /// <summary>Gets a file that came along. Never throws, and answers in seconds.</summary>
    Task<FetchedFile> Fetch(InboundAttachment file, int maximumBytes) => Task.FromResult(new FetchedFile(file.Bytes));
}

/// <summary>What a provider sent over HTTP.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Query">The query, as one value a name.</param>
/// <param name="Headers">The headers, as one value a name; names in any case.</param>
/// <param name="Body">The body as it came.</param>
public sealed record ChannelRequest(string Method, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>A value of the query; empty when it isn't there.</summary>
    public string Asked(string name) => Query.GetValueOrDefault(name) ?? "";

    /// <summary>A header; empty when it isn't there.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name) ?? "";
}

/// <summary>What a request brought.</summary>
public sealed record Inbound
{
    /// <summary>Why the request is refused; null when it is believed and understood.</summary>
    public InboundFault? Fault { get; init; }

    /// <summary>What is wrong, for the one who sets the channel up; never says what would have been right.</summary>
    public string? Detail { get; init; }

    /// <summary>What customers wrote.</summary>
    public ImmutableArray<InboundContact> Contacts { get; init; } = [];

    /// <summary>Addresses that the campus vouches for.</summary>
    public ImmutableArray<AddressLink> Links { get; init; } = [];

    /// <summary>Keys of replies that a provider took and could not deliver.</summary>
    public ImmutableArray<string> Returned { get; init; } = [];

    /// <summary>The answer that the protocol wants once everything is stored; null: the tickets, as JSON.</summary>
    public ChannelAnswer? Answer { get; init; }

    /// <summary>A refusal.</summary>
    public static Inbound Refuse(InboundFault fault, string detail) => new() { Fault = fault, Detail = detail };
}

/// <summary>Why a request is refused.</summary>
public enum InboundFault
{
    /// <summary>The signature doesn't fit, or there is none.</summary>
    Unsigned,

    /// <summary>It was signed too long ago, or in the future: perhaps somebody sends an old request again.</summary>
    Stale,

    /// <summary>Signed, but not what the protocol describes.</summary>
    Malformed,
}

/// <summary>What a customer wrote.</summary>
/// <param name="MessageId">The provider's id of the message; the same one means the same message.</param>
/// <param name="Address">Who wrote, on this channel: replies go there.</param>
/// <param name="Text">What was written.</param>
public sealed record InboundContact(string MessageId, string Address, string Text)
{
    /// <summary>The customer, where the sender vouches for it; null: found by the address.</summary>
    public string? CustomerId { get; init; }

    /// <summary>What to call the customer; null: unknown.</summary>
    public string? Name { get; init; }

    /// <summary>Which kind of customer.</summary>
    public CustomerRole Kind { get; init; }

    /// <summary>What the campus promised this customer.</summary>
    public CustomerTier Tier { get; init; }

    /// <summary>The customer's phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The order that it is about.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>What a reply refers to, as the id of an e-mail.</summary>
    public string? Thread { get; init; }

    /// <summary>The ticket that it says it belongs to.</summary>
    public string? TicketId { get; init; }

    /// <summary>Whether the channel is one conversation, in which a word belongs to the open ticket.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Files that came along.</summary>
    public ImmutableArray<InboundAttachment> Attachments { get; init; } = [];
}

/// <summary>A file that came along.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="ContentType">What the sender says it is; not to be believed.</param>
/// <param name="Reference">An address or a provider's media id.</param>
public sealed record InboundAttachment(string Name, string ContentType, string Reference)
{
    /// <summary>The file itself, where it came with the message; null where it must be fetched, or is only named.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }
}

/// <summary>What became of fetching a file.</summary>
/// <param name="Bytes">The file; null when there is none that could be had.</param>
/// <param name="IsLater">Whether trying again may help.</param>
public sealed record FetchedFile(ReadOnlyMemory<byte>? Bytes, bool IsLater = false)
{
    /// <summary>It is no file that we take, or it is gone.</summary>
    public static readonly FetchedFile None = new((ReadOnlyMemory<byte>?)null);

    /// <summary>Not now.</summary>
    public static readonly FetchedFile Later = new(null, IsLater: true);
}

/// <summary>The campus vouches that an address is this customer's; without a customer it takes that back.</summary>
public sealed record AddressLink(Channel Channel, string Address, string? CustomerId);

/// <summary>What the protocol wants to hear.</summary>
public sealed record ChannelAnswer(string ContentType, string Body);
