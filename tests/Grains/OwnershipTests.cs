using CampusCare.Contracts;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.ApiKeys;

namespace CampusCare.Grains.Tests;

/// <summary>Grains don't trust the gateway: whose ticket it is, they check themselves.</summary>
public sealed class OwnershipTests
{
    // What grains tell each other, or what only reads: nobody's command.
    private static readonly string[] NobodysCommands =
    [
        nameof(ITicketGrain.Open), nameof(ITicketGrain.Get), nameof(ITicketGrain.History), nameof(ITicketGrain.Follow), nameof(ITicketGrain.ReservationGranted),
        nameof(ITicketGrain.ReservationExpired), nameof(ITicketGrain.ReservationRecalled), nameof(ITicketGrain.WrapUpExpired), nameof(ITicketGrain.AgentGone),
        nameof(ITicketGrain.ClocksDue), nameof(ITicketGrain.ConsultAnswered), nameof(ITicketGrain.ReplyReturned), nameof(ITicketGrain.ReplyTried), nameof(ITicketGrain.Erase),
        nameof(ITicketGrain.AnswerOfConsult), nameof(ITicketGrain.DropOrphans), nameof(ITicketGrain.OrderFound), nameof(ITicketGrain.ConsiderRemedy), nameof(ITicketGrain.RemedyTried),
        nameof(ITicketGrain.Summarized), nameof(ITicketGrain.Categorized), nameof(ITicketGrain.Foresee), nameof(ITicketGrain.HearIncident),
    ];

    private static readonly Dictionary<string, Func<ITicketGrain, string, string, Task<Refusal?>>> Commands = new()
    {
        [nameof(ITicketGrain.Post)] = async (ticket, who, _) =>
            (await ticket.Post(new PostMessage("x1", Author.Agent, who, "嗨"))).Refusal ?? (await ticket.Post(new PostMessage("x2", Author.Customer, who, "嗨"))).Refusal,
        [nameof(ITicketGrain.Accept)] = async (ticket, who, offer) => (await ticket.Accept(new AnswerOffer(who, offer))).Refusal,
        [nameof(ITicketGrain.Reject)] = async (ticket, who, offer) => (await ticket.Reject(new AnswerOffer(who, offer))).Refusal,
        [nameof(ITicketGrain.Resolve)] = async (ticket, who, _) => (await ticket.Resolve(new ResolveTicket(who, "solved"))).Refusal,
        [nameof(ITicketGrain.WrapUp)] = async (ticket, who, _) => (await ticket.WrapUp(new ResolveTicket(who, "solved"))).Refusal,
        [nameof(ITicketGrain.Transfer)] = async (ticket, who, _) => (await ticket.Transfer(new TransferTicket(who, "general", null))).Refusal,
        [nameof(ITicketGrain.Consult)] = async (ticket, who, _) => (await ticket.Consult(new ConsultColleague(who, "q1", "要赔吗", "general", null))).Refusal,
        [nameof(ITicketGrain.Promise)] = async (ticket, who, _) => (await ticket.Promise(new MakePromise(who, DateTimeOffset.UtcNow.AddHours(1)))).Refusal,
        [nameof(ITicketGrain.ShowPhone)] = async (ticket, who, _) => (await ticket.ShowPhone(who)).Refusal,
        [nameof(ITicketGrain.Note)] = async (ticket, who, _) => (await ticket.Note(new WriteNote("n1", "south/" + who, "看过"))).Refusal,
        [nameof(ITicketGrain.Listen)] = async (ticket, who, _) => (await ticket.Listen(Foreign(who))).Refusal,
        [nameof(ITicketGrain.Whisper)] = async (ticket, who, _) => (await ticket.Whisper(new WhisperToAgent(Foreign(who), "w1", "快点"))).Refusal,
        [nameof(ITicketGrain.Join)] = async (ticket, who, _) => (await ticket.Join(Foreign(who))).Refusal,
        [nameof(ITicketGrain.Leave)] = async (ticket, who, _) => (await ticket.Leave(Foreign(who))).Refusal,
        [nameof(ITicketGrain.TakeOver)] = async (ticket, who, _) =>
            (await ticket.TakeOver(new TakeOverTicket(Foreign(who)))).Refusal ?? (await ticket.TakeOver(new TakeOverTicket(Foreign(who), "general"))).Refusal,
        [nameof(ITicketGrain.Signal)] = (ticket, who, _) => OfAnySide(async side => (await ticket.Signal(new SendSignal(side, who, new CallSignal(SignalKind.Ready, "p1", null, 1, null)))).Refusal),
        [nameof(ITicketGrain.MoveCall)] = (ticket, who, _) => OfAnySide(async side => (await ticket.MoveCall(new MoveCall(side, who, CallStep.Ended))).Refusal),
        [nameof(ITicketGrain.KeepPlace)] = async (ticket, who, _) => (await ticket.KeepPlace(new KeepPlace(who, Channel.Web))).Refusal,
        [nameof(ITicketGrain.Rate)] = async (ticket, who, _) => (await ticket.Rate(new RateTicket(who, 1))).Refusal,
        [nameof(ITicketGrain.Judge)] = async (ticket, who, _) => (await ticket.Judge(new JudgeAnswer(who, AnswerVerdict.Helped))).Refusal,
        [nameof(ITicketGrain.AddEvidence)] = async (ticket, who, _) => (await ticket.AddEvidence(
            new AddEvidence(who.StartsWith('s') ? Author.Customer : Author.Agent, who, new EvidenceView(new string('a', 64), "image/png", 1, 1, 1)))).Refusal,
        [nameof(ITicketGrain.GrantRemedy)] = async (ticket, who, _) => (await ticket.GrantRemedy(new GrantRemedy(who, "late"))).Refusal,
        [nameof(ITicketGrain.ApproveRemedy)] = async (ticket, who, _) => (await ticket.ApproveRemedy(new ApproveRemedy(Foreign(who), "t-1"))).Refusal,
        [nameof(ITicketGrain.ClearDoubts)] = async (ticket, who, _) => (await ticket.ClearDoubts(new ClearDoubts(Foreign(who)))).Refusal,
        [nameof(ITicketGrain.TakeRemedyBack)] = async (ticket, who, _) =>
            (await ticket.TakeRemedyBack(new TakeRemedyBack("t-1", who))).Refusal ?? (await ticket.TakeRemedyBack(new TakeRemedyBack("t-1", null, Foreign(who)))).Refusal,
        [nameof(ITicketGrain.Close)] = async (ticket, who, _) => (await ticket.Close(new CloseTicket(who))).Refusal,
    };

