using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;

namespace CampusCare.Gateway.Tests;

public sealed class FollowsTests
{
    private static readonly FollowKey Ticket = new(FollowKind.Ticket, new GrainName(LiveParts.Campus, "t1"));
    private static readonly FollowKey Agent = new(FollowKind.Agent, new GrainName(LiveParts.Campus, "li"));
    private readonly LiveParts _parts = new();

    [Fact]
    public async Task A_grain_is_followed_once_however_many_need_it_and_dropped_when_nobody_does()
    {
        await _parts.Follows.Need(Ticket);
        await _parts.Follows.Need(Ticket);
        _parts.Grains.Calls.ShouldBe(["ITicketGrain.Follow north/t1"]);
        _parts.Follows.Release(Ticket);
        _parts.Follows.Count.ShouldBe(1);
        _parts.Follows.Release(Ticket);
        _parts.Follows.Count.ShouldBe(0);
        _parts.Follows.Release(Ticket);
        _parts.Follows.Count.ShouldBe(0);
        await _parts.Follows.Need(Ticket);
        _parts.Grains.Count("ITicketGrain.Follow north/t1").ShouldBe(2);
    }

    [Fact]
    public async Task What_is_needed_is_renewed_each_period_and_nothing_else()
    {
        await _parts.Follows.Need(Ticket);
        _parts.Clock.Move(FollowTimes.Renewal - TimeSpan.FromMilliseconds(1));
        _parts.Follows.TakeDue().ShouldBeEmpty();
        _parts.Clock.Move(TimeSpan.FromMilliseconds(1));
        _parts.Follows.TakeDue().ShouldBe([Ticket]);
        _parts.Follows.TakeDue().ShouldBeEmpty("it counts as renewed");
        _parts.Follows.Release(Ticket);
        await _parts.Follows.Renew(Ticket);
        _parts.Clock.Move(FollowTimes.Renewal);
        _parts.Follows.TakeDue().ShouldBeEmpty();
        _parts.Grains.Count("ITicketGrain.Follow north/t1").ShouldBe(1);
        FollowTimes.Renewal.ShouldBeLessThan(FollowTimes.Lifetime / 2, "one renewal may fail");
    }

    [Fact]
    public async Task A_follow_that_failed_is_tried_again_by_the_next_who_needs_it()
    {
        var fails = true;
        _parts.Grains.On("ITicketGrain.Follow", (_, _) => fails ? Task.FromException(new TimeoutException()) : Task.CompletedTask);
        await Should.ThrowAsync<TimeoutException>(() => _parts.Follows.Need(Ticket));
        fails = false;
        await _parts.Follows.Need(Ticket);
        _parts.Grains.Count("ITicketGrain.Follow north/t1").ShouldBe(2);
    }

    [Fact]
    public async Task After_a_silo_was_lost_all_is_told_again_twice_the_agents_first()
    {
        await _parts.Follows.Need(Ticket);
        await _parts.Follows.Need(Agent);
        _parts.Renewals.SiloLost();
        await _parts.Renewals.RenewDue(CancellationToken.None);
        _parts.Grains.Count("IAgentGrain.Follow north/li").ShouldBe(1, "nobody has declared it dead yet");

        _parts.Clock.Move(Renewals.Noticed);
        _parts.Follows.MakeDue();
        _parts.Follows.TakeDue().ShouldBe([Agent, Ticket]);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        _parts.Clock.Move(Renewals.Repeated);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        _parts.Grains.Count("IAgentGrain.Follow north/li").ShouldBe(3);
        _parts.Grains.Count("ITicketGrain.Follow north/t1").ShouldBe(3);

        _parts.Renewals.SiloDied();
        await _parts.Renewals.RenewDue(CancellationToken.None);
        _parts.Grains.Count("IAgentGrain.Follow north/li").ShouldBe(4, "a silo says that another one is dead");
    }

