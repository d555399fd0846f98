using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CampusCare.Client;
using CampusCare.ClientKit;

namespace CampusCare.PeakHour.Profiles;

/// <summary>
/// Plays a profile against a system through its public API: people come when they come, whether or not others were
/// answered; agents answer; some customers look on. Then every journal is read back.
/// </summary>
public sealed class ProfileRun(Profile profile, Surroundings around, IReadOnlyList<string> campuses, int seed, TimeProvider time, TextWriter log)
{
    /// <summary>Customers who keep a connection and see their messages come.</summary>
    public const int Watchers = 100;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TryAgainAtMost = TimeSpan.FromSeconds(2); // what a gateway asks for in Retry-After
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Ledger _ledger = new(time);
    private readonly List<Sample> _samples = [];
    private readonly ConcurrentDictionary<string, int> _campusOf = new();
    private readonly ConcurrentBag<TicketWatch> _watches = [];
    private readonly List<CustomerClient> _watching = [];
    private readonly string _run = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x");
    private Crowd[] _crowds = [];
    private long _began;
    private int _dueSoFar, _repeated, _watchSlots;

    /// <summary>How long people go on asking to be let in, and how long agents are waited for when nothing gets on.</summary>
    public TimeSpan Patience { get; init; } = PeakLimits.Stall;

    /// <summary>Whether the same work is done by bare parts afterwards.</summary>
    public bool Compare { get; init; }

    /// <summary>Told once a second how far the run is, in one line.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Told with each acknowledged contact how many there are by now.</summary>
    public Action<int>? Opened { get; init; }

    /// <summary>Told each time that somebody has to ask again how often that was by now.</summary>
    public Action<int>? Repeated { get; init; }

    /// <summary>When the first contact could be due, in timestamps of the clock.</summary>
    public long Began => _began;

    /// <summary>When what happened to each ticket.</summary>
    public IReadOnlyList<TicketTimes> Tickets => _ledger.Times(_began);

    /// <exception cref="RefusedException">The system did not let people in.</exception>
    public async Task<ProfileReport> Go(CancellationToken stop)
    {
        var arrivals = Arrivals.Of(profile, seed);
        using var gateway = new GatewayClient(around.Url, PeakLimits.Connections);
        log.WriteLine($"{profile.Name}: {arrivals.Count} contacts in {profile.Seconds:0} s at {profile.Campuses} campuses, {profile.Agents.PerCampus * profile.Campuses} agents, at {around.Url}");
        try
        {
            await SignIn(gateway, arrivals.Count, stop);
            if (profile.OverflowSeconds is { } seconds) await LetOverflow(gateway, seconds, stop);
            foreach (var (crowd, options) in _crowds.Zip(Options())) await crowd.BringAgents(gateway, options, _ledger, time, stop);
            _began = time.GetTimestamp();
            using var looking = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var look = Look(looking.Token);
            await Task.WhenAll(OpenAll(gateway, arrivals, stop), TakeTurns(gateway, stop));
            await new Aftermath(_ledger, time, log).Drain(Patience, stop);
            await looking.CancelAsync();
            await look;
            var length = time.GetElapsedTime(_began);
            log.WriteLine("reading the journals back");
            var journals = await new Aftermath(_ledger, time, log).ReadBack(gateway, id => (Campus(id), _crowds[_campusOf[id]].SupervisorToken), stop);
            var verdict = Truth.Judge(_ledger.Everything(), journals, _crowds.SelectMany(static crowd => crowd.Capacities).ToDictionary());
            foreach (var finding in verdict.Findings.Take(20)) log.WriteLine($"  {finding}");
            var chains = around.Verify is { } verify ? await verify(stop) : null;
            var report = Report(arrivals.Count, length, verdict, chains);
            if (!Compare || around.Bare is not { } bare) return report;
            log.WriteLine("the same work with bare parts");
            return report with { Bare = await bare([.. arrivals.Select(static arrival => arrival.Due)], [.. _ledger.Messages(_began).Select(static message => message.Sent).Order()], stop) };
        }
        finally
        {
            foreach (var watch in _watches) await watch.DisposeAsync();
            foreach (var customer in _watching) await customer.DisposeAsync();
            foreach (var crowd in _crowds) await crowd.DisposeAsync();
        }
    }

    private string Campus(string ticketId) => campuses[_campusOf[ticketId]];

    private IEnumerable<PeakOptions> Options() => Enumerable.Range(0, profile.Campuses).Select(campus => new PeakOptions(
        new FileInfo("none"), around.Url, campuses[campus], profile.Agents.PerCampus, profile.Agents.Capacity, profile.Base,
        TimeSpan.FromMilliseconds(profile.Agents.ThinkMilliseconds), seed, Json: null));

    private async Task SignIn(GatewayClient gateway, int contacts, CancellationToken stop)
    {
        var students = Math.Max(1, Math.Min(contacts, PeakLimits.Students) / profile.Campuses);
        _crowds = await Task.WhenAll(Options().Select(options => Crowd.SignIn(gateway, options, students, stop)));
        foreach (var crowd in _crowds)
            foreach (var token in crowd.StudentTokens.Take(Math.Max(1, Watchers / profile.Campuses)))
                if (_watching.Count < Watchers) _watching.Add(new CustomerClient(around.Url, token));
        await Task.WhenAll(_watching.Select(customer => customer.Start(stop)));
    }

