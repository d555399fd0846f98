using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>How the writer gathers appends, and what it makes of failures, with a store that does as it is told.</summary>
public sealed class JournalWriterTests : IAsyncDisposable
{
    private static readonly AppendResult.Refused Away = new(Refusal.Unavailable, "away");

    private readonly ScriptedStore _store = new();
    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<JournalMetrics>().BuildServiceProvider();

    [Fact]
    public async Task What_comes_while_a_batch_commits_makes_the_next_batch()
    {
        await using var writer = Writer();
        var first = writer.Write(Sealed("t0"));
        await _store.Called();
        var others = Enumerable.Range(1, 50).Select(i => writer.Write(Sealed($"t{i}"))).ToArray();

        _store.Answer(Stored);
        (await first).ShouldBeOfType<AppendResult.Committed>();
        (await _store.Called()).Count.ShouldBe(50);
        _store.Answer(Stored);
        (await Task.WhenAll(others)).ShouldAllBe(result => result is AppendResult.Committed);
    }

    [Fact]
    public async Task A_batch_has_an_upper_bound()
    {
        await using var writer = Writer(new StorageOptions { MaxBatch = 20 });
        var first = writer.Write(Sealed("t0"));
        await _store.Called();
        var others = Enumerable.Range(1, 50).Select(i => writer.Write(Sealed($"t{i}"))).ToArray();
        _store.Answer(Stored);

        foreach (var expected in new[] { 20, 20, 10 })
        {
            (await _store.Called()).Count.ShouldBe(expected);
            _store.Answer(Stored);
        }
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task Two_appends_of_one_ticket_never_share_a_batch_and_keep_their_order()
    {
        await using var writer = Writer();
        var first = writer.Write(Sealed("t0"));
        await _store.Called();
        var others = new[] { "a", "b", "a", "c", "c" }.Select(ticket => writer.Write(Sealed(ticket))).ToArray();
        _store.Answer(Stored);

        foreach (var expected in new string[][] { ["a", "b"], ["a", "c"], ["c"] })
        {
            (await _store.Called()).Select(append => append.TicketId).ShouldBe(expected);
            _store.Answer(Stored);
        }
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task Beyond_its_bound_the_queue_refuses()
    {
        await using var writer = Writer(new StorageOptions { MaxQueued = 3 });
        var first = writer.Write(Sealed("t0"));
        await _store.Called();
        var queued = Enumerable.Range(1, 3).Select(i => writer.Write(Sealed($"t{i}"))).ToArray();

        (await writer.Write(Sealed("t4"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Overloaded);

        _store.Answer(Stored);
        await _store.Called();
        _store.Answer(Stored);
        (await Task.WhenAll(queued)).ShouldAllBe(result => result is AppendResult.Committed);
    }

    [Fact]
    public async Task A_stopping_writer_stores_what_it_has_and_refuses_the_rest()
    {
        var writer = Writer();
        var first = writer.Write(Sealed("t0"));
        await _store.Called();
        var second = writer.Write(Sealed("t1"));

        var stopping = writer.DisposeAsync();
        (await writer.Write(Sealed("t2"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Stopping);
        _store.Answer(Stored);
        await _store.Called();
        _store.Answer(Stored);
        await stopping;

        (await first).ShouldBeOfType<AppendResult.Committed>();
        (await second).ShouldBeOfType<AppendResult.Committed>();
    }

    [Fact]
    public async Task A_commit_of_unknown_outcome_is_committed_again_and_then_known()
    {
        await using var writer = Writer();
        var result = writer.Write(Sealed("t0"));
        await _store.Called(again: false);
        _store.Answer(_ => new BatchResult.Unknown("cut off"));
        await _store.Called(again: true);
        _store.Answer(Stored);

        (await result).ShouldBeOfType<AppendResult.Committed>();
    }

    [Fact]
    public async Task A_database_that_stays_away_leaves_the_outcome_unknown()
    {
        await using var writer = Writer();
        foreach (var second in new BatchResult[] { new BatchResult.Failed(Away), new BatchResult.Unknown("cut off again") })
        {
            var result = writer.Write(Sealed("t0"));
            await _store.Called(again: false);
            _store.Answer(_ => new BatchResult.Unknown("cut off"));
            await _store.Called(again: true);
            _store.Answer(_ => second);

            (await result).ShouldBeOfType<AppendResult.OutcomeUnknown>();
        }
    }

    [Fact]
    public async Task A_batch_that_fails_for_one_is_tried_one_by_one()
    {
        await using var writer = Writer();
        var first = writer.Write(Sealed("t0"));
        await _store.Called();
        var others = Enumerable.Range(1, 3).Select(i => writer.Write(Sealed($"t{i}"))).ToArray();
        _store.Answer(Stored);

        (await _store.Called()).Count.ShouldBe(3);
        _store.Answer(_ => new BatchResult.Failed(new AppendResult.SeqTaken(), OneByOne: true));
        foreach (var ticket in new[] { "t1", "t2", "t3" })
        {
            (await _store.Called()).ShouldHaveSingleItem().TicketId.ShouldBe(ticket);
            _store.Answer(batch => ticket == "t2" ? new BatchResult.Failed(new AppendResult.SeqTaken(), OneByOne: true) : Stored(batch));
        }

        (await Task.WhenAll(others)).Select(result => result.GetType()).ShouldBe(
            [typeof(AppendResult.Committed), typeof(AppendResult.SeqTaken), typeof(AppendResult.Committed)]);
    }

    [Fact]
    public async Task A_database_that_is_away_refuses_the_whole_batch_at_once()
    {
        await using var writer = Writer();
        var result = writer.Write(Sealed("t0"));
        await _store.Called();
        _store.Answer(_ => new BatchResult.Failed(Away));

        (await result).ShouldBe(Away);
    }

    [Fact]
    public async Task A_broken_store_is_heard_of_and_the_writer_goes_on()
    {
        await using var writer = Writer();
        var result = writer.Write(Sealed("t0"));
        await _store.Called();
        _store.Answer(_ => throw new InvalidOperationException("broken"));
        (await Should.ThrowAsync<InvalidOperationException>(result)).Message.ShouldBe("broken");

        var next = writer.Write(Sealed("t1"));
        await _store.Called();
        _store.Answer(Stored);
        (await next).ShouldBeOfType<AppendResult.Committed>();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static BatchResult Stored(IReadOnlyList<SealedAppend> batch) => new BatchResult.Done([.. batch.Select(_ => true)]);

    private static SealedAppend Sealed(string ticket)
    {
        SealedAppend.TrySeal(Open(ticket), Salt(), out var append, out _).ShouldBeTrue();
        return append!;
    }

    private JournalWriter Writer(StorageOptions? options = null) => new(
        _store, options ?? new StorageOptions(), _services.GetRequiredService<JournalMetrics>(), NullLogger<JournalWriter>.Instance);

    /// <summary>A store whose every commit waits for the test's answer.</summary>
    private sealed class ScriptedStore : IJournalStore
    {
        private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

        private readonly SemaphoreSlim _called = new(0);
        private readonly SemaphoreSlim _answered = new(0);
        private (IReadOnlyList<SealedAppend> Batch, bool Again) _call;
        private Func<IReadOnlyList<SealedAppend>, BatchResult> _answer = Stored;

        public async Task<BatchResult> Commit(IReadOnlyList<SealedAppend> batch, bool again)
        {
            _call = (batch, again);
            _called.Release();
            (await _answered.WaitAsync(Guard)).ShouldBeTrue("no answer came");
            return _answer(batch);
        }

        public async Task<IReadOnlyList<SealedAppend>> Called(bool again = false)
        {
            (await _called.WaitAsync(Guard)).ShouldBeTrue("no call came");
            _call.Again.ShouldBe(again);
            return _call.Batch;
        }

        public void Answer(Func<IReadOnlyList<SealedAppend>, BatchResult> answer)
        {
            _answer = answer;
            _answered.Release();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
