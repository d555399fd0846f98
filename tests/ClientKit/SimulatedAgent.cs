using System.Collections.Concurrent;
using System.Text;
using CampusCare.Client;
using Microsoft.AspNetCore.SignalR;

namespace CampusCare.ClientKit;

/// <summary>How a simulated agent behaves. Chance comes from the ticket and the seed alone, whatever the interleaving.</summary>
/// <param name="BeforeAccept">How long the agent looks at an offer.</param>
/// <param name="BeforeReply">How long the agent types.</param>
/// <param name="Replies">What the agent says, in order, before resolving.</param>
/// <param name="Disposition">The after-contact code.</param>
public sealed record AgentManners(
    Func<Random, TimeSpan> BeforeAccept,
    Func<Random, TimeSpan> BeforeReply,
    Func<Ticket, Random, IReadOnlyList<string>> Replies,
    Func<Ticket, Random, string> Disposition);

/// <summary>Takes note of what an agent saw and what the gateway acknowledged. Called from many threads.</summary>
public interface IAgentDiary
{
    /// <summary>An offer reached the workspace.</summary>
    void Offered(string agentId, Offer offer)
    {
    }

    /// <summary>The gateway acknowledged that the agent has the ticket.</summary>
    void Accepted(string agentId, string ticketId)
    {
    }

    /// <summary>A message is about to be sent.</summary>
    void Posting(string agentId, string ticketId, string messageId)
    {
    }

    /// <summary>The gateway acknowledged a message.</summary>
    void Posted(string agentId, string ticketId, string messageId)
    {
    }

    /// <summary>The gateway acknowledged the end.</summary>
    void Resolved(string agentId, string ticketId)
    {
    }

    /// <summary>The gateway said no, or the connection broke.</summary>
    void Failed(string agentId, string ticketId, string what);
}

/// <summary>An agent who comes in through the agent hub, takes every offer, answers and resolves.</summary>
public sealed class SimulatedAgent : IAsyncDisposable
{
    /// <summary>How many past tickets are remembered; forgetting one costs a refused repetition, no more.</summary>
    private const int Memory = 10_000;

    private const int Attempts = 30;

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly AgentClient _client;
    private readonly AgentManners _manners;
    private readonly IAgentDiary _diary;
    private readonly TimeProvider _time;
    private readonly int _seed;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Task> _inHand = new();
    private readonly ConcurrentDictionary<string, bool> _seenOffers = new();
    private readonly ConcurrentDictionary<string, long> _doneAtSeq = new();
    private string _agentId = "";

    public SimulatedAgent(AgentClient client, AgentManners manners, IAgentDiary diary, TimeProvider time, int seed)
    {
        (_client, _manners, _diary, _time, _seed) = (client, manners, diary, time, seed);
        _client.Offered += Take;
        _client.DeskChanged += Look;
    }

    /// <summary>Comes to work: connects, says "available", and goes on with what lies on the desk.</summary>
    /// <returns>The desk.</returns>
    public async Task<Desk> Start(CancellationToken stop = default)
    {
        await _client.Start(stop);
        var desk = (await _client.Desk(stop)).Yes;
        _agentId = desk.AgentId;
        desk = (await _client.SetStatus("available", null, stop)).Yes;
        Look(desk);
        return desk;
    }

    /// <summary>Says "offline", so that nothing more is offered, and leaves; tickets in hand stay on the desk.</summary>
    public async ValueTask DisposeAsync()
    {
        _client.Offered -= Take;
        _client.DeskChanged -= Look;
        await _stop.CancelAsync();
        await Task.WhenAll(_inHand.Values);
        try
        {
            using var patience = new CancellationTokenSource(Farewell, _time);
            await _client.SetStatus("offline", "shift over", patience.Token);
        }
        catch (Exception e) when (IsBroken(e))
        {
            _diary.Failed(_agentId, "", $"offline: {e.Message}");
        }
        await _client.DisposeAsync();
        _stop.Dispose();
    }

    private void Look(Desk desk)
    {
        foreach (var offer in desk.Offers) Take(offer);
        foreach (var ticket in desk.Tickets)
        {
            if (ticket.Phase == "assigned" && ticket.Seq > _doneAtSeq.GetValueOrDefault(ticket.TicketId)) Begin(ticket.TicketId, () => Serve(ticket));
            else if (ticket is { Phase: "resolved", WrapUpOpen: true }) Begin(ticket.TicketId, () => WrapUp(ticket));
        }
    }

