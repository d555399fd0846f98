using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Incidents;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Forecasts;
using CampusCare.Grains.Incidents;

namespace CampusCare.Grains.Tickets;

/// <summary>What is broken, told to who comes because of it.</summary>
public sealed partial class TicketGrain
{
    public async Task<Outcome<TicketView>> HearIncident(IncidentWord word)
    {
        if (await GrainFactory.Campus(_campus).Settings() is not { } campus) return Unknown;
        var incident = Known(word.Incident, campus);
        return await Answer(ticket => word.IsOver ? TicketRules.TellIncidentOver(ticket, incident) : TicketRules.TellIncident(ticket, incident));
    }

    private static KnownIncident? IncidentOf(CampusSettings campus, Category category) =>
        campus.Incidents.FirstOrDefault(open => open.Category == category) is { } incident ? Known(incident, campus) : null;

    private static KnownIncident Known(Incident incident, CampusSettings campus) =>
        new(incident.IncidentId, incident.Category, incident.Text.Words(), incident.ExpectedEnd?.ToOffset(CampusClock.Of(campus)));
}
