using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;

namespace CampusCare.Simulation;

/// <summary>
/// A person with a problem: asks until there is a receipt, waits, keeps the place and goes, presses, gives up, or rates,
/// or says that it isn't solved.
/// </summary>
internal static class SimulatedCustomer
{
    private static readonly string[] Texts =
    [
        "我的外卖一个小时了还没到", "骑手态度特别差还骂人", "少送了一杯奶茶", "送错餐了我点的是牛肉饭", "吃完上吐下泻，食物中毒了",
        "退款怎么还没到账", "餐都凉了特别难吃", "包装漏了汤全洒了", "app闪退付不了款", "地址填错了能改吗",
    ];

    // Of twenty contacts.
    private static readonly Channel[] Channels =
    [
        .. Enumerable.Repeat(Channel.Web, 8), .. Enumerable.Repeat(Channel.MiniProgram, 6), .. Enumerable.Repeat(Channel.Phone, 3), Channel.Rest, Channel.Email, Channel.Sms,
    ];

    // Half of them are helped; the others say so, or write more, or ask for a person, and begin to wait.
    private static async Task<bool> Judge(CampusWorld world, ITicketGrain ticket, TicketView view, string customer, Func<string, string, PostMessage> words, int looks)
    {
        if (!view.Bot!.Choices.IsEmpty)
        {
            await world.Stubbornly(() => ticket.Post(words($"choice-{looks}", view.Bot.Choices[world.Random.Next(view.Bot.Choices.Length)])));
            return false;
        }
        var draw = world.Random.Next(10);
        if (draw == 9) await world.Stubbornly(() => ticket.Post(words($"more-{looks}", "月亮上面有兔子吗")));
        else await world.Stubbornly(() => ticket.Judge(new JudgeAnswer(customer, draw < 5 ? AnswerVerdict.Helped : draw < 7 ? AnswerVerdict.NotHelped : AnswerVerdict.Person)));
        return draw >= 5;
    }

    public static async Task Live(CampusWorld world, int number)
    {
        var customer = $"s{number}";
        var text = Texts[world.Random.Next(Texts.Length)];
        var tier = world.Random.Next(12) == 0 ? CustomerTier.Vip : CustomerTier.Standard;
        var channel = Channels[world.Random.Next(Channels.Length)];
        var contact = new OpenTicket("c1", new CustomerRef(customer, "同学", CustomerRole.Student, "13800000000", tier), channel, text)
        {
            ReplyTo = channel is Channel.Web or Channel.Rest or Channel.Phone ? null : new ReplyTo(customer),
        };
        PostMessage Words(string messageId, string words) => new(messageId, Author.Customer, customer, words)
        {
            Channel = contact.ReplyTo is null ? null : channel,
            ReplyTo = contact.ReplyTo,
        };
        var receipt = await world.Stubbornly(() => world.Grains.Customer(CampusWorld.Campus, customer).Contact(contact));
        var id = receipt.Value!.Ticket.TicketId;
        world.Invariants.Acknowledge(customer, id);

        var ticket = world.Grains.Ticket(CampusWorld.Campus, id);
        var patience = world.Exponential(world.Options.Patience);
        var asked = world.Time.GetUtcNow();
        var reopened = false;
        for (var looks = 0; ; looks++)
        {
            await Task.Delay(world.Options.LookAgain, world.Time);
            var view = (await world.Stubbornly(ticket.Get)).Value!;
            switch (view.Phase)
            {
                case TicketPhase.Closed:
                    return;
                case TicketPhase.Waiting or TicketPhase.Offered when !view.PlaceIsKept && world.Time.GetUtcNow() - asked > patience:
                    await world.Stubbornly(() => ticket.Close(new CloseTicket(customer)));
                    world.GaveUp++;
                    return;
                case TicketPhase.Waiting when world.Random.Next(20) == 0:
                    await world.Stubbornly(() => ticket.KeepPlace(new KeepPlace(customer, Channel.Phone)));
                    continue;
                case TicketPhase.Assigned when world.Random.Next(10) == 0:
                    await world.Stubbornly(() => ticket.Post(Words($"press-{looks}", "在吗？")));
                    continue;
                case TicketPhase.Resolved when view.Bot is { HandedOver: null, Helped: null }:
                    if (await Judge(world, ticket, view, customer, Words, looks)) asked = world.Time.GetUtcNow();
                    continue;
                case TicketPhase.Resolved when !reopened && world.Random.Next(10) == 0:
                    reopened = true;
                    asked = world.Time.GetUtcNow();
                    await world.Stubbornly(() => ticket.Post(Words("again", "还是没有解决")));
                    continue;
                case TicketPhase.Resolved:
                    await world.Stubbornly(() => ticket.Rate(new RateTicket(customer, world.Random.Next(1, 6))));
                    world.Solved++;
                    return;
            }
        }
    }
}