    private void Take(Offer offer)
    {
        var reservationId = offer.Reservation.ReservationId;
        if (!_seenOffers.TryAdd(reservationId, true)) return;
        _diary.Offered(_agentId, offer);
        if (!Begin(offer.Ticket.TicketId, () => Answer(offer))) _seenOffers.TryRemove(reservationId, out _);
    }

    private bool Begin(string ticketId, Func<Task> work)
    {
        var done = new TaskCompletionSource();
        if (_stop.IsCancellationRequested || !_inHand.TryAdd(ticketId, done.Task)) return false;
        if (_seenOffers.Count > Memory) _seenOffers.Clear();
        if (_doneAtSeq.Count > Memory) _doneAtSeq.Clear();
        _ = Run();
        return true;

        async Task Run()
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Going home.
            }
            catch (Exception e) when (IsBroken(e))
            {
                _diary.Failed(_agentId, ticketId, e.Message);
            }
            finally
            {
                _inHand.TryRemove(ticketId, out _);
                done.SetResult();
            }
        }
    }

    private async Task Answer(Offer offer)
    {
        await Pause(_manners.BeforeAccept(Chance(offer.Ticket.TicketId)));
        var accepted = await Insist(() => _client.Accept(offer.Reservation, _stop.Token));
        if (accepted.Value is not { } ticket)
        {
            _diary.Failed(_agentId, offer.Ticket.TicketId, $"accept: {accepted.Problem?.Code}");
            return;
        }
        _diary.Accepted(_agentId, ticket.TicketId);
        await Serve(ticket);
    }

    private async Task Serve(Ticket ticket)
    {
        var chance = Chance(ticket.TicketId);
        await using var watch = _client.Watch(ticket.Reference, static _ => { });
        var said = 0;
        foreach (var text in _manners.Replies(ticket, chance))
        {
            await Pause(_manners.BeforeReply(chance));
            var messageId = $"{_agentId}-{ticket.Seq}-{++said}";
            _diary.Posting(_agentId, ticket.TicketId, messageId);
            var posted = await _client.Post(ticket.Reference, text, messageId).WaitAsync(_stop.Token);
            if (posted.Value is null) _diary.Failed(_agentId, ticket.TicketId, $"post: {posted.Problem?.Code}");
            else _diary.Posted(_agentId, ticket.TicketId, messageId);
        }
        await Pause(_manners.BeforeReply(chance));
        var disposition = _manners.Disposition(ticket, chance);
        var resolved = await Insist(() => _client.Resolve(ticket.Reference, disposition, null, _stop.Token));
        if (resolved.Value is null) _diary.Failed(_agentId, ticket.TicketId, $"resolve: {resolved.Problem?.Code}");
        else Finish(resolved.Value);
    }

    private async Task WrapUp(Ticket ticket)
    {
        var disposition = _manners.Disposition(ticket, Chance(ticket.TicketId));
        var wrapped = await Insist(() => _client.WrapUp(ticket.Reference, disposition, null, _stop.Token));
        if (wrapped.Value is null) _diary.Failed(_agentId, ticket.TicketId, $"wrapUp: {wrapped.Problem?.Code}");
    }

    private void Finish(Ticket ticket)
    {
        _doneAtSeq[ticket.TicketId] = ticket.Seq;
        _diary.Resolved(_agentId, ticket.TicketId);
    }

    /// <summary>"Not now" is asked again, as the workspace does: repeating a command with the same ids is harmless.</summary>
    private async Task<Answer<Ticket>> Insist(Func<Task<Answer<Ticket>>> command)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await command();
            if (answer.Problem is not { IsPassing: true } || attempt == Attempts) return answer;
            await Task.Delay(TryAgain, _time, _stop.Token);
        }
    }

    // What a call on a hub throws when the connection is gone or going.
    private static bool IsBroken(Exception e) => e is HubException or IOException or InvalidOperationException or OperationCanceledException;

    private Task Pause(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, _time, _stop.Token) : Task.CompletedTask;

    private Random Chance(string ticketId)
    {
        var hash = (uint)_seed;
        foreach (var b in Encoding.UTF8.GetBytes(ticketId)) hash = (hash ^ b) * 16777619; // FNV-1a
        return new Random((int)hash);
    }
}
