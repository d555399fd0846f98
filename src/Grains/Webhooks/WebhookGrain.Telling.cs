using CampusCare.Contracts.Webhooks;
using CampusCare.Storage;

namespace CampusCare.Grains.Webhooks;

/// <summary>How events are told: tickets side by side, each ticket's events one after the other.</summary>
public sealed partial class WebhookGrain
{
    /// <summary>Tickets that are told side by side.</summary>
    public const int AtOnce = 32;

    /// <summary>Attempts before an event is given up: with the pauses below, sixteen hours.</summary>
    public const int MaximumAttempts = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(2);

    private IGrainTimer? _alarm;

    public async Task Nudge()
    {
        _alarm?.Dispose();
        _alarm = null;
        if (state.State.Url is not { } url)
        {
            // A ticket that knew of it told it before it heard of the end.
            await deliveries.Drop(Campus, Id);
            return;
        }
        var due = await deliveries.Due(Campus, Id, time.GetUtcNow(), AtOnce);
        var incident = TellNextIncident(url);
        await Task.WhenAll(due.Select(one => Tell(url, one)));
        if (await incident || due.Count > 0) await this.AsReference<IWebhookGrain>().Nudge();
        else await Wait();
    }

    /// <summary>The pause before the next attempt: it doubles, and differs a little from ticket to ticket.</summary>
    public static TimeSpan Pause(string ticketId, long attempts)
    {
        var pause = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, attempts - 1));
        var chance = ((uint)TicketHash(ticketId) * 31 + attempts) % 1000 / 1000.0;
        return TimeSpan.FromSeconds(pause * (0.75 + 0.5 * chance));
    }

    private async Task Tell(string url, WebhookDelivery one)
    {
        var fault = await Body(one) is { } body
            ? await sender.Post(url, state.State.Secrets, WebhookBodies.Key(one.TicketId, one.Seq), body)
            : null;
        if (fault is null)
        {
            await deliveries.Delivered(Campus, Id, one.TicketId, one.Seq);
            return;
        }
        var attempts = one.Attempts + 1;
        var givenUp = attempts >= MaximumAttempts;
        var next = time.GetUtcNow() + (givenUp ? TimeSpan.Zero : Pause(one.TicketId, attempts));
        await deliveries.Failed(Campus, Id, one with { Attempts = attempts, DueAt = next, Fault = fault }, givenUp);
    }

    // Null for an event that is not there: then there is nothing to tell.
    private async Task<byte[]?> Body(WebhookDelivery one)
    {
        var events = await journal.Read(Campus, one.TicketId, one.Seq - 1);
        var row = await rows.Find(Campus, one.TicketId);
        return events is [var happened, ..] && row is not null ? WebhookBodies.Of(happened, row) : null;
    }

    private async Task Wait()
    {
        if (Earlier(await deliveries.NextDue(Campus, Id), NextIncidentDue) is not { } next) return;
        var pause = next - time.GetUtcNow();
        _alarm = this.RegisterGrainTimer(_ => this.AsReference<IWebhookGrain>().Nudge(), new GrainTimerCreationOptions(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    private static int TicketHash(string ticketId)
    {
        var hash = 17;
        foreach (var letter in ticketId) hash = unchecked(hash * 31 + letter);
        return hash;
    }
}
