using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Webhooks;

namespace CampusCare.Grains.Webhooks;

/// <summary>
/// Incidents, told one after the other, with the pauses of tickets' events. They are few, and stand in the subscription's own
/// state; after a restart they go on with the next thing that there is to tell.
/// </summary>
public sealed partial class WebhookGrain
{
    /// <summary>Incidents that wait; the oldest is forgotten first.</summary>
    public const int MaximumIncidents = 32;

    private DateTimeOffset? NextIncidentDue => state.State.Incidents.IsEmpty ? null : state.State.Incidents[0].DueAt;

    public async Task TellIncident(Incident incident)
    {
        if (state.State.Url is null || !state.State.Events.Contains(WebhookBodies.TypeOf(incident)) || state.State.Incidents.Any(known => known.Incident == incident)) return;
        var waiting = state.State.Incidents.Add(new UntoldIncident(incident, 0, time.GetUtcNow()));
        await state.Save(state.State with { Incidents = [.. waiting.TakeLast(MaximumIncidents)] });
        await this.AsReference<IWebhookGrain>().Nudge();
    }

    // True when one was told, or given up: the next may follow.
    private async Task<bool> TellNextIncident(string url)
    {
        if (NextIncidentDue is not { } due || due > time.GetUtcNow()) return false;
        var next = state.State.Incidents[0];
        var key = WebhookBodies.Key(next.Incident.IncidentId, next.Incident.Version);
        var isDone = await sender.Post(url, state.State.Secrets, key, WebhookBodies.Of(Campus, next.Incident)) is null || next.Attempts + 1 >= MaximumAttempts;
        await state.Save(state.State with
        {
            Incidents = isDone ? state.State.Incidents.RemoveAt(0) : state.State.Incidents.SetItem(0, next with { Attempts = next.Attempts + 1, DueAt = time.GetUtcNow() + Pause(next.Incident.IncidentId, next.Attempts + 1) }),
        });
        return isDone;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
