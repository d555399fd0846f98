using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What one browser of a call tells the other one, as its page gets it.</summary>
/// <param name="TicketId">The call.</param>
/// <param name="From">Who says it: customer, agent or supervisor.</param>
/// <param name="Signal">What is said.</param>
public sealed record HeardSignal(string TicketId, Author From, CallSignal Signal);

/// <summary>
/// Calls between two browsers. Signals are bounded in size and rate here; that both sides are in the call, the ticket's
/// grain checks, whichever gateway they came through.
/// </summary>
internal sealed class Calls(Cluster cluster, RateLimits limits, AuditTrail trail)
{
    /// <summary>Passes a signal on to the other side.</summary>
    /// <param name="caller">Who says it.</param>
    /// <param name="ticketId">The call.</param>
    /// <param name="signal">What is said.</param>
    /// <param name="supervises">Whether the caller speaks as a supervisor.</param>
    public async Task<Reply<Done>> Signal(Caller caller, string ticketId, CallSignal? signal, bool supervises = false)
    {
        if (supervises && Check.Ticket(ticketId) is { } foreign) return foreign;
        if ((Check.Ticket(caller, ticketId) ?? CheckSignal(signal) ?? limits.Signal(caller)) is { } no) return no;
        var (campus, id) = caller.Ticket(ticketId);
        var command = new SendSignal(SideOf(caller, supervises), caller.NameOn(campus), signal!);
        return (await cluster.Read(AgentWork.Veiled(caller, ticketId, cluster.Grains.Ticket(campus, id).Signal(command)))).Map(static _ => Done.Value);
    }

    /// <summary>Puts on record what happened to the sound.</summary>
    public async Task<Reply<TicketView>> Move(Caller caller, string ticketId, CallStep step, bool supervises = false)
    {
        if (supervises && Check.Ticket(ticketId) is { } foreign) return foreign;
        if ((Check.Ticket(caller, ticketId) ?? limits.Signal(caller)) is { } no) return no;
        var (campus, id) = caller.Ticket(ticketId);
        var command = new MoveCall(SideOf(caller, supervises), caller.NameOn(campus), step, step == CallStep.Whispered ? caller.Name : null);
        var reply = await cluster.Command(AgentWork.Veiled(caller, ticketId, cluster.Grains.Ticket(campus, id).MoveCall(command)));
        if (step == CallStep.Whispered) reply = await trail.Keep(caller, AuditActions.ConversationWhispered, ticketId, "voice", reply);
        return reply.Map(ticket => Visible.To(caller, ticket));
    }

    private static Author SideOf(Caller caller, bool supervises) => supervises ? Author.Supervisor : caller.IsCustomer ? Author.Customer : Author.Agent;

    private static Problem? CheckSignal(CallSignal? signal)
    {
        if (signal is null) return ProblemOf.Invalid("signal", "`signal` is missing.");
        if ((Check.Id(signal.Page, "signal.page") ?? Check.OptionalId(signal.ToPage, "signal.toPage")) is { } no) return no;
        if (Check.OptionalId(signal.Supervisor, "signal.supervisor") is { } nobody) return nobody;
        if (signal.Generation < 0) return ProblemOf.Invalid("signal.generation", "`signal.generation` must be 0 or more.");
        return signal.Body is { Length: > CallSignal.MaximumBody }
            ? ProblemOf.Invalid("signal.body", $"`signal.body` has {signal.Body.Length} characters; at most {CallSignal.MaximumBody} are passed on.")
            : null;
    }
}
