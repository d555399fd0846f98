using System.Text;

namespace CampusCare.Storage;

/// <summary>Makes a select of a search: only what is asked for stands in it, so that the database sees which index fits.</summary>
internal static class TicketSearches
{
    /// <summary>The clauses, and the values of their parameters.</summary>
    public static (string Clauses, (string Name, object Value)[] Parameters) Of(TicketSearch search, int limit, TicketMark? after)
    {
        var clauses = new StringBuilder("where t.campus = @campus and t.customer_role is not null");
        var parameters = new List<(string, object)> { ("campus", search.Campus), ("limit", limit) };
        Add(search.From is { } from ? Micros.From(from) : null, "from", "t.opened_at >= @from");
        Add(search.To is { } to ? Micros.From(to) : null, "to", "t.opened_at < @to");
        Add(search.Category, "category", "t.category = @category");
        Add(search.AgentId, "agent", "t.agent_id = @agent");
        Add(search.Role, "role", "t.customer_role = @role");
        Add(search.LeastStars, "least", "t.rating >= @least");
        Add(search.MostStars, "most", "t.rating <= @most");
        if (search.States is [var state, ..])
        {
            Add(state, "state", "t.state in (@state, @orState)");
            parameters.Add(("orState", search.States[^1]));
        }
        if (search.Number is { } number)
        {
            clauses.Append(" and ((t.ticket_id >= @id and t.ticket_id < @idEnd) or (t.order_number >= @number and t.order_number < @numberEnd))");
            parameters.AddRange([("id", number.ToLowerInvariant()), ("idEnd", search.NumberEnd!.ToLowerInvariant()), ("number", number), ("numberEnd", search.NumberEnd!)]);
        }
        if (after is not null)
        {
            clauses.Append(" and (t.opened_at, t.ticket_id) < (@opened, @ticket)");
            parameters.AddRange([("opened", Micros.From(after.OpenedAt)), ("ticket", after.TicketId)]);
        }
        return (clauses.Append(" order by t.opened_at desc, t.ticket_id desc limit @limit").ToString(), [.. parameters]);

        void Add(object? value, string name, string clause)
        {
            if (value is null) return;
            clauses.Append(" and ").Append(clause);
            parameters.Add((name, value));
        }
    }
}
