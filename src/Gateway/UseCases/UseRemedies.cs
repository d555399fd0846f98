using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What is granted.</summary>
/// <param name="Rule">The rule of a proposed remedy.</param>
public sealed record RemedyRequest(string? Rule);

/// <summary>Whose order went wrong.</summary>
/// <param name="CustomerId">Who ordered it.</param>
/// <param name="Name">The customer's name, for the staff; it may be left out.</param>
/// <param name="Language">In which language to write, zh or en; zh unless said.</param>
public sealed record OrderTroubleRequest(string? CustomerId, string? Name = null, string? Language = null);

/// <summary>What staff do with remedies. Each act is in the ticket's journal and in the audit log; the grains check whose ticket it is.</summary>
internal sealed class UseRemedies(Cluster cluster, AuditTrail trail)
{
    private static readonly Role[] Supervisors = [Role.Supervisor, Role.CampusAdmin];

    /// <summary>Who has the ticket grants what policy gives.</summary>
    public async Task<Reply<TicketView>> Grant(Caller caller, string ticketId, RemedyRequest request)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Id(request.Rule, "rule")) is { } no) return no;
        return await Keep(caller, AuditActions.RemedyGranted, ticketId, request.Rule!, Ticket(caller, ticketId).GrantRemedy(new GrantRemedy(Me(caller, ticketId), request.Rule!)));
    }

    /// <summary>A supervisor approves, as second person.</summary>
    public async Task<Reply<TicketView>> Approve(Caller caller, string ticketId, string remedyId)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(remedyId, "remedyId")) is { } no) return no;
        return await Keep(caller, AuditActions.RemedyApproved, ticketId, remedyId, Ticket(caller, ticketId).ApproveRemedy(new ApproveRemedy(Supervise.Me(caller), remedyId)));
    }

    /// <summary>What people look at before something is given.</summary>
    public Task<Reply<DoubtCase[]>> Doubts(Caller caller) =>
        cluster.Read(cluster.Grains.DoubtDesk(caller.Campus).Cases(), static cases => (Reply<DoubtCase[]>)cases.ToArray());

    /// <summary>A supervisor looked, and found nothing.</summary>
    public async Task<Reply<TicketView>> ClearDoubts(Caller caller, string ticketId)
    {
        if (Check.Ticket(ticketId) is { } no) return no;
        return await Keep(caller, AuditActions.DoubtsCleared, ticketId, "", Ticket(caller, ticketId).ClearDoubts(new ClearDoubts(Supervise.Me(caller))));
    }

    /// <summary>Who granted it, or a supervisor, takes back what waits for approval.</summary>
    public async Task<Reply<TicketView>> TakeBack(Caller caller, string ticketId, string remedyId)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Id(remedyId, "remedyId")) is { } no) return no;
        var command = caller.Is(Supervisors) && caller.Ticket(ticketId).Campus == caller.Campus
            ? new TakeRemedyBack(remedyId, null, Supervise.Me(caller))
            : new TakeRemedyBack(remedyId, Me(caller, ticketId));
        return await Keep(caller, AuditActions.RemedyTakenBack, ticketId, remedyId, Ticket(caller, ticketId).TakeRemedyBack(command));
    }

    /// <summary>An order went wrong, and its customer has not asked: once for an order.</summary>
    public async Task<Reply<TicketView>> Foresee(Caller caller, string number, OrderTroubleRequest request)
    {
        if ((Check.Id(number, "order") ?? Check.Id(request.CustomerId, "customerId")) is { } no) return no;
        if (request.Name is { Length: > 0 } name && !Check.IsName(name)) return ProblemOf.Invalid("name", $"`name` must be 1 to {Check.NameLength} characters, without control characters.");
        if (request.Language is not (null or Domain.Routing.Language.Chinese or Domain.Routing.Language.English)) return ProblemOf.Invalid("language", "`language` must be zh or en.");
        var order = new TroubledOrder(number, request.CustomerId!, request.Name ?? "", request.Language ?? Domain.Routing.Language.Chinese);
        return (await cluster.Command(cluster.Grains.Customer(caller.Campus, order.CustomerId).Foresee(order))).Map(ticket => Visible.To(caller, ticket));
    }

    /// <summary>Changes what the campus gives.</summary>
    public async Task<Reply<CampusSettings>> ChangePolicy(Caller caller, RemedySettings remedies, long? version)
    {
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).ConfigureRemedies(remedies, version));
        return await trail.Keep(caller, AuditActions.RemediesChanged, "", $"{remedies.Rules.Length} rules", reply);
    }

    private ITicketGrain Ticket(Caller caller, string ticketId) => cluster.Grains.Ticket(caller.Ticket(ticketId).Campus, caller.Ticket(ticketId).Id);

    private static string Me(Caller caller, string ticketId) => caller.NameOn(caller.Ticket(ticketId).Campus);

    private async Task<Reply<TicketView>> Keep(Caller caller, string action, string ticketId, string detail, Task<Outcome<TicketView>> command)
    {
        var reply = (await cluster.Command(AgentWork.Veiled(caller, ticketId, command))).Map(ticket => Visible.To(caller, ticket));
        return await trail.Keep(caller, action, ticketId, detail, reply);
    }
}
