using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;

namespace CampusCare.Gateway.Tests;

public sealed class WatchTests
{
    private const string Id = "0000000000000001";
    private readonly LiveParts _parts = new();

    [Fact]
    public async Task A_watch_gives_what_happened_and_then_each_new_event_once()
    {
        _parts.TicketHas(() => 3);
        var (connection, page) = _parts.Connect("c");
        var reply = await _parts.Tickets.Watch(connection, Id, 1);
        reply.Value!.Events.Select(happened => happened.Seq).ShouldBe([2, 3]);
        _parts.Grains.Calls.Take(2).ShouldBe([$"ITicketGrain.Follow north/{Id}", $"ITicketGrain.History north/{Id}"], "followed before read");

        _parts.Tickets.Changed(LiveParts.News(3, 3));
        _parts.Tickets.Changed(LiveParts.News(4, 5));
        _parts.Tickets.Changed(LiveParts.News(4, 5));
        _parts.Tickets.Changed(LiveParts.News(2, 6));
        page.Seqs.ShouldBe([4, 5, 6]);

        _parts.Tickets.Unwatch(connection, Id);
        _parts.Tickets.Changed(LiveParts.News(7, 7));
        page.Seqs.ShouldBe([4, 5, 6]);
        _parts.Follows.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_passes_by_while_the_history_is_read_is_fetched()
    {
        var history = new TaskCompletionSource<Outcome<TicketHistory>>();
        var first = true;
        _parts.Grains.On("ITicketGrain.History", (_, args) =>
        {
            if (!first) return Task.FromResult<Outcome<TicketHistory>>(new TicketHistory(LiveParts.Ticket(4), LiveParts.Events((long)args[0]! + 1, 4)));
            first = false;
            return history.Task;
        });
        var (connection, page) = _parts.Connect("c");
        var watching = _parts.Tickets.Watch(connection, Id, 0);
        _parts.Tickets.Changed(LiveParts.News(4, 4));
        page.Seqs.ShouldBeEmpty("nobody knows yet whether this customer may read it");
        history.SetResult(new TicketHistory(LiveParts.Ticket(3), LiveParts.Events(1, 3)));
        (await watching).Value!.Events.Length.ShouldBe(3);
        page.Seqs.ShouldBe([4]);
    }

    [Fact]
    public async Task A_gap_is_filled_by_reading_and_no_event_comes_twice()
    {
        var seq = 3L;
        _parts.TicketHas(() => seq);
        var (one, onePage) = _parts.Connect("c");
        var (two, twoPage) = _parts.Connect("li", Role.Agent);
        await _parts.Tickets.Watch(one, Id, 0);
        seq = 5;
        await _parts.Tickets.Watch(two, Id, 0);
        seq = 7;
        _parts.Tickets.Changed(LiveParts.News(6, 7));
        onePage.Seqs.ShouldBe([4, 5, 6, 7]);
        twoPage.Seqs.ShouldBe([6, 7]);
    }

    [Fact]
    public async Task After_a_renewal_the_missed_events_come()
    {
        var seq = 3L;
        _parts.TicketHas(() => seq);
        var (connection, page) = _parts.Connect("c");
        await _parts.Tickets.Watch(connection, Id, 0);
        _parts.Clock.Move(FollowTimes.Renewal);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        _parts.Grains.Count($"ITicketGrain.History north/{Id}").ShouldBe(1, "nothing was missed, so nothing is read");
        seq = 6;
        _parts.Clock.Move(FollowTimes.Renewal);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        page.Seqs.ShouldBe([4, 5, 6]);
        _parts.Grains.Count($"ITicketGrain.Follow north/{Id}").ShouldBe(3);
    }

    [Fact]
    public async Task A_stranger_hears_nothing_and_leaves_nothing_behind()
    {
        _parts.TicketHas(() => 3);
        var (stranger, page) = _parts.Connect("somebody else");
        (await _parts.Tickets.Watch(stranger, Id, 0)).Problem!.Code.ShouldBe("notFound");
        _parts.Tickets.Changed(LiveParts.News(4, 4));
        page.Seqs.ShouldBeEmpty();
        _parts.Follows.Count.ShouldBe(0);
        stranger.Watches.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_grain_does_not_answer_the_watch_is_refused_and_forgotten()
    {
        _parts.Grains.On("ITicketGrain.Follow", (_, _) => Task.FromException(new TimeoutException()));
        var (connection, _) = _parts.Connect("c");
        (await _parts.Tickets.Watch(connection, Id, 0)).Problem!.Status.ShouldBe(503);
        _parts.Follows.Count.ShouldBe(0);
        connection.Watches.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_connection_leaves_nothing_behind()
    {
        _parts.TicketHas(() => 3, TicketPhase.Waiting);
        _parts.Grains.On("IQueueGrain.PlacesOf", (_, args) => Task.FromResult<ImmutableArray<QueuePlace>>([.. ((ImmutableArray<string>)args[0]!).Select(id => new QueuePlace(id, 1, 1, null))]));
        var (connection, _) = _parts.Connect("c");
        await _parts.Tickets.Watch(connection, Id, 0);
        _parts.Follows.Count.ShouldBe(2, "the ticket and its queue");
        _parts.Tickets.Leave(connection);
        _parts.Follows.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_watches_so_many_tickets_and_no_more()
    {
        _parts.TicketHas(() => 3);
        var (connection, _) = _parts.Connect("c");
        for (var i = 0; i < LiveConnection.MaxWatches; i++) (await _parts.Tickets.Watch(connection, $"{i:d16}", 0)).Problem.ShouldBeNull();
        (await _parts.Tickets.Watch(connection, $"{LiveConnection.MaxWatches:d16}", 0)).Problem!.Code.ShouldBe("overloaded");
        _parts.Follows.Count.ShouldBe(LiveConnection.MaxWatches);
    }

    [Fact]
    public async Task A_client_that_can_t_keep_up_gets_the_rest_in_one_piece_when_it_can()
    {
        var seq = 3L;
        _parts.TicketHas(() => seq);
        var (slow, slowPage) = _parts.Connect("c", maxPending: 2);
        var (quick, quickPage) = _parts.Connect("li", Role.Agent);
        await _parts.Tickets.Watch(slow, Id, 0);
        await _parts.Tickets.Watch(quick, Id, 0);
        var wire = new TaskCompletionSource();
        slowPage.Wire = wire.Task;
        for (seq = 4; seq <= 1_000; seq++) _parts.Tickets.Changed(LiveParts.News(seq, seq));
        slowPage.Seqs.ShouldBe([4, 5], "what comes beyond the bound is not kept for it");
        quickPage.Seqs.Count.ShouldBe(997);
        seq = 1_000;
        slowPage.Wire = Task.CompletedTask;
        wire.SetResult();
        await slowPage.Until(() => slowPage.Seqs.Count >= 997);
        slowPage.News.ShouldBe(3, "two single ones, and the rest");
        _parts.Tickets.Changed(LiveParts.News(1_001, 1_001));
        IsWithoutGapFrom(4, slowPage.Seqs).ShouldBeTrue();
        slowPage.Seqs[^1].ShouldBe(1_001, "the connection lives on");
    }

    [Fact]
    public async Task A_client_that_falls_behind_again_and_again_loses_nothing()
    {
        var seq = 3L;
        _parts.TicketHas(() => seq);
        var (connection, page) = _parts.Connect("c", maxPending: 3);
        await _parts.Tickets.Watch(connection, Id, 0);
        var chance = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var wire = new TaskCompletionSource();
            page.Wire = wire.Task;
            for (var i = chance.Next(8); i > 0; i--)
            {
                seq++;
                if (chance.Next(5) > 0) _parts.Tickets.Changed(LiveParts.News(seq, seq));
            }
            // The last word of a silent grain is found by the renewal; here another word comes.
            _parts.Tickets.Changed(LiveParts.News(seq + 1, ++seq));
            page.Wire = Task.CompletedTask;
            wire.SetResult();
        }
        await page.Until(() => page.Seqs.Count >= seq - 3);
        IsWithoutGapFrom(4, page.Seqs).ShouldBeTrue();
    }

    private static bool IsWithoutGapFrom(long first, List<long> seqs) => seqs.Index().All(at => at.Item == first + at.Index);

    [Fact]
    public async Task An_older_place_never_comes_after_a_newer_one()
    {
        var place = new QueuePlace(Id, 5, 9, null) { Version = 10 };
        _parts.TicketHas(() => 2, TicketPhase.Waiting);
        _parts.Grains.On("IQueueGrain.PlacesOf", (_, _) => Task.FromResult<ImmutableArray<QueuePlace>>([place]));
        var (connection, page) = _parts.Connect("c");
        await _parts.Tickets.Watch(connection, Id, 0);
        place = place with { Position = 6, Version = 9 };
        _parts.Lines.Moved(new GrainName(LiveParts.Campus, "general"));
        place = place with { Position = 4, Version = 11 };
        _parts.Lines.Moved(new GrainName(LiveParts.Campus, "general"));
        page.Places.Select(told => told.Position).ShouldBe([5, 4]);
    }

    [Fact]
    public async Task A_queue_that_moves_is_asked_once_for_all_and_only_changes_are_told()
    {
        var asked = new List<int>();
        var position = 5;
        _parts.TicketHas(() => 2, TicketPhase.Waiting);
        _parts.Grains.On("ITicketGrain.History", (key, _) => Task.FromResult<Outcome<TicketHistory>>(new TicketHistory(LiveParts.Ticket(2, TicketPhase.Waiting, GrainKeys.Split(key).Id), LiveParts.Events(1, 2))));
        _parts.Grains.On("IQueueGrain.PlacesOf", (_, args) =>
        {
            var ids = (ImmutableArray<string>)args[0]!;
            asked.Add(ids.Length);
            return Task.FromResult<ImmutableArray<QueuePlace>>([.. ids.Select((id, i) => new QueuePlace(id, i == 0 ? 1 : position, 9, 61.0))]);
        });
        var (connection, page) = _parts.Connect("c");
        for (var i = 0; i < 3; i++) await _parts.Tickets.Watch(connection, $"{i:d16}", 0);
        asked.ShouldBe([1, 1, 1]);
        page.Places.Clear();
        asked.Clear();

        _parts.Lines.Moved(new GrainName(LiveParts.Campus, "general"));
        asked.ShouldBe([3]);
        page.Places.Count.ShouldBe(2, "the first one stood at 1 before");
        position = 4;
        _parts.Lines.Moved(new GrainName(LiveParts.Campus, "general"));
        page.Places.Count.ShouldBe(4);
        _parts.Lines.Moved(new GrainName(LiveParts.Campus, "general"));
        page.Places.Count.ShouldBe(4, "nothing changed");
        _parts.Lines.Moved(new GrainName(LiveParts.Campus, "delivery"));
        asked.Count.ShouldBe(3, "nobody waits there");
    }

    [Fact]
    public async Task Moves_during_a_question_make_one_more_question()
    {
        var answer = new TaskCompletionSource<ImmutableArray<QueuePlace>>();
        var asked = 0;
        _parts.TicketHas(() => 2, TicketPhase.Waiting);
        _parts.Grains.On("IQueueGrain.PlacesOf", (_, _) => ++asked == 2 ? answer.Task : Task.FromResult(ImmutableArray<QueuePlace>.Empty));
        var (connection, _) = _parts.Connect("c");
        await _parts.Tickets.Watch(connection, Id, 0);
        for (var i = 0; i < 5; i++) _parts.Lines.Moved(new GrainName(LiveParts.Campus, "general"));
        asked.ShouldBe(2);
        answer.SetResult([]);
        asked.ShouldBe(3);
    }

    [Fact]
    public async Task A_ticket_that_no_longer_waits_leaves_the_line()
    {
        _parts.TicketHas(() => 2, TicketPhase.Waiting);
        _parts.Grains.On("IQueueGrain.PlacesOf", (_, _) => Task.FromResult(ImmutableArray<QueuePlace>.Empty));
        var (connection, _) = _parts.Connect("c");
        await _parts.Tickets.Watch(connection, Id, 0);
        _parts.Follows.Count.ShouldBe(2);
        _parts.Tickets.Changed(LiveParts.News(3, 3, TicketPhase.Assigned));
        _parts.Follows.Count.ShouldBe(1);
    }
}
