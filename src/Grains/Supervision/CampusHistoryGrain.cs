using CampusCare.Contracts;
using CampusCare.Contracts.Supervision;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Supervision;

/// <inheritdoc cref="ICampusHistoryGrain"/>
public sealed class CampusHistoryGrain(ITicketReadModel tickets) : Grain, ICampusHistoryGrain
{
    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such campus.");

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public async Task<Outcome<LiveConversations>> Live(SupervisorRef supervisor)
    {
        if (supervisor.Campus != Campus) return Unknown;
        var rows = await tickets.Live(Campus, ICampusHistoryGrain.MaximumLive + 1);
        return new LiveConversations([.. rows.Take(ICampusHistoryGrain.MaximumLive).Select(Conversation)], rows.Count > ICampusHistoryGrain.MaximumLive);
    }

    public async Task<Outcome<HistoryPage>> Search(SupervisorRef supervisor, HistorySearch search, string? afterTicket, int limit)
    {
        if (supervisor.Campus != Campus) return Unknown;
        var after = afterTicket is null ? null : await tickets.Find(Campus, afterTicket);
        if (afterTicket is not null && after is null) return new HistoryPage([]);
        var rows = await tickets.Search(SearchOf(search), Math.Clamp(limit, 1, ICampusHistoryGrain.MaximumPage), after is null ? null : TicketMark.Of(after));
        return new HistoryPage([.. rows.Select(Line)]);
    }

    private TicketSearch SearchOf(HistorySearch search) => new(
        Campus, search.From, search.To, NameOf(search.Category), search.AgentId is { } agent ? TicketViews.AgentKey(Campus, agent) : null, NameOf(search.Role),
        StatesOf(search.Phase), search.LeastStars, search.MostStars, search.Number);

    private static string[]? StatesOf(TicketPhase? phase) => phase switch
    {
        null => null,
        TicketPhase.Waiting => [TicketStates.Waiting],
        TicketPhase.Offered => [TicketStates.Offered],
        TicketPhase.Assigned => [TicketStates.Assigned, TicketStates.Customer],
        TicketPhase.Resolved => [TicketStates.Wrapping, TicketStates.Resolved],
        _ => [TicketStates.Closed],
    };

    private static LiveConversation Conversation(TicketRow row) => new(
        row.TicketId, row.Queue, Of<Category>(row.Category), Of<Urgency>(row.Urgency), OrNone<Sentiment>(row.Sentiment), OrNone<CustomerRole>(row.CustomerRole),
        row.CustomerName ?? "", TicketViews.OwnName(row.Campus, row.AgentId ?? ""), row.AgentName ?? "", TicketViews.ChannelOf(row), row.Subject,
        row.OpenedAt, row.AgentSince, row.UnansweredSince, row.Slot is null);

    private static HistoryLine Line(TicketRow row) => new(
        row.TicketId, TicketViews.PhaseOf(row), row.Queue, Of<Category>(row.Category), Of<Urgency>(row.Urgency), OrNone<Sentiment>(row.Sentiment),
        OrNone<CustomerRole>(row.CustomerRole), row.CustomerId, Given(row.CustomerName), row.AgentId is { } agent ? TicketViews.OwnName(row.Campus, agent) : null,
        Given(row.AgentName), TicketViews.ChannelOf(row), row.OrderNumber, row.Subject, row.OpenedAt, row.UpdatedAt, row.ClosedAt,
        row.Rating, row.Disposition);

    // An erased name is empty.
    private static string? Given(string? name) => name is { Length: > 0 } ? name : null;

    private static T Of<T>(string name) where T : struct, Enum => Enum.Parse<T>(name, ignoreCase: true);

    private static T? OrNone<T>(string? name) where T : struct, Enum => name is null ? null : Of<T>(name);

    private static string? NameOf<T>(T? value) where T : struct, Enum => value is { } given ? TicketViews.Name(given) : null;
}
