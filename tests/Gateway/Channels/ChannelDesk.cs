using System.Text.Json;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests.Channels;

/// <summary>An agent at the desk, who takes what comes.</summary>
public static class ChannelDesk
{
    /// <summary>An agent at work, over the hub.</summary>
    public static async Task<Page> AtWork(this GatewayProcess gateway, string agent, int capacity = 3)
    {
        await gateway.Enroll(agent, capacity);
        var page = await Page.Open(gateway, ClientKit.Hubs.Agent, gateway.Token(agent, Role.Agent));
        await page.Do("Desk");
        await page.Do("SetStatus", "available", null);
        return page;
    }

    /// <summary>Waits for the offer of this ticket, takes it, and watches it.</summary>
    public static async Task<JsonElement> Take(this Page agent, string ticketId)
    {
        var offer = await agent.Pushed("Offered", offer => offer.GetProperty("ticket").GetProperty("ticketId").GetString() == ticketId);
        await agent.Do("Accept", ticketId, offer.GetProperty("reservation").GetProperty("reservationId").GetString());
        return await agent.Do("Watch", ticketId, 0);
    }
}