    // Refused only when it is whoever one claims to be.
    private static async Task<Refusal?> OfAnySide(Func<Author, Task<Refusal?>> command) =>
        await command(Author.Customer) is { } no && await command(Author.Agent) is not null && await command(Author.Supervisor) is not null ? no : null;

    // A supervisor indeed, but of another campus.
    private static SupervisorRef Foreign(string id) => new("south", id, "别处的主管");

    [Fact]
    public async Task A_stranger_s_command_changes_nothing_whatever_the_ticket_s_state()
    {
        typeof(ITicketGrain).GetMethods().Select(static method => method.Name).Except(NobodysCommands).ShouldBe(Commands.Keys, ignoreOrder: true, "Say here how a new command is refused to strangers.");
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        var ticket = campus.Ticket((await campus.Ask("c1")).Value!.Ticket.TicketId);
        var offer = (await campus.Gateway.Offer()).Reservation.ReservationId;
        await RefuseStrangers(ticket, offer);
        await ticket.Accept(new AnswerOffer("a1", offer));
        await RefuseStrangers(ticket, offer);
        await ticket.Resolve(new ResolveTicket("a1", null));
        await RefuseStrangers(ticket, offer);
        await ticket.Rate(new RateTicket("s1", 5));
        await RefuseStrangers(ticket, offer);
    }

    [Fact]
    public async Task A_key_is_believed_by_its_hash_alone_and_not_after_it_was_taken_back()
    {
        await using var campus = await CampusHost.Start();
        var keys = campus.Grains.ApiKeys(CampusHost.Campus);
        var hash = new string('a', 64);
        var made = new NewApiKey("k1", "the app's server", hash, ["tickets:read"], null, "boss");
        (await keys.Create(made)).Value!.KeyId.ShouldBe("k1");
        (await keys.Create(made)).Refusal.ShouldBeNull("repeating is harmless");
        (await keys.Create(made with { Hash = new string('b', 64) })).Refusal!.Code.ShouldBe(RefusalCode.Invalid);
        (await keys.Check("k1", hash))!.LastUsedAt.ShouldNotBeNull();
        (await keys.Check("k1", new string('b', 64))).ShouldBeNull();
        (await keys.Check("k2", hash)).ShouldBeNull();
        (await campus.Grains.ApiKeys("south").Check("k1", hash)).ShouldBeNull();
        await campus.Restart();
        keys = campus.Grains.ApiKeys(CampusHost.Campus);
        (await keys.Check("k1", hash)).ShouldNotBeNull();
        (await keys.Revoke("k1", "boss")).Value!.RevokedBy.ShouldBe("boss");
        (await keys.Revoke("k1", "somebody else")).Value!.RevokedBy.ShouldBe("boss");
        (await keys.Check("k1", hash)).ShouldBeNull();
    }

    [Fact]
    public async Task A_campus_has_so_many_keys_and_forgets_only_those_that_ended()
    {
        await using var campus = await CampusHost.Start();
        var keys = campus.Grains.ApiKeys(CampusHost.Campus);
        for (var i = 0; i < ApiKeysGrain.Maximum; i++) (await keys.Create(Key(i))).Refusal.ShouldBeNull();
        (await keys.Create(Key(ApiKeysGrain.Maximum))).Refusal!.Code.ShouldBe(RefusalCode.Invalid);
        await keys.Revoke("k7", "boss");
        (await keys.Create(Key(ApiKeysGrain.Maximum))).Refusal.ShouldBeNull();
        var known = (await keys.List()).Select(static key => key.KeyId).ToList();
        known.Count.ShouldBe(ApiKeysGrain.Maximum);
        known.ShouldNotContain("k7");
        known[0].ShouldBe($"k{ApiKeysGrain.Maximum}");
    }

    private static NewApiKey Key(int number) => new($"k{number}", "x", number.ToString().PadLeft(64, '0'), ["tickets:read"], null, "boss");

    private static async Task RefuseStrangers(ITicketGrain ticket, string offer)
    {
        var before = (await ticket.Get()).Value!.Seq;
        foreach (var (name, command) in Commands)
            foreach (var stranger in new[] { "a2", "s2", "south/a1", "" })
                (await command(ticket, stranger, offer)).ShouldNotBeNull($"{name} by '{stranger}'");
        (await ticket.Get()).Value!.Seq.ShouldBe(before);
    }
}
