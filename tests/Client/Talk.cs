using System.Collections.Concurrent;

namespace CampusCare.Client.Tests;

/// <summary>What was checked in the end.</summary>
internal sealed record TalkCounts(int Tickets, int Messages, IReadOnlyDictionary<Transport, long> Events, int Offers, int Boards)
{
    public long EventsBy(Transport transport) => Events.GetValueOrDefault(transport);

    public override string ToString() => $"{Tickets} tickets, {Messages} messages written, {Events.Values.Sum()} events seen, {Offers} offers, {Boards} wallboards: 0 missing, 0 doubled, order kept";
}

/// <summary>People who talk over a network of each transport, and what each of them saw.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private const string Campus = "north";
    private const int CustomersEach = 2;

    private static readonly TimeSpan[] Impatient = [.. new[] { 5, 10, 20, 40, 80 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly Func<GatewayClient> _rest;
    private readonly IReadOnlyDictionary<Transport, CuttingProxy> _networks;
    private readonly int _seed;
    private readonly List<CustomerClient> _customers = [];
    private readonly List<(AgentClient First, AgentClient Second)> _agents = [];
    private readonly ConcurrentDictionary<string, bool> _written = new();
    private readonly ConcurrentDictionary<string, int> _offered = new();
    private readonly List<Seen> _seen = [];
    private readonly List<(SupervisorClient Boss, List<Wallboard> Boards)> _bosses = [];
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<Task> _work = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Talk(Func<GatewayClient> rest, IReadOnlyDictionary<Transport, CuttingProxy> networks, int seed) => (_rest, _networks, _seed) = (rest, networks, seed);

    /// <summary>Over each network come two customers, an agent, another agent's second page, and a supervisor.</summary>
    /// <param name="rest">The REST API, on a good network.</param>
    /// <param name="networks">What is between people and the gateway.</param>
    /// <param name="seed">The chance in everybody's waits.</param>
    public static async Task<Talk> Begin(Func<GatewayClient> rest, IReadOnlyDictionary<Transport, CuttingProxy> networks, int seed)
    {
        var talk = new Talk(rest, networks, seed);
        var customers = networks.Count * CustomersEach;
        for (var i = 0; i < networks.Count; i++) await talk.BringAgent($"cut-agent-{seed}-{i}", customers);
        for (var i = 0; i < networks.Count; i++) await talk.BringBoss(i);
        for (var i = 0; i < customers; i++)
        {
            var customer = new CustomerClient(await talk.Options("Customer", $"cut-customer-{seed}-{i}", i));
            talk._customers.Add(customer);
            talk.Goes(talk.Ask(customer, i));
        }
        return talk;
    }

    /// <summary>Everybody goes on until all of that is done. What fails meanwhile ends it at once.</summary>
    public async Task Until(IReadOnlyCollection<Task> done)
    {
        foreach (var task in done) Goes(task);
        await await Task.WhenAny(Task.WhenAll(done), _failed.Task);
        await _over.CancelAsync();
        await Task.WhenAll(_work);
    }

    /// <summary>Compares what everybody saw with the journal.</summary>
    public async Task<TalkCounts> Check()
    {
        var written = _written.Keys.ToHashSet();
        var stored = new List<string>();
        var events = new Dictionary<Transport, long>();
        foreach (var ticket in _seen.GroupBy(seen => seen.TicketId))
        {
            var truth = (await _rest().Events(await SignIn("Supervisor", "cut-reader"), Campus, ticket.Key)).Yes;
            truth.Events.Select(happened => happened.Seq).ShouldBe(Enumerable.Range(1, truth.Events.Length).Select(seq => (long)seq));
            stored.AddRange(truth.Events.Select(happened => happened.MessageId).OfType<string>());
            foreach (var seen in ticket)
            {
                await seen.Reaches(truth.Ticket.Seq);
                seen.IsWithoutGap(truth.Ticket.Seq).ShouldBeTrue($"{seen.Who} of {ticket.Key}: {seen.Describe()} instead of 1 to {truth.Ticket.Seq}");
                events[seen.Transport] = events.GetValueOrDefault(seen.Transport) + seen.Count;
            }
        }
        stored.Count.ShouldBe(stored.Distinct().Count(), "a message is stored twice");
        written.Except(stored).ShouldBeEmpty("a message that was acknowledged is not stored");
        _offered.Values.ShouldAllBe(times => times == 1, "an offer was told twice");
        await SameDesks();
        return new(_seen.Select(seen => seen.TicketId).Distinct().Count(), written.Count, events, _offered.Count, _bosses.Sum(CheckedBoards));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var customer in _customers) await customer.DisposeAsync();
        foreach (var (first, second) in _agents)
        {
            await first.DisposeAsync();
            await second.DisposeAsync();
        }
        foreach (var (boss, _) in _bosses) await boss.DisposeAsync();
        _over.Dispose();
    }

    private static int CheckedBoards((SupervisorClient Boss, List<Wallboard> Boards) seen)
    {
        lock (seen.Boards)
        {
            seen.Boards.Zip(seen.Boards.Skip(1)).ShouldAllBe(pair => pair.First.At < pair.Second.At);
            return seen.Boards.Count;
        }
    }

    // Whoever fails ends the talk: else the others would wait for cuts of connections that nobody opens.
    private void Goes(Task work)
    {
        _work.Add(work);
        work.ContinueWith(failed => _failed.TrySetException(failed.Exception!.InnerExceptions), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    // A customer: asks, then writes as long as the talk goes on.
    private async Task Ask(CustomerClient customer, int number)
    {
        await customer.Start();
        var opened = (await customer.OpenContact($"我的外卖一个小时了还没到 {number}")).Yes;
        Follow(customer, $"customer {number}", number, opened.Ticket.TicketId, opened.Ticket.TicketId);
        for (var i = 1; !_over.IsCancellationRequested; i++) await Write(customer, opened.Ticket.TicketId, $"c{number}-{i}");
    }

    private async Task BringBoss(int number)
    {
        var boss = new SupervisorClient(await Options("Supervisor", "cut-boss", number));
        var boards = new List<Wallboard>();
        _bosses.Add((boss, boards));
        boss.BoardChanged += board =>
        {
            lock (boards) boards.Add(board);
        };
        await boss.Start();
    }

    // One page comes by one transport, the other by the next.
    private async Task BringAgent(string id, int capacity)
    {
        var number = _agents.Count;
        (await _rest().Enroll(new Person(Campus, "Agent", id, id), capacity)).Problem.ShouldBeNull();
        var first = new AgentClient(await Options("Agent", id, number));
        var second = new AgentClient(await Options("Agent", id, number + 1));
        _agents.Add((first, second));
        first.Offered += offer =>
        {
            _offered.AddOrUpdate(offer.Reservation.ReservationId, 1, static (_, times) => times + 1);
            Goes(Serve(first, number, offer));
        };
        foreach (var page in new[] { first, second })
        {
            await page.Start();
            (await page.Desk()).Yes.AgentId.ShouldBe(id);
        }
        while ((await first.SetStatus("available")).Value is null)
        {
            // Cut: said again.
        }
    }

    // An agent: takes the offer, reads and writes as long as the talk goes on.
    private async Task Serve(AgentClient agent, int number, Offer offer)
    {
        if (await Accept(agent, offer) is not { } ticket) return;
        Follow(agent, $"{agent.LastDesk!.AgentId}", number, ticket.TicketId, ticket.Reference);
        for (var i = 1; !_over.IsCancellationRequested; i++) await Write(agent, ticket.Reference, $"a-{ticket.TicketId}-{ticket.Seq}-{i}");
    }

    // Says it again, whenever the connection is back, until there is an answer.
    private async Task<Ticket?> Accept(AgentClient agent, Offer offer)
    {
        while (!_over.IsCancellationRequested)
        {
            var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Back(LinkState state)
            {
                if (state == LinkState.Online) back.TrySetResult();
            }
            agent.StateChanged += Back;
            var answer = await agent.Accept(offer.Reservation);
            if (answer.Problem is { IsPassing: true }) await back.Task.WaitAsync(_over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            agent.StateChanged -= Back;
            if (answer.Problem is not { IsPassing: true }) return answer.Value;
        }
        return null;
    }

    private async Task Write(TalkingClient client, string ticket, string id)
    {
        var answer = await client.Post(ticket, $"第 {id} 条", id);
        if (answer.Value is not null) _written[id] = true;
        else answer.Problem!.Code.ShouldBe("notYourTicket", "another agent has it");
    }

    private void Follow(TalkingClient client, string who, int number, string ticketId, string reference)
    {
        var seen = new Seen(who, TransportOf(number), ticketId);
        lock (_seen) _seen.Add(seen);
        _ = client.Watch(reference, seen.Take);
    }

    // Both pages of an agent show what the agent's grain says.
    private async Task SameDesks()
    {
        foreach (var (first, second) in _agents)
        {
            var now = (await first.Desk()).Yes;
            await second.Desk();
            Face(first.LastDesk!).ShouldBe(Face(now));
            Face(second.LastDesk!).ShouldBe(Face(now));
        }
    }

    private static string Face(Desk desk) =>
        $"{desk.Status} {string.Join(' ', desk.Tickets.Select(ticket => $"{ticket.TicketId} {ticket.Phase}").Order())} {string.Join(' ', desk.Offers.Select(offer => offer.Reservation.ReservationId).Order())}";

    private async Task<ClientOptions> Options(string role, string sub, int number)
    {
        var token = await SignIn(role, sub);
        var transport = TransportOf(number);
        return ClientOptions.For(_networks[transport].Url, token) with { Transport = transport, Backoff = Impatient, Chance = new Random(_seed + number) };
    }

    private async Task<string> SignIn(string role, string sub) =>
        (await _rest().SignIn(new Person(Campus, role, sub, sub, role == "Customer" ? "Student" : null))).Yes.Value;

    private Transport TransportOf(int number) => (Transport)(number % _networks.Count);

    /// <summary>The events that one client of one ticket was given, as they came.</summary>
    private sealed class Seen(string who, Transport transport, string ticketId)
    {
        private readonly List<long> _seqs = [];
        private readonly List<(long Seq, TaskCompletionSource Done)> _waits = [];

        public string Who => $"{who} ({transport})";

        public Transport Transport => transport;

        public string TicketId => ticketId;

        public int Count
        {
            get
            {
                lock (_seqs) return _seqs.Count;
            }
        }

        public void Take(TicketHistory news)
        {
            lock (_seqs)
            {
                _seqs.AddRange(news.Events.Select(happened => happened.Seq));
                foreach (var (_, done) in _waits.Where(wait => _seqs.Count > 0 && wait.Seq <= _seqs[^1]).ToList()) done.TrySetResult();
            }
        }

        public Task Reaches(long seq)
        {
            lock (_seqs)
            {
                if (_seqs.Count > 0 && _seqs[^1] >= seq) return Task.CompletedTask;
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waits.Add((seq, done));
                return done.Task.WaitAsync(TimeSpan.FromMinutes(1));
            }
        }

        /// <summary>Whether everything up to that was seen once and in order, and so was what happened since, as a clock that ran out.</summary>
        public bool IsWithoutGap(long last)
        {
            lock (_seqs) return _seqs.Count >= last && _seqs.Index().All(at => at.Item == at.Index + 1);
        }

        public string Describe()
        {
            lock (_seqs)
            {
                var bad = _seqs.Index().FirstOrDefault(at => at.Item != at.Index + 1, (-1, 0));
                return $"{_seqs.Count} events, the first one out of order at {bad.Item1}: {bad.Item2}";
            }
        }
    }
}
