using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A message to the other side of a ticket.</summary>
/// <param name="MessageId">Chosen by the client, 1–64 visible ASCII characters; the same id is stored once.</param>
/// <param name="Text">1–4,000 characters.</param>
public sealed record MessageRequest(string? MessageId, string? Text);

/// <summary>Either side of a conversation writes.</summary>
internal sealed class WriteMessage(Cluster cluster, RateLimits limits)
{
    public async Task<Reply<TicketView>> Post(Caller caller, string ticketId, MessageRequest message)
    {
        if ((Check.Ticket(caller, ticketId)
            ?? Check.Id(message.MessageId, "messageId")
            ?? Check.Text(message.Text, "text")
            ?? limits.Write(caller)) is { } no) return no;

        var author = caller.IsCustomer ? Author.Customer : Author.Agent;
        var (campus, id) = caller.Ticket(ticketId);
        var command = new PostMessage(message.MessageId!, author, caller.NameOn(campus), message.Text!);
        var reply = await cluster.Command(AgentWork.Veiled(caller, ticketId, cluster.Grains.Ticket(campus, id).Post(command)));
        return reply.Map(ticket => Visible.To(caller, ticket));
    }
}
