using System.Net;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests;

/// <summary>When the store refuses, is away or never answers, the caller hears so; what was refused is not there afterwards.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private readonly MoodyJournal _journal = new();
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start(
        new() { ["Gateway:CallTimeout"] = "00:00:01" },
        services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(ITicketJournal));
            services.AddSingleton<ITicketJournal>(provider =>
            {
                _journal.Real = (ITicketJournal)(real.ImplementationInstance ?? real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!));
                return _journal;
            });
        });

    public async Task DisposeAsync()
    {
        _journal.Away.TrySetResult();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData(Refusal.ReadOnly, "storageUnavailable")]
    [InlineData(Refusal.DiskFull, "storageUnavailable")]
    [InlineData(Refusal.Unavailable, "storageUnavailable")]
    [InlineData(Refusal.Overloaded, "overloaded")]
    public async Task A_contact_that_can_t_be_stored_is_refused_and_not_kept(Refusal why, string code)
    {
        var token = _gateway.Token("fail-1");
        _journal.Append = _ => Task.FromResult<AppendResult>(new AppendResult.Refused(why, "in this test"));
        var refused = await _gateway.Post(Tickets, token, new { text = "没送到" }, key: "k1");
        refused.ShouldBeProblem(503, code);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
        (await _gateway.Get(Tickets, token)).Json.GetArrayLength().ShouldBe(0);

        _journal.Append = null;
        (await _gateway.Post(Tickets, token, new { text = "没送到" }, key: "k1")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_append_whose_answer_is_lost_may_be_repeated()
    {
        var token = _gateway.Token("fail-2");
        _journal.Append = async append =>
        {
            await _journal.Real.Append(append);
            return new AppendResult.OutcomeUnknown("in this test");
        };
        (await _gateway.Post(Tickets, token, new { text = "没送到" }, key: "k1")).ShouldBeProblem(503, "outcomeUnknown");
        _journal.Append = null;
        (await _gateway.Post(Tickets, token, new { text = "没送到" }, key: "k1")).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Get(Tickets, token)).Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_store_that_never_answers_ends_in_a_named_problem()
    {
        var token = _gateway.Token("fail-3");
        _journal.Append = async append =>
        {
            await _journal.Away.Task;
            return await _journal.Real.Append(append);
        };
        (await _gateway.Post(Tickets, token, new { text = "没送到" }, key: "k1")).ShouldBeProblem(503, "outcomeUnknown");
    }

    [Fact]
    public async Task A_ticket_that_can_t_be_read_now_is_not_called_unknown()
    {
        _journal.Read = () => throw new StorageUnavailableException("in this test", new IOException());
        (await _gateway.Get($"{Tickets}/0123456789abcdef", _gateway.Token("fail-4"))).ShouldBeProblem(503, "storageUnavailable");
    }

    private sealed class MoodyJournal : ITicketJournal
    {
        public ITicketJournal Real { get; set; } = null!;

        public Func<Append, Task<AppendResult>>? Append { get; set; }

        public Action? Read { get; set; }

        public TaskCompletionSource Away { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task<AppendResult> ITicketJournal.Append(Append append) => Append?.Invoke(append) ?? Real.Append(append);

        Task<IReadOnlyList<JournalEvent>> ITicketJournal.Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation)
        {
            Read?.Invoke();
            return Real.Read(campus, ticketId, afterSeq, cancellation);
        }

        Task<int> ITicketJournal.ErasePersonal(string campus, string ticketId, CancellationToken cancellation) => Real.ErasePersonal(campus, ticketId, cancellation);
    }
}
