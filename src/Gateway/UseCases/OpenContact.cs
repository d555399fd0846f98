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
/// <param name="Customer">With an API key only: what the server knows of the customer for whom it acts.</param>
public sealed record ContactRequest(string? Text, string? OrderNumber = null, Channel? Channel = null, string? ContactId = null, CustomerDetails? Customer = null);

/// <summary>What a campus's server knows of the customer for whom it acts.</summary>
/// <param name="Name">Shown to agents; the id, unless said.</param>
/// <param name="Kind">Student, Rider or Merchant; Student, unless said.</param>
/// <param name="Phone">1–64 visible ASCII characters.</param>
/// <param name="Tier">What the campus promised this customer.</param>
public sealed record CustomerDetails(string? Name = null, CustomerRole? Kind = null, string? Phone = null, CustomerTier? Tier = null);

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
            ?? CheckCustomer(caller, contact.Customer)
            ?? limits.Write(caller)) is { } no) return no;

        if (contact.Customer is { } known)
            caller = caller with { Name = known.Name ?? caller.Name, Kind = known.Kind ?? caller.Kind, Phone = known.Phone, Tier = known.Tier ?? caller.Tier };
        var command = new OpenTicket(
            contact.ContactId ?? Guid.NewGuid().ToString("n"),
            new CustomerRef(caller.Id, caller.Name, caller.Kind, caller.Phone, caller.Tier),
            contact.Channel ?? channel,
            contact.Text!,
            contact.OrderNumber)
        { ReplyTo = replyTo };
        var reply = await cluster.Command(cluster.Grains.Customer(caller.Campus, caller.Id).Contact(command));
        return reply.Map(receipt => new ContactReceipt(Visible.To(caller, receipt.Ticket), receipt.Place) { IsNew = receipt.IsNew });
    }

    // Customers are who their token says.
    private static Problem? CheckCustomer(Caller caller, CustomerDetails? customer)
    {
        if (customer is null) return null;
        if (caller.Via is null) return ProblemOf.Invalid("customer", "`customer` is for servers with an API key; your token says who you are.");
        if (customer.Name is { } name && !Check.IsName(name)) return ProblemOf.Invalid("customer.name", $"`customer.name` must be 1 to {Check.NameLength} characters, without control characters.");
        return Check.OptionalId(customer.Phone, "customer.phone");
    }
}
