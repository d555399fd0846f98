using System.Collections.Concurrent;
using System.Net;
using CampusCare.Gateway.Identity;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests;

/// <summary>With more work than can be done, what is refused is refused in the stated order; contacts and messages never are.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private const int OverviewsAbove = 8, LooksAbove = 16;

    private readonly SlowJournal _journal = new();
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start(
        new() { ["Gateway:Overload:OverviewsAbove"] = $"{OverviewsAbove}", ["Gateway:Overload:LooksAbove"] = $"{LooksAbove}" },
        services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(ITicketJournal));
            services.AddSingleton<ITicketJournal>(provider =>
            {
                _journal.Real = (ITicketJournal)real.ImplementationFactory!(provider);
                return _journal;
            });
        });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Overviews_go_first_then_looks_and_contacts_never()
    {
        var known = await _gateway.Open("known");
        var token = _gateway.Token("known");
        await using var page = await Page.Open(_gateway, ClientKit.Hubs.Customer, token);
        var look = $"{Tickets}/{known}";
        _journal.Hold();

        var contacts = await Contacts(OverviewsAbove + 1, "a");
        ShouldBeShed(await _gateway.Get(Tickets, token));
        ShouldBeShed(await _gateway.Get("/api/v1/campuses/north/agents", _gateway.Token("s", Role.Supervisor)));
        (await page.Refused("MyTickets")).ShouldBe("overloaded");
        (await _gateway.Get(look, token)).Status.ShouldBe(HttpStatusCode.OK);
        await page.Do("Place", known);

        contacts.AddRange(await Contacts(LooksAbove - OverviewsAbove, "b"));
        ShouldBeShed(await _gateway.Get(look, token));
        ShouldBeShed(await _gateway.Get("/api/v1/campuses/north"));
        (await page.Refused("Place", known)).ShouldBe("overloaded");
        contacts.AddRange(await Contacts(10 * LooksAbove, "c"));
        var message = _gateway.Post($"{look}/messages", token, new { messageId = "m1", text = "还在吗" });
        var overHub = page.Do("Post", known, "m2", "在吗");

        _journal.Release();
        foreach (var contact in contacts) (await contact).Status.ShouldBe(HttpStatusCode.Created);
        (await message).Status.ShouldBe(HttpStatusCode.Created);
        await overHub;
        (await _gateway.Get(Tickets, token)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Get(look, token)).Status.ShouldBe(HttpStatusCode.OK);
        await page.Do("MyTickets");
    }

    [Fact]
    public async Task Ten_times_the_load_leaves_every_place_in_the_line_right()
    {
        _journal.Hold();
        var contacts = await Contacts(10 * LooksAbove, "p");
        _journal.Release();
        var opened = new List<(string Id, string Customer)>();
        for (var i = 0; i < contacts.Count; i++) opened.Add(((await contacts[i]).Json.GetProperty("ticket").GetProperty("ticketId").GetString()!, $"p-{i}"));

        var positions = new List<int>();
        foreach (var (id, customer) in opened)
            positions.Add((await _gateway.Get($"{Tickets}/{id}/position", _gateway.Token(customer))).Json.GetProperty("position").GetInt32());
        positions.Order().ShouldBe(Enumerable.Range(1, opened.Count));
    }

    /// <summary>Contacts that are in work: each has come as far as the journal.</summary>
    private async Task<List<Task<Heard>>> Contacts(int count, string who)
    {
        var before = _journal.Waiting;
        var contacts = Enumerable.Range(0, count).Select(i => _gateway.Post(Tickets, _gateway.Token($"{who}-{i}"), new { text = "我的外卖一个小时了还没到" })).ToList();
        await _journal.Until(before + count);
        return contacts;
    }

    private static void ShouldBeShed(Heard refused)
    {
        refused.ShouldBeProblem(503, "overloaded");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
    }

    private sealed class SlowJournal : ITicketJournal
    {
        private readonly Lock _lock = new();
        private readonly ConcurrentBag<string> _held = [];
        private readonly List<(int Count, TaskCompletionSource Reached)> _waits = [];
        private TaskCompletionSource? _gate;

        public ITicketJournal Real { get; set; } = null!;

        /// <summary>Appends that wait.</summary>
        public int Waiting => _held.Count;

        public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _gate!.SetResult();

        public Task Until(int waiting)
        {
            lock (_lock)
            {
                if (_held.Count >= waiting) return Task.CompletedTask;
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waits.Add((waiting, reached));
                return reached.Task.WaitAsync(GatewayProcess.Patience);
            }
        }

        public async Task<AppendResult> Append(Append append)
        {
            if (_gate is { Task.IsCompleted: false } gate)
            {
                lock (_lock)
                {
                    _held.Add(append.TicketId);
                    foreach (var (count, reached) in _waits)
                        if (_held.Count >= count) reached.TrySetResult();
                }
                await gate.Task;
            }
            return await Real.Append(append);
        }

        public Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation) =>
            Real.Read(campus, ticketId, afterSeq, cancellation);

        public Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation) => Real.ErasePersonal(campus, ticketId, cancellation);
    }
}
