using Xunit.Abstractions;

namespace CampusCare.Client.Tests;

/// <summary>The same with the TypeScript package, in Node.</summary>
public sealed class TypeScriptTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Whatever_is_cut_nothing_is_lost_and_nothing_doubled()
    {
        Skip.If(NodeTalk.WhyNot is not null, NodeTalk.WhyNot);
        await using var gateway = await TestGateway.Start();
        var networks = Cutting.Networks(gateway.Url, Cutting.Cuts);
        await using var talk = await NodeTalk.Begin(gateway.Rest, networks);
        await talk.Until(Cutting.Enough(networks.Values, gateway.KillAndRestart)).WaitAsync(Cutting.Patience);
        var (written, tickets) = await talk.Stop().WaitAsync(Cutting.Patience);
        var truth = await Truth(gateway.Rest, tickets);
        var seen = await talk.Seen(truth.ToDictionary(ticket => ticket.Ticket.TicketId, ticket => ticket.Ticket.Seq)).WaitAsync(Cutting.Patience);

        foreach (var view in seen)
        {
            var last = truth.Single(ticket => ticket.Ticket.TicketId == view.TicketId).Ticket.Seq;
            // What happened since the journal was read, as a clock that ran out, may be among it.
            view.Seqs.ShouldBe(Enumerable.Range(1, Math.Max((int)last, view.Seqs.Length)).Select(seq => (long)seq), $"{view.Who} ({view.Transport}) of {view.TicketId}");
        }
        var stored = truth.SelectMany(ticket => ticket.Events).Select(happened => happened.MessageId).OfType<string>().ToList();
        stored.ShouldBeUnique();
        written.Except(stored).ShouldBeEmpty("a message that was acknowledged is not stored");
        await Cutting.End(networks, transport => seen.Where(view => view.Transport.Equals($"{transport}", StringComparison.OrdinalIgnoreCase)).Sum(view => view.Seqs.LongLength), output.WriteLine);
        output.WriteLine($"one gateway killed; {tickets.Length} tickets, {written.Length} messages written: 0 missing, 0 doubled, order kept");
    }

    private static async Task<TicketHistory[]> Truth(GatewayClient rest, IEnumerable<string> tickets)
    {
        var token = (await rest.SignIn(new Person("north", "Supervisor", "node-reader", "node-reader"))).Yes.Value;
        return await Task.WhenAll(tickets.Select(async ticket => (await rest.Events(token, "north", ticket)).Yes));
    }
}