    [Fact]
    public async Task A_renewal_that_failed_or_got_no_answer_is_tried_again_soon()
    {
        Task answer = Task.CompletedTask;
        _parts.Grains.On("ITicketGrain.Follow", (_, _) => answer);
        await _parts.Follows.Need(Ticket);
        _parts.Clock.Move(FollowTimes.Renewal);
        answer = new TaskCompletionSource().Task;
        var renewal = _parts.Renewals.RenewDue(CancellationToken.None);
        _parts.Clock.Move(Follows.AnswerTimeout);
        await renewal.WaitAsync(GatewayProcess.Patience);

        answer = Task.CompletedTask;
        _parts.Clock.Move(Follows.RetryAfter);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        _parts.Grains.Count("ITicketGrain.Follow north/t1").ShouldBe(3);
        _parts.Clock.Move(Follows.RetryAfter);
        _parts.Follows.TakeDue().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_comes_back_while_the_agent_is_being_left_stays_followed()
    {
        var slow = new TaskCompletionSource();
        _parts.Grains.On("IAgentGrain.Unfollow", (_, _) => slow.Task);
        await _parts.Follows.Need(Agent);
        _parts.Follows.Release(Agent);
        var back = _parts.Follows.Need(Agent);
        back.IsCompleted.ShouldBeFalse("the follow must come after the unfollow");
        slow.SetResult();
        await back.WaitAsync(GatewayProcess.Patience);
        _parts.Grains.Calls.ShouldBe(["IAgentGrain.Follow north/li", "IAgentGrain.Unfollow north/li", "IAgentGrain.Follow north/li"]);
        _parts.Follows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_agent_is_left_with_the_last_page()
    {
        _parts.Grains.On("IAgentGrain.Desk", (_, _) => Task.FromResult<Outcome<AgentDesk>>(Desk(AgentStatus.Available)));
        var (one, _) = _parts.Connect("li", Role.Agent);
        var (two, _) = _parts.Connect("li", Role.Agent);
        await _parts.Desks.Attend(one);
        await _parts.Desks.Attend(one);
        await _parts.Desks.Attend(two);
        _parts.Desks.Leave(one);
        _parts.Desks.Leave(one);
        _parts.Grains.Count("IAgentGrain.Unfollow north/li").ShouldBe(0);
        _parts.Desks.Leave(two);
        _parts.Grains.Count("IAgentGrain.Follow north/li").ShouldBe(1);
        _parts.Grains.Count("IAgentGrain.Unfollow north/li").ShouldBe(1);
    }

    [Fact]
    public async Task After_a_renewal_a_desk_is_shown_only_when_it_changed_meanwhile()
    {
        var status = AgentStatus.Available;
        _parts.Grains.On("IAgentGrain.Desk", (_, _) => Task.FromResult<Outcome<AgentDesk>>(Desk(status)));
        var (connection, page) = _parts.Connect("li", Role.Agent);
        await _parts.Desks.Attend(connection);
        _parts.Clock.Move(FollowTimes.Renewal);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        page.Heard.ShouldBeEmpty();
        status = AgentStatus.Break;
        _parts.Clock.Move(FollowTimes.Renewal);
        await _parts.Renewals.RenewDue(CancellationToken.None);
        page.Heard.ShouldBe(["desk Break"]);
    }

    [Fact]
    public async Task A_desk_that_was_read_before_news_passed_by_never_comes_after_them()
    {
        _parts.Grains.On("IAgentGrain.Desk", (_, _) =>
        {
            _parts.Desks.Changed(News(2, AgentStatus.Break));
            return Task.FromResult<Outcome<AgentDesk>>(Desk(AgentStatus.Available, version: 1));
        });
        var (connection, page) = _parts.Connect("li", Role.Agent);
        (await _parts.Desks.Attend(connection)).Value!.Status.ShouldBe(AgentStatus.Break);
        _parts.Desks.Changed(News(1, AgentStatus.Available));
        page.Heard.ShouldBe(["desk Break"]);
    }

    [Fact]
    public async Task A_second_page_of_an_agent_shows_the_same_desk_and_heals_what_the_first_one_missed()
    {
        var now = Desk(AgentStatus.Available, version: 1);
        _parts.Grains.On("IAgentGrain.Desk", (_, _) => Task.FromResult<Outcome<AgentDesk>>(now));
        var (one, onePage) = _parts.Connect("li", Role.Agent);
        await _parts.Desks.Attend(one);
        now = Desk(AgentStatus.Break, version: 2); // the word of it was lost
        var (two, twoPage) = _parts.Connect("li", Role.Agent);
        (await _parts.Desks.Attend(two)).Value!.Version.ShouldBe(2);
        onePage.Heard.ShouldBe(["desk Break"]);
        _parts.Desks.Changed(News(3, AgentStatus.Available));
        onePage.DeskVersions[^1].ShouldBe(3);
        twoPage.DeskVersions[^1].ShouldBe(3);
    }

    [Fact]
    public async Task A_page_that_fell_behind_gets_the_desk_as_it_is()
    {
        _parts.Grains.On("IAgentGrain.Desk", (_, _) => Task.FromResult<Outcome<AgentDesk>>(Desk(AgentStatus.Available, version: 1)));
        var (connection, page) = _parts.Connect("li", Role.Agent, maxPending: 1);
        await _parts.Desks.Attend(connection);
        var wire = new TaskCompletionSource();
        page.Wire = wire.Task;
        for (var version = 2; version <= 500; version++) _parts.Desks.Changed(News(version, AgentStatus.Break));
        page.DeskVersions.ShouldBe([2]);
        page.Wire = Task.CompletedTask;
        wire.SetResult();
        await page.Until(() => page.DeskVersions.Count > 1);
        page.DeskVersions.ShouldBe([2, 500]);
    }

    private static AgentNews News(long version, AgentStatus status) => new(LiveParts.Campus, "li", Desk(status, version));

    private AgentDesk Desk(AgentStatus status) => Desk(status, ++_version);

    private static AgentDesk Desk(AgentStatus status, long version) => new("li", "李", status, null, RoutingState.Idle, 3, [], []) { Version = version };

    private long _version;
}
