using System.Collections.Concurrent;

namespace CampusCare.Client.Tests;

/// <summary>What was checked in the end.</summary>
internal sealed record TalkCounts(int Tickets, int Messages, long Events, int Offers, int Boards)
{
    public override string ToString() => $"{Tickets} tickets, {Messages} messages written, {Events} events seen, {Offers} offers, {Boards} wallboards: 0 missing, 0 doubled, order kept";
}

/// <summary>People who talk over one network, and what each of them saw.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private static readonly TimeSpan[] Impatient = [.. new[] { 5, 10, 20, 40, 80 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly TestGateway _gateway;
    private readonly Uri _network;
    private readonly int _seed;
    private readonly List<CustomerClient> _customers = [];
    private readonly List<(AgentClient First, AgentClient Second)> _agents = [];
    private readonly ConcurrentDictionary<string, bool> _written = new();
    private readonly ConcurrentDictionary<string, int> _offered = new();
    private readonly List<Seen> _seen = [];
    private readonly List<Wallboard> _boards = [];
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<Task> _work = [];
    private SupervisorClient _boss = null!;

    private Talk(TestGateway gateway, Uri network, int seed) => (_gateway, _network, _seed) = (gateway, network, seed);

    public static async Task<Talk> Begin(TestGateway gateway, Uri network, int customers, int agents, int seed)
    {
        var talk = new Talk(gateway, network, seed);
        for (var i = 0; i < agents; i++) await talk.BringAgent($"cut-agent-{seed}-{i}", customers);
        for (var i = 0; i < customers; i++) talk._customers.Add(new CustomerClient(await talk.Options("Customer", $"cut-customer-{seed}-{i}", i)));
        talk._boss = new SupervisorClient(await talk.Options("Supervisor", "cut-boss", 99));
        talk._boss.BoardChanged += talk._boards.Add;
        await talk._boss.Start();
        for (var i = 0; i < customers; i++) talk._work.Add(talk.Ask(talk._customers[i], i));
        return talk;
    }

    /// <summary>Everybody goes on until then.</summary>
    public async Task Until(Task over)
    {
        await over;
        await _over.CancelAsync();
        await Task.WhenAll(_work);
    }

    /// <summary>Compares what everybody saw with the journal.</summary>
    public async Task<TalkCounts> Check()
    {
        var written = _written.Keys.ToHashSet();
        var stored = new List<string>();
        long events = 0;
        foreach (var ticket in _seen.GroupBy(seen => seen.TicketId))
        {
            var token = await _gateway.SignIn("Supervisor", "cut-reader");
            var truth = (await _gateway.Rest.Events(token, TestGateway.Campus, ticket.Key)).Yes;
            truth.Events.Select(happened => happened.Seq).ShouldBe(Enumerable.Range(1, truth.Events.Length).Select(seq => (long)seq));
            stored.AddRange(truth.Events.Select(happened => happened.MessageId).OfType<string>());
            foreach (var seen in ticket)
            {
                await seen.Reaches(truth.Ticket.Seq);
                seen.IsWithoutGap(truth.Ticket.Seq).ShouldBeTrue($"{seen.Who} of {ticket.Key}: {seen.Describe()} instead of 1 to {truth.Ticket.Seq}");
                events += seen.Count;
            }
        }
        stored.Count.ShouldBe(stored.Distinct().Count(), "a message is stored twice");
        written.Except(stored).ShouldBeEmpty("a message that was acknowledged is not stored");
        _offered.Values.ShouldAllBe(times => times == 1, "an offer was told twice");
        await SameDesks();
        lock (_boards) _boards.Zip(_boards.Skip(1)).ShouldAllBe(pair => pair.First.At < pair.Second.At);
        return new(_seen.Select(seen => seen.TicketId).Distinct().Count(), written.Count, events, _offered.Count, _boards.Count);
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
        await _boss.DisposeAsync();
        _over.Dispose();
    }

    // A customer: asks, then writes as long as the talk goes on.
    private async Task Ask(CustomerClient customer, int number)
    {
        await customer.Start();
        var opened = (await customer.OpenContact($"我的外卖一个小时了还没到 {number}")).Yes;
        Follow(customer, $"customer {number}", opened.Ticket.TicketId, opened.Ticket.TicketId);
        for (var i = 1; !_over.IsCancellationRequested; i++) await Write(customer, opened.Ticket.TicketId, $"c{number}-{i}");
    }

    private async Task BringAgent(string id, int capacity)
    {
        await _gateway.Enroll(id, capacity);
        var first = new AgentClient(await Options("Agent", id, 50 + _agents.Count));
        var second = new AgentClient(await Options("Agent", id, 70 + _agents.Count));
        _agents.Add((first, second));
        first.Offered += offer =>
        {
            _offered.AddOrUpdate(offer.Reservation.ReservationId, 1, static (_, times) => times + 1);
            _work.Add(Serve(first, offer));
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
    private async Task Serve(AgentClient agent, Offer offer)
    {
        var answer = await agent.Accept(offer.Reservation);
        while (answer.Problem is { IsPassing: true })
        {
            await Task.Delay(Impatient[2]);
            answer = await agent.Accept(offer.Reservation);
        }
        if (answer.Value is not { } ticket) return;
        Follow(agent, $"{agent.LastDesk!.AgentId}", ticket.TicketId, ticket.Reference);
        for (var i = 1; !_over.IsCancellationRequested; i++) await Write(agent, ticket.Reference, $"a-{ticket.TicketId}-{ticket.Seq}-{i}");
    }

    private async Task Write(TalkingClient client, string ticket, string id)
    {
        var answer = await client.Post(ticket, $"第 {id} 条", id);
        if (answer.Value is not null) _written[id] = true;
        else answer.Problem!.Code.ShouldBe("notYourTicket", "another agent has it");
    }

    private void Follow(TalkingClient client, string who, string ticketId, string reference)
    {
        var seen = new Seen(who, ticketId);
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
        var token = await _gateway.SignIn(role, sub);
        return ClientOptions.For(_network, token) with { Backoff = Impatient, Chance = new Random(_seed + number) };
    }

    /// <summary>The events that one client of one ticket was given, as they came.</summary>
    private sealed class Seen(string who, string ticketId)
    {
        private readonly List<long> _seqs = [];
        private readonly List<(long Seq, TaskCompletionSource Done)> _waits = [];

        public string Who => who;

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

        public bool IsWithoutGap(long last)
        {
            lock (_seqs) return _seqs.Count == last && _seqs.Index().All(at => at.Item == at.Index + 1);
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
