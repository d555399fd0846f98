using System.Threading.Channels;
using CampusCare.Client;

namespace CampusCare.Cli.Rush;

/// <summary>One contact of one customer, from the question to the rating, through the customer hub.</summary>
internal sealed class SimulatedCustomer(Uri gateway, string token, Random chance, TimeProvider time)
{
    private const int NewsKept = 64;

    // 1–5 stars, cumulative: most people are content.
    private static readonly double[] StarShares = [0.05, 0.10, 0.25, 0.60, 1.0];

    /// <summary>Asks, listens, answers at times, rates at times.</summary>
    public async Task Live(string contactId, string text, CancellationToken stop)
    {
        await using var client = new CustomerClient(gateway, token);
        var news = Channel.CreateBounded<TicketHistory>(new BoundedChannelOptions(NewsKept) { FullMode = BoundedChannelFullMode.DropOldest });
        await client.Start(stop);
        if ((await client.OpenContact(text, OrderNumber(), contactId).WaitAsync(stop)).Value is not { } opened) return;
        var ticketId = opened.Ticket.TicketId;
        await using var watch = client.Watch(ticketId, it => news.Writer.TryWrite(it));
        await Listen(client, ticketId, text, news.Reader, stop);
    }

    private async Task Listen(CustomerClient client, string ticketId, string text, ChannelReader<TicketHistory> news, CancellationToken stop)
    {
        var said = 0;
        await foreach (var change in news.ReadAllAsync(stop))
        {
            if (change.Ticket.Phase == "closed") return;
            if (change.Ticket is { Phase: "resolved", Bot: { HandedOver: null, Helped: null } bot })
            {
                if (!await Judge(client, ticketId, text, bot, ++said, stop)) return;
                continue;
            }
            if (change.Ticket.Phase == "resolved")
            {
                await Rate(client, ticketId, stop);
                return;
            }
            if (!change.Events.Any(e => e is { Type: "message", Author: "agent" }) || chance.NextDouble() > RushPace.FollowUp) continue;
            await Task.Delay(RushPace.BeforeFollowUp(chance), time, stop);
            await client.Post(ticketId, chance.Pick(Phrases.FollowUp), $"{ticketId}-{++said}").WaitAsync(stop);
        }
    }

    // A simulated person knows what the trouble is: an answer about it helps most, one about something else nobody.
    private async Task<bool> Judge(CustomerClient client, string ticketId, string text, BotAnswer bot, int said, CancellationToken stop)
    {
        await Task.Delay(RushPace.BeforeVerdict(chance), time, stop);
        if (bot.Choices.Length > 0)
        {
            await client.Post(ticketId, bot.Choices[chance.Next(bot.Choices.Length)], $"{ticketId}-choice-{said}").WaitAsync(stop);
            return true;
        }
        var helped = Phrases.IsAnsweredBy(text, bot.ArticleId) && chance.NextDouble() < RushPace.HelpsIfRight;
        if (!helped && chance.NextDouble() < RushPace.SilentIfWrong) return false;
        await client.Judge(ticketId, helped ? "helped" : chance.NextDouble() < 0.5 ? "notHelped" : "person", stop);
        return !helped;
    }

    private async Task Rate(CustomerClient client, string ticketId, CancellationToken stop)
    {
        if (chance.NextDouble() > RushPace.Rates) return;
        await Task.Delay(RushPace.BeforeRating(chance), time, stop);
        var draw = chance.NextDouble();
        var stars = 1 + Array.FindIndex(StarShares, share => draw < share);
        await client.Rate(ticketId, stars, chance.Pick(Phrases.Comments[stars - 1]), stop);
    }

    private string? OrderNumber() => chance.NextDouble() < RushPace.WithOrder ? $"{chance.NextInt64(10_000_000_000, 99_999_999_999)}" : null;
}
