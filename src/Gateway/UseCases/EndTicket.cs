using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A customer's judgement.</summary>
/// <param name="Stars">1–5.</param>
/// <param name="Comment">At most 4,000 characters.</param>
public sealed record RatingRequest(int? Stars, string? Comment = null);

/// <summary>The customer goes and keeps the place.</summary>
/// <param name="ByPhone">Whether the agent calls; else the agent writes in the chat.</param>
/// <param name="Phone">The number, where the campus app gave none; at most 64 characters.</param>
public sealed record HoldRequest(bool ByPhone, string? Phone = null);

/// <summary>The customer ends the matter, with a rating or just so, or goes and is called back.</summary>
internal sealed class EndTicket(Cluster cluster)
{
    public async Task<Reply<TicketView>> Rate(Caller caller, string ticketId, RatingRequest rating)
    {
        if ((Check.Ticket(ticketId) ?? Check.Stars(rating.Stars, "stars") ?? Check.Note(rating.Comment, "comment")) is { } no) return no;
        var command = new RateTicket(caller.Id, rating.Stars!.Value, rating.Comment);
        var reply = await cluster.Command(cluster.Grains.Ticket(caller.Campus, ticketId).Rate(command));
        return reply.Map(ticket => Visible.To(caller, ticket));
    }

    public async Task<Reply<TicketView>> KeepPlace(Caller caller, string ticketId, HoldRequest hold)
    {
        if ((Check.Ticket(ticketId) ?? Check.OptionalId(hold.Phone, "phone")) is { } no) return no;
        var command = new KeepPlace(caller.Id, hold.ByPhone ? Channel.Phone : Channel.Web, hold.Phone);
        var reply = await cluster.Command(cluster.Grains.Ticket(caller.Campus, ticketId).KeepPlace(command));
        return reply.Map(ticket => Visible.To(caller, ticket));
    }

    public async Task<Reply<TicketView>> Close(Caller caller, string ticketId)
    {
        if (Check.Ticket(ticketId) is { } no) return no;
        var reply = await cluster.Command(cluster.Grains.Ticket(caller.Campus, ticketId).Close(new CloseTicket(caller.Id)));
        return reply.Map(ticket => Visible.To(caller, ticket));
    }
}