    /// <summary>Tickets that waited so long may go to the agents of the region's other campuses.</summary>
    private async Task LetOverflow(GatewayClient gateway, int seconds, CancellationToken stop)
    {
        foreach (var (crowd, campus) in _crowds.Zip(campuses))
        {
            var path = $"api/v1/campuses/{campus}";
            var settings = (await gateway.Send<JsonObject>(HttpMethod.Get, $"{path}/settings", crowd.SupervisorToken, null, null, stop)).Yes;
            foreach (var queue in settings["queues"]!.AsArray().Select(static queue => queue!.DeepClone().AsObject()))
            {
                queue["rings"] = new JsonArray(new JsonObject { ["afterSeconds"] = seconds, ["lowerLevelsBy"] = 4, ["region"] = true });
                queue["lends"] = true;
                _ = (await gateway.Send<JsonObject>(HttpMethod.Put, $"{path}/queues/{queue["queue"]}", crowd.SupervisorToken, queue, null, stop)).Yes;
            }
        }
    }

    private Task OpenAll(GatewayClient gateway, IReadOnlyList<Arrival> arrivals, CancellationToken stop)
    {
        var chance = new Random(seed);
        var students = arrivals.Select(arrival => chance.Next(_crowds[arrival.Campus].StudentTokens.Count)).ToArray();
        return OpenLoop.At(time, [.. arrivals.Select(static arrival => arrival.Due)], PeakLimits.InFlight).Run(arrivals.Count, (i, due) =>
        {
            Interlocked.Increment(ref _dueSoFar);
            return Open(gateway, arrivals[i], students[i], $"{_run}-{i}", due, stop);
        }, stop);
    }

    /// <summary>"Not now" is asked again with the same id, as the pages do; the wait counts from when the contact was due.</summary>
    private async Task Open(GatewayClient gateway, Arrival arrival, int student, string contactId, long due, CancellationToken stop)
    {
        var token = _crowds[arrival.Campus].StudentTokens[student];
        var why = "no answer";
        for (var attempt = 1; attempt == 1 || time.GetElapsedTime(due) < Patience; attempt++)
        {
            if (attempt > 1)
            {
                Repeated?.Invoke(Interlocked.Increment(ref _repeated));
                await Task.Delay(TimeSpan.FromTicks(Math.Min(TryAgain.Ticks * (attempt - 1), TryAgainAtMost.Ticks)), time, stop);
            }
            var answer = await Once(() => gateway.Open(token, campuses[arrival.Campus], contactId, arrival.Text, stop: stop), stop);
            if (answer.Value is { } opened)
            {
                _campusOf[opened.Ticket.TicketId] = arrival.Campus;
                Watch(opened.Ticket.TicketId, arrival.Campus, student);
                _ledger.Acknowledged(opened.Ticket.TicketId, arrival.Text, due);
                Opened?.Invoke(_ledger.Opened);
                return;
            }
            why = answer.Problem?.Code ?? $"http {answer.Problem?.Status}";
            if (answer.Problem is { IsPassing: false, Status: < 500 }) break;
        }
        _ledger.Refused(why);
    }

    private static async Task<Answer<Opened>> Once(Func<Task<Answer<Opened>>> ask, CancellationToken stop)
    {
        try
        {
            return await ask().WaitAsync(PeakLimits.Request, stop);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            return new(null, new Problem(e.Message, 503, null, (e as HttpRequestException)?.HttpRequestError.ToString() ?? "no answer", null));
        }
    }

    // The first students of each campus look on, each at one ticket after the other.
    private void Watch(string ticketId, int campus, int student)
    {
        var each = Math.Max(1, Watchers / profile.Campuses);
        var slot = campus * each + student;
        if (student >= each || slot >= _watching.Count || Interlocked.Increment(ref _watchSlots) > PeakLimits.Watched) return;
        _ledger.Watched(ticketId);
        _watches.Add(_watching[slot].Watch(ticketId, news =>
        {
            foreach (var e in news.Events)
                if (e.MessageId is { } message) _ledger.Delivered(ticketId, message);
        }));
    }

    private async Task TakeTurns(GatewayClient gateway, CancellationToken stop)
    {
        var options = Options().ToArray();
        foreach (var turn in profile.Turns.OrderBy(turn => profile.At(turn.At)))
        {
            var wait = profile.At(turn.At) - time.GetElapsedTime(_began);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stop);
            if (turn.Leave) await _crowds[turn.Campus].SendAgentsHome();
            else await _crowds[turn.Campus].BringAgents(gateway, options[turn.Campus], _ledger, time, stop);
        }
    }

    private async Task Look(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            do
            {
                var used = around.Processes.Select(static process => (process.Key, Usage: process.Value())).Where(static process => process.Usage is not null);
                _samples.Add(new(time.GetElapsedTime(_began), _crowds.Sum(static crowd => crowd.AtWork), used.ToDictionary(static process => process.Key, static process => process.Usage!)));
                Progress?.Invoke($"{profile.ClockAt(time.GetElapsedTime(_began))}  due {_dueSoFar}  acknowledged {_ledger.Opened}  resolved {_ledger.ResolvedSoFar}  refused {_ledger.Refusals.Values.Sum()}  agents {_samples[^1].AtWork}");
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private ProfileReport Report(int contacts, TimeSpan length, Verdict verdict, Chains? chains)
    {
        var (tickets, messages) = (_ledger.Times(_began), _ledger.Messages(_began));
        var served = tickets.Count(ticket => Timeline.InTime(ticket, profile.Targets.ServiceSeconds));
        return ProfileReport.Of(profile, around, seed, contacts, length, verdict, chains, new Measured(
            _ledger.Opened, _ledger.Refusals, _repeated, _ledger.Failures, _ledger.OpenToAck, _ledger.AckToOffer,
            Latency.Of(messages.Where(static message => message.Delivered is not null).Select(static message => message.Delivered!.Value - message.Sent)),
            messages.Count, messages.Count(static message => message.Delivered is null),
            tickets.Count == 0 ? 0 : Math.Round((double)served / contacts, 4)), Timeline.Of(profile, length, tickets, messages, _samples));
    }
}
