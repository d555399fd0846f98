using System.Text.Json.Serialization;
using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What a customer asks.</summary>
/// <param name="Text">What happened, 1–4,000 characters.</param>
/// <param name="OrderNumber">The order that it is about: 1–64 visible ASCII characters.</param>
/// <param name="Channel">How it reached us; web over a hub and rest over REST, unless said.</param>
/// <param name="ContactId">Chosen by the client, 1–64 visible ASCII characters; the same id opens the same ticket.</param>
public sealed record ContactRequest(string? Text, string? OrderNumber = null, Channel? Channel = null, string? ContactId = null);

/// <summary>A contact is stored.</summary>
/// <param name="Ticket">The ticket that it opened or joined.</param>
/// <param name="Place">Where that stands in the line; null when it doesn't wait.</param>
public sealed record ContactReceipt(TicketView Ticket, QueuePlace? Place)
{
    /// <summary>Whether the contact opened the ticket just now.</summary>
    [JsonIgnore]
    public bool IsNew { get; init; }
}

/// <summary>A customer asks for help.</summary>
internal sealed class OpenContact(Cluster cluster, RateLimits limits)
{
    public async Task<Reply<ContactReceipt>> Open(Caller caller, ContactRequest contact, Channel channel, ReplyTo? replyTo = null)
    {
        if ((Check.Text(contact.Text, "text")
            ?? Check.OptionalId(contact.OrderNumber, "orderNumber")
            ?? Check.OptionalId(contact.ContactId, "contactId")
            ?? limits.Write(caller)) is { } no) return no;

        var command = new OpenTicket(
            contact.ContactId ?? Guid.NewGuid().ToString("n"),
            new CustomerRef(caller.Id, caller.Name, caller.Kind, caller.Phone, caller.Tier),
            contact.Channel ?? channel,
            contact.Text!,
            contact.OrderNumber) { ReplyTo = replyTo };
        var reply = await cluster.Command(cluster.Grains.Customer(caller.Campus, caller.Id).Contact(command));
        return reply.Map(receipt => new ContactReceipt(Visible.To(caller, receipt.Ticket), receipt.Place) { IsNew = receipt.IsNew });
    }
}
