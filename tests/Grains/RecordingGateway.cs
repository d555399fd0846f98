using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;

namespace CampusCare.Grains.Tests;

/// <summary>A gateway that remembers what it was told, and lets tests wait for it.</summary>
public sealed class RecordingGateway : IGatewayObserver
{
    public const string Id = "gateway-1";

    /// <summary>A guard against waiting for ever; no test is meant to come near it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<object> _told = [];
    private TaskCompletionSource _more = New();

    public RecordingGateway(IGrainFactory grains) => Reference = grains.CreateObjectReference<IGatewayObserver>(this);

    public IGatewayObserver Reference { get; }

    /// <summary>Called for each offer as it comes, outside the grain's turn.</summary>
    public Func<TicketNewsForAgent, Task>? OnOffer { get; set; }

    public Task TicketChanged(TicketNews news) => Tell(news);

    public Task Alerted(ClockAlert alert) => Tell(alert);

    public Task AgentChanged(AgentNews news)
    {
        if (news.Offered is { } offer && OnOffer is { } act) _ = Task.Run(() => act(offer));
        return Tell(news);
    }

    public Task IncidentsChanged(IncidentNews news) => Tell(news);

    public Task Signaled(SignalNews news) => Tell(news);

    public Task GrainsLost() => Tell(nameof(GrainsLost));

    public Task QueueMoved(string campus, string queue) => Tell($"{campus}/{queue}");

    /// <summary>The first offer to an agent that fits, told before or still to come.</summary>
    public async Task<TicketNewsForAgent> Offer(Func<TicketNewsForAgent, bool>? fits = null) =>
        (await First<AgentNews>(news => news.Offered is { } offer && (fits?.Invoke(offer) ?? true))).Offered!;

    /// <summary>The first piece of news that fits, told before or still to come.</summary>
    public async Task<T> First<T>(Func<T, bool> fits)
    {
        for (var seen = 0; ;)
        {
            Task more;
            lock (_lock)
            {
                for (; seen < _told.Count; seen++)
                    if (_told[seen] is T news && fits(news)) return news;
                more = _more.Task;
            }
            await more.WaitAsync(Patience);
        }
    }

    public ImmutableArray<T> All<T>()
    {
        lock (_lock) return [.. _told.OfType<T>()];
    }

    private Task Tell(object news)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _told.Add(news);
            (more, _more) = (_more, New());
        }
        more.SetResult();
        return Task.CompletedTask;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
