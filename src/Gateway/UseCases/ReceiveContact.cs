using CampusCare.Channels;
using CampusCare.Contracts;
using CampusCare.Contracts.Channels;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Storage;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.UseCases;

/// <summary>A contact, link or receipt came in on a channel outside of our pages; the channel has verified it.</summary>
internal sealed class ReceiveContact(Cluster cluster, OpenContact contacts, AttachEvidence evidence, IOptions<EvidenceOptions> options)
{
    /// <summary>Takes everything that a request brought; the first problem ends it, and the provider brings all of it again.</summary>
    public async Task<Reply<ReceivedContact[]>> Take(string campus, Channel channel, IInboundChannel way, Inbound inbound)
    {
        foreach (var link in inbound.Links)
            if (await Link(campus, link) is { } no) return no;
        foreach (var key in inbound.Returned)
            if (await Return(campus, key) is { } no) return no;
        var taken = new List<ReceivedContact>();
        foreach (var contact in inbound.Contacts)
        {
            var reply = await Take(campus, channel, way, contact);
            if (reply.Problem is { } no) return no;
            taken.Add(reply.Value!);
        }
        return taken.ToArray();
    }

    private async Task<Reply<ReceivedContact>> Take(string campus, Channel channel, IInboundChannel way, InboundContact contact)
    {
        var name = Addresses.NameOf(campus, channel, contact.Address);
        var owner = await OwnerOf(campus, name, contact);
        if (owner.Problem is { } no) return no;
        if (!IsCustomer(owner.Value!)) return ProblemOf.Invalid("customer.id", $"A customer's id has 1 to {Check.IdLength} visible ASCII characters, no slash, and doesn't begin like an agent's.");
        var caller = new Caller(campus, owner.Value!, NameOf(contact), Role.Customer, contact.Kind, contact.Phone, contact.Tier);
        var request = new ContactRequest(TextOf(contact), contact.OrderNumber, channel, Addresses.IdOf(contact.MessageId));
        var reply = await contacts.Open(caller, request, channel, new ReplyTo(contact.Address, contact.Thread, contact.TicketId, contact.GoesOn));
        if (reply.Value is { } receipt && await Attach(caller, receipt.Ticket.TicketId, way, contact) is { } later) return later;
        return reply.Map(receipt => new ReceivedContact(contact.MessageId, receipt.Ticket.TicketId));
    }

    // A file that is no picture, or one too many, stays a name in the words. What can't be had or kept now is a problem:
    // the provider brings all of it again, and nothing is stored twice.
    private async Task<Problem?> Attach(Caller caller, string ticketId, IInboundChannel way, InboundContact contact)
    {
        foreach (var file in contact.Attachments.Take(MaximumAttachments))
        {
            var got = await way.Fetch(file, options.Value.MaxFileBytes);
            if (got.IsLater) return ProblemOf.Refusal(RefusalCode.Overloaded, "A file that came along can't be had now. Bring the same again: what is stored is not stored twice.");
            if (got.Bytes is not { } bytes) continue;
            using var body = new MemoryStream(bytes.ToArray(), writable: false);
            if ((await evidence.Add(caller, ticketId, body, CancellationToken.None)).Problem is { Status: >= 500 } no) return no;
        }
        return null;
    }

    private const int MaximumAttachments = 9;

    // Who the campus says, else whose the address is, else somebody known by the address alone.
    private async Task<Reply<string>> OwnerOf(string campus, string name, InboundContact contact) =>
        contact.CustomerId is { } known
            ? known
            : await cluster.Read(cluster.Grains.Address(campus, name).Owner(), owner => (Reply<string>)(owner ?? name));

    private async Task<Problem?> Link(string campus, AddressLink link)
    {
        if (link.CustomerId is { } id && !IsCustomer(id)) return ProblemOf.Invalid("customerId", $"A customer's id has 1 to {Check.IdLength} visible ASCII characters, no slash, and doesn't begin like an agent's.");
        var name = Addresses.NameOf(campus, link.Channel, link.Address);
        return link.CustomerId is { } customer
            ? (await cluster.Command(cluster.Grains.AddressBook(campus, customer).Link(name))).Problem
            : await cluster.Done(cluster.Grains.Address(campus, name).Belongs(null));
    }

    private async Task<Problem?> Return(string campus, string key) =>
        ReplyKeys.Parse(key) is var (ticketId, seq) && Check.IsTicketId(ticketId)
            ? await cluster.Done(cluster.Grains.Ticket(campus, ticketId).ReplyReturned(seq))
            : ProblemOf.NotFound("There is no reply with this key.");

    // Who speaks for a campus speaks for its customers, not for agents who ask colleagues.
    private static bool IsCustomer(string id) => Check.IsId(id) && !Caller.IsReserved(id);

    private static string NameOf(InboundContact contact) => contact.Name is { } name && Check.IsName(name) ? name : UnknownName;

    /// <summary>Whoever said no name.</summary>
    internal const string UnknownName = "用户";

    // What is too long is cut, and says so: it is better than nothing, and the provider can't shorten it.
    private static string TextOf(InboundContact contact)
    {
        var names = contact.Attachments.Where(static file => file.Name.Length > 0).Take(MaximumAttachments).Select(static file => $"\n[附件 · file] {file.Name}");
        var text = new string([.. string.Concat([contact.Text, .. names]).Trim().Where(static c => c is '\n' or '\t' || !char.IsControl(c))]);
        if (text.Length <= TicketRules.MaximumText) return text;
        var cut = TicketRules.MaximumText - Cut.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut), Cut);
    }

    private const string Cut = "… [过长,已截断 · cut]";
}

/// <summary>A contact is stored.</summary>
/// <param name="MessageId">The provider's id of the message.</param>
/// <param name="TicketId">The ticket that it opened or joined.</param>
public sealed record ReceivedContact(string MessageId, string TicketId);
