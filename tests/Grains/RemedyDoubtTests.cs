using System.Globalization;
using CampusCare.Contracts;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Tests;

/// <summary>What looks like abuse goes to a person, with the reasons, and nobody is refused by a machine.</summary>
public sealed class RemedyDoubtTests
{
    private static readonly SupervisorRef Boss = new(CampusHost.Campus, "boss", "王主管");

    private readonly Orders _orders = new();
    private readonly Payments _payments = new();

    private Task<CampusHost> Start() => _payments.Campus(_orders);

    private static string Sketch(ulong shape) => new PictureSketch(shape, new UInt256(shape, ~shape, 7 * shape, 3)).ToString();

    // A customer misses something, and sends a picture of what came.
    private async Task<ITicketGrain> Missing(CampusHost campus, string customer, string sketch, int number, string phone = "")
    {
        var order = string.Create(CultureInfo.InvariantCulture, $"2026030200{number:0000}");
        _orders.Say(order, Orders.Of(customer, 10, number: order));
        var receipt = await campus.Grains.Customer(CampusHost.Campus, customer).Contact(
            new OpenTicket($"c{number}", new CustomerRef(customer, "小林", CustomerRole.Student, phone.Length == 0 ? null : phone), Channel.Web, "少送了一份米饭", order));
        var ticket = campus.Ticket(receipt.Value!.Ticket.TicketId);
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        var hash = string.Create(CultureInfo.InvariantCulture, $"{number:x64}");
        await campus.Files.Keep(new EvidenceName(CampusHost.Campus, receipt.Value.Ticket.TicketId, hash), new byte[] { 1 });
        (await ticket.AddEvidence(new AddEvidence(Author.Customer, customer, new EvidenceView(hash, "image/jpeg", 1, 9, 9)) { Sketches = [sketch] })).Refusal.ShouldBeNull();
        return ticket;
    }

    private static string IdOf(ITicketGrain ticket) => GrainKeys.Split(ticket.GetPrimaryKeyString()).Id;

    private static Task<TicketNews> Paid(CampusHost campus, ITicketGrain ticket) =>
        campus.Gateway.First<TicketNews>(news => news.Ticket.TicketId == IdOf(ticket) && news.Ticket.Remedies.Any(static remedy => remedy.State == RemedyState.Paid));

    private static async Task<ProposedRemedy> Proposed(CampusHost campus, ITicketGrain ticket) =>
        (await campus.Gateway.First<TicketNews>(news => news.Ticket.TicketId == IdOf(ticket) && !news.Ticket.ProposedRemedies.IsEmpty)).Ticket.ProposedRemedies.Single();

    // Asked after the ticket: its turn, which files the case, is over then.
    private static async Task<DoubtCase[]> Cases(CampusHost campus) => [.. await campus.Grains.DoubtDesk(CampusHost.Campus).Cases()];

    [Fact]
    public async Task The_same_picture_on_a_second_account_is_proposed_with_its_reason_and_given_when_a_supervisor_found_nothing_in_it()
    {
        await using var campus = await Start();
        var first = await Missing(campus, "s1", Sketch(0x1234_5678_9abc_def0), 1);
        await Paid(campus, first);
        var second = await Missing(campus, "s2", Sketch(0x1234_5678_9abc_def3), 2);
        var proposed = await Proposed(campus, second);
        (proposed.Needs, proposed.Reason).ShouldBe((RemedyAuthority.Agent, RemedyReason.Doubtful));
        proposed.Doubts.ShouldHaveSingleItem().ShouldBe(new DoubtView(DoubtSign.PictureSeen, 1, IdOf(first)));
        _payments.Asked.Count.ShouldBe(1);
        var events = (await second.History(0)).Value!.Events;
        events.ShouldContain(static e => e.Type == "message" && e.Author == Author.System && e.Text!.Contains("专人"));
        var matter = (await Cases(campus)).ShouldHaveSingleItem();
        (matter.TicketId, matter.CustomerId, matter.ClearedBy).ShouldBe((IdOf(second), "s2", null));

        (await second.ClearDoubts(new ClearDoubts(Boss))).Refusal.ShouldBeNull();
        await Paid(campus, second);
        (await second.ClearDoubts(new ClearDoubts(Boss))).Refusal.ShouldBeNull("repeating it is harmless");
        (await second.History(0)).Value!.Events.ShouldContain(static e => e.Type == "doubtsCleared" && e.AuthorId == "boss");
        (await Cases(campus)).Single().ClearedBy.ShouldBe("boss");
        _payments.Asked.Count.ShouldBe(2);
        (await first.ClearDoubts(new ClearDoubts(Boss))).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
    }

    [Fact]
    public async Task Another_picture_is_paid_at_once()
    {
        await using var campus = await Start();
        await Paid(campus, await Missing(campus, "s1", Sketch(0x1234_5678_9abc_def0), 1));
        await Paid(campus, await Missing(campus, "s2", Sketch(0xffff_0000_8888_1111), 2));
    }

    [Fact]
    public async Task An_erasure_takes_the_traces_of_pictures_along()
    {
        await using var campus = await Start();
        var first = await Missing(campus, "s1", Sketch(0x1234_5678_9abc_def0), 1);
        await Paid(campus, first);
        (await first.Erase(new EraseTicket(ErasureReason.Request, CloseOpen: true))).Refusal.ShouldBeNull();
        await Paid(campus, await Missing(campus, "s2", Sketch(0x1234_5678_9abc_def0), 2));
    }

    [Fact]
    public async Task Accounts_with_one_number_have_one_customers_limits_together_until_they_are_erased()
    {
        await using var campus = await Start();
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureRemedies(Payments.Policy with { CustomerDayFen = 10_000 })).Refusal.ShouldBeNull();
        for (var i = 1; i <= 4; i++) await Paid(campus, await Missing(campus, i < 3 ? "s1" : "s2", Sketch((ulong)i * 0x9e37_79b9_7f4a_7c15), i, "13800001111"));
        var fifth = await Missing(campus, "s3", Sketch(0x7777_aaaa_0f0f_3c3c), 5, "13800001111");
        (await Proposed(campus, fifth)).Doubts.ShouldHaveSingleItem().ShouldBe(new DoubtView(DoubtSign.LinkedAccounts, 5));
        await Paid(campus, await Missing(campus, "s4", Sketch(0x1357_9bdf_0246_8ace), 6, "13900002222"));

        foreach (var customer in new[] { "s1", "s2", "s3" }) await campus.Grains.RemedyAccount(CampusHost.Campus, customer).Forget();
        await Paid(campus, await Missing(campus, "s5", Sketch(0x5555_3333_0ff0_1221), 7, "13800001111"));
    }
}
