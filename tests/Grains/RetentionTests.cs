using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CampusCare.Grains.Tests;

/// <summary>What a campus keeps no longer is gone, everywhere, and the chains still hold.</summary>
public sealed class RetentionTests
{
    private const string Words = "蓝色保温箱里的麻辣烫洒了";
    private const string Name = "小林";
    private const string Phone = "13800000000";

    [Fact]
    public async Task Closed_tickets_lose_what_is_personal_after_their_time_and_open_ones_keep_it()
    {
        var time = new PastTime(TimeSpan.FromDays(31));
        await using var campus = await CampusHost.Start(services: time.Register);
        await Keep(campus, days: 30);
        var closed = await Closed(campus, "c1");
        var resolved = await Resolved(campus, "c2", "s2");
        var open = (await campus.Ask("c3", "还没送到", customer: "s3")).Value!.Ticket.TicketId;
        await time.Pass(campus, TimeSpan.FromDays(29));
        (await campus.Grains.Retention(CampusHost.Campus).Sweep()).Erased.ShouldBe(0);
        var before = await campus.Ticket(closed).History(0);

        await time.Pass(campus, TimeSpan.FromDays(31));
        (await campus.Grains.Retention(CampusHost.Campus).Sweep()).Erased.ShouldBe(2);
        (await campus.Grains.Retention(CampusHost.Campus).Sweep()).Erased.ShouldBe(0);

        await ShouldBeErased(campus, closed);
        await ShouldBeErased(campus, resolved);
        var after = (await campus.Ticket(closed).History(0)).Value!;
        after.Events[..^1].Select(e => (e.Seq, e.Type, e.AuthorId, e.Detail)).ShouldBe(before.Value!.Events.Select(e => (e.Seq, e.Type, e.AuthorId, e.Detail)));
        (await campus.Ticket(open).History(0)).Value!.Events[0].Text.ShouldBe("还没送到");
        (await Stored(campus)).ShouldNotContain(Words);

        await campus.Restart();
        await ShouldBeErased(campus, closed);
        (await campus.Verifier.Verify()).First.ShouldBeNull();
    }

    [Fact]
    public async Task Why_an_offer_was_declined_is_erased_with_the_rest()
    {
        var time = new PastTime(TimeSpan.FromDays(2));
        await using var campus = await CampusHost.Start(services: time.Register);
        await Keep(campus, days: 1);
        var id = (await campus.Ask("c1", "还没送到")).Value!.Ticket.TicketId;
        var offer = await campus.Gateway.Offer(offer => offer.Ticket.TicketId == id);
        (await campus.Ticket(id).Reject(new AnswerOffer("a1", offer.Reservation.ReservationId, Words))).Refusal.ShouldBeNull();
        (await campus.Ticket(id).History(0)).Value!.Events.Single(e => e.Type == TicketEventTypes.OfferRejected).Detail.ShouldBe(Words);
        (await campus.Ticket(id).Close(new CloseTicket("s1"))).Refusal.ShouldBeNull();
        (await Stored(campus)).ShouldContain(Words);

        await time.Pass(campus, TimeSpan.FromDays(2));
        (await campus.Grains.Retention(CampusHost.Campus).Sweep()).Erased.ShouldBe(1);

        (await campus.Ticket(id).History(0)).Value!.Events.Single(e => e.Type == TicketEventTypes.OfferRejected).Detail.ShouldBeNull();
        (await Stored(campus)).ShouldNotContain(Words);
        (await campus.Verifier.Verify()).First.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_added_to_what_was_erased()
    {
        var time = new PastTime(TimeSpan.FromDays(2));
        await using var campus = await CampusHost.Start(services: time.Register);
        await Keep(campus, days: 1);
        var id = await Closed(campus, "c1", rated: false);
        await time.Pass(campus, TimeSpan.FromDays(2));
        (await campus.Grains.Retention(CampusHost.Campus).Sweep()).Erased.ShouldBe(1);

        (await campus.Ticket(id).Rate(new RateTicket("s1", 5, Words))).Refusal!.Code.ShouldBe(RefusalCode.TicketClosed);
        (await campus.Ticket(id).Post(new PostMessage("m9", Author.Customer, "s1", Words))).Refusal!.Code.ShouldBe(RefusalCode.TicketClosed);
        (await campus.Ticket(id).Note(new WriteNote("n9", "a1", Words))).Refusal!.Code.ShouldBe(RefusalCode.TicketClosed);
        (await Stored(campus)).ShouldNotContain(Words);
    }

    [Fact]
    public async Task A_question_to_a_colleague_about_an_erased_matter_is_erased_with_it()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        var id = (await campus.Ask("c1", Words)).Value!.Ticket.TicketId;
        await Accept(campus, id);
        (await campus.Ticket(id).Consult(new ConsultColleague("a1", "q1", $"{Words}？", "safety", null))).Refusal.ShouldBeNull();

        (await campus.Ticket(id).Erase(new EraseTicket(ErasureReason.Request))).Refusal!.Code.ShouldBe(RefusalCode.TicketOpen);
        (await Stored(campus)).ShouldContain(Words);
        (await campus.Ticket(id).Erase(new EraseTicket(ErasureReason.Request, CloseOpen: true))).Refusal.ShouldBeNull();

        (await Stored(campus)).ShouldNotContain(Words);
        (await campus.Verifier.Verify()).First.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sweep_that_dies_in_the_middle_goes_on_after_a_restart(bool afterErasing)
    {
        var time = new PastTime(TimeSpan.FromDays(2));
        var fault = new EraseFault { FailAt = 3, AfterErasing = afterErasing };
        await using var campus = await CampusHost.Start(services: services =>
        {
            time.Register(services);
            fault.Register(services);
        });
        await Keep(campus, days: 1);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add(await Closed(campus, $"c{i}"));
        await time.Pass(campus, TimeSpan.FromDays(2));
        await Should.ThrowAsync<Exception>(() => campus.Grains.Retention(CampusHost.Campus).Sweep());

        await campus.Restart();
        while ((await campus.Grains.Retention(CampusHost.Campus).Sweep()).More)
        {
        }

        foreach (var id in ids) await ShouldBeErased(campus, id);
        (await Stored(campus)).ShouldNotContain(Words);
        (await campus.Verifier.Verify()).First.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_that_no_ticket_names_are_deleted_even_when_a_sweep_dies_in_the_middle(bool afterDeleting)
    {
        var time = new PastTime(TimeSpan.FromHours(2));
        var fault = new FileFault { FailAt = 3, AfterDeleting = afterDeleting };
        await using var campus = await CampusHost.Start(services: services =>
        {
            time.Register(services);
            fault.Register(services);
        });
        var tickets = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var id = (await campus.Ask($"c{i}", customer: $"s{i}")).Value!.Ticket.TicketId;
            tickets.Add(id);
            await campus.Files.Keep(Named(id), new byte[] { 1 });
            (await campus.Ticket(id).AddEvidence(new AddEvidence(Author.Customer, $"s{i}", new EvidenceView(Named(id).Hash, "image/png", 1, 1, 1)))).Refusal.ShouldBeNull();
            await campus.Files.Keep(Orphan(id), new byte[] { 2 }); // sent, and the process died
        }
        await campus.Files.Keep(Orphan("0123456789abcdef"), new byte[] { 3 }); // of a ticket that never was
        (await campus.Grains.Retention(CampusHost.Campus).SweepFiles()).Erased.ShouldBe(0, "their tickets may be about to name them");

        await time.Pass(campus, TimeSpan.FromHours(2));
        await Should.ThrowAsync<Exception>(() => campus.Grains.Retention(CampusHost.Campus).SweepFiles());
        await campus.Restart();
        while ((await campus.Grains.Retention(CampusHost.Campus).SweepFiles()).More)
        {
        }

        tickets.Where(id => campus.Files.Has(Orphan(id))).ShouldBeEmpty();
        campus.Files.Has(Orphan("0123456789abcdef")).ShouldBeFalse();
        tickets.Where(id => !campus.Files.Has(Named(id))).ShouldBeEmpty("what a ticket names stays");
        (await campus.Grains.Retention(CampusHost.Campus).SweepFiles()).Erased.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_came_while_its_ticket_was_erased_goes_and_one_that_is_gone_is_not_named()
    {
        var time = new PastTime(TimeSpan.FromHours(2));
        await using var campus = await CampusHost.Start(services: time.Register);
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        (await campus.Ticket(id).AddEvidence(new AddEvidence(Author.Customer, "s1", new EvidenceView(Named(id).Hash, "image/png", 1, 1, 1)))).Refusal!.Code.ShouldBe(RefusalCode.StorageUnavailable);
        await campus.Files.Keep(Named(id), new byte[] { 1 });
        (await campus.Ticket(id).AddEvidence(new AddEvidence(Author.Customer, "s1", new EvidenceView(Named(id).Hash, "image/png", 1, 1, 1)))).Refusal.ShouldBeNull();
        (await campus.Ticket(id).Erase(new EraseTicket(ErasureReason.Request, CloseOpen: true))).Value!.Files.ShouldBe(1);

        await campus.Files.Keep(Named(id), new byte[] { 1 });
        await time.Pass(campus, TimeSpan.FromHours(2));
        (await campus.Grains.Retention(CampusHost.Campus).SweepFiles()).Erased.ShouldBe(1);
        campus.Files.Has(Named(id)).ShouldBeFalse();
    }

    private static EvidenceName Named(string id) => new(CampusHost.Campus, id, new string('a', 64));

    private static EvidenceName Orphan(string id) => new(CampusHost.Campus, id, new string('b', 64));

    [Theory]
    [InlineData(-1)]
    [InlineData(3_651)]
    public async Task Days_that_make_no_sense_are_refused(int days)
    {
        await using var campus = await CampusHost.Start();
        var answer = await campus.Grains.Campus(CampusHost.Campus).ConfigureRetention(new RetentionSettings(days));
        answer.Refusal!.Field.ShouldBe("retention.personalDays");
    }

    private static async Task Keep(CampusHost campus, int days)
    {
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureRetention(new RetentionSettings(days))).Refusal.ShouldBeNull();
        await campus.Agent("a1");
    }

    private static async Task<string> Closed(CampusHost campus, string contact, bool rated = true)
    {
        var id = await Resolved(campus, contact, "s1");
        if (rated) (await campus.Ticket(id).Rate(new RateTicket("s1", 4, Words))).Refusal.ShouldBeNull();
        else (await campus.Ticket(id).Close(new CloseTicket("s1"))).Refusal.ShouldBeNull();
        return id;
    }

    private static async Task<string> Resolved(CampusHost campus, string contact, string customer)
    {
        var id = (await campus.Ask(contact, Words, customer)).Value!.Ticket.TicketId;
        await Accept(campus, id);
        (await campus.Ticket(id).Post(new PostMessage("m1", Author.Customer, customer, Words))).Refusal.ShouldBeNull();
        (await campus.Ticket(id).Note(new WriteNote("n1", "a1", Words))).Refusal.ShouldBeNull();
        (await campus.Ticket(id).Promise(new MakePromise("a1", (await campus.Ticket(id).Get()).Value!.OpenedAt.AddDays(1), Words))).Refusal.ShouldBeNull();
        (await campus.Ticket(id).Resolve(new ResolveTicket("a1", "solved", Words))).Refusal.ShouldBeNull();
        return id;
    }

    private static async Task Accept(CampusHost campus, string id)
    {
        var offer = await campus.Gateway.Offer(offer => offer.Ticket.TicketId == id);
        (await campus.Ticket(id).Accept(new AnswerOffer("a1", offer.Reservation.ReservationId))).Refusal.ShouldBeNull();
    }

    private static async Task ShouldBeErased(CampusHost campus, string id)
    {
        var history = (await campus.Ticket(id).History(0)).Value!;
        history.Ticket.ErasedAt.ShouldNotBeNull();
        history.Ticket.Phase.ShouldBe(TicketPhase.Closed);
        history.Ticket.Subject.ShouldBeEmpty();
        history.Ticket.Customer.Name.ShouldBeEmpty();
        history.Ticket.Customer.Phone.ShouldBeNull();
        history.Events.ShouldAllBe(e => e.Text == null && e.AuthorName == null);
        history.Events[^1].Type.ShouldBe(TicketEventTypes.Erased);
        (await campus.Rows.Find(CampusHost.Campus, id))!.ErasedAt.ShouldNotBeNull();
        var summary = (await campus.Grains.Customer(CampusHost.Campus, history.Ticket.Customer.Id).Tickets()).Single(ticket => ticket.TicketId == id);
        (summary.Subject, summary.ErasedAt is null).ShouldBe(("", false));
    }

    /// <summary>All that the database holds, in every table, as text.</summary>
    private static async Task<string> Stored(CampusHost campus)
    {
        await using var connection = new SqliteConnection($"Data Source={campus.DatabasePath};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var everything = new System.Text.StringBuilder();
        foreach (var table in await Rows(connection, "select name from sqlite_master where type = 'table'"))
            foreach (var row in await Rows(connection, $"select * from \"{table}\"")) everything.Append(row).Append('\n');
        return Plain(everything.ToString());
    }

    // Words stand in JSON as the numbers of their characters.
    private static string Plain(string json) => System.Text.RegularExpressions.Regex.Replace(
        json, @"\\u([0-9A-Fa-f]{4})", static escape => ((char)Convert.ToInt32(escape.Groups[1].Value, 16)).ToString());

    private static async Task<List<string>> Rows(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : reader.GetValue(i).ToString())));
        return rows;
    }

    /// <summary>Lets one erasure fail, before it is done or after it.</summary>
    private sealed class EraseFault
    {
        private int _erasures;

        public int FailAt { get; init; }

        public bool AfterErasing { get; init; }

        public void Register(IServiceCollection services)
        {
            var real = services.Last(service => service.ServiceType == typeof(ITicketJournal)).ImplementationFactory!;
            services.Replace(ServiceDescriptor.Singleton<ITicketJournal>(provider => new Journal(this, (ITicketJournal)real(provider))));
        }

        private sealed class Journal(EraseFault fault, ITicketJournal inner) : ITicketJournal
        {
            public Task<AppendResult> Append(Append append) => inner.Append(append);

            public Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation) =>
                inner.Read(campus, ticketId, afterSeq, cancellation);

            public async Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation)
            {
                var fails = Interlocked.Increment(ref fault._erasures) == fault.FailAt;
                if (fails && !fault.AfterErasing) throw Gone();
                var erased = await inner.ErasePersonal(campus, ticketId, cancellation);
                return fails ? throw Gone() : erased;
            }

            private static StorageUnavailableException Gone() => new("a fault was asked for", new InvalidOperationException());
        }
    }

    /// <summary>Lets one deletion of orphans fail, before it is done or after it.</summary>
    private sealed class FileFault
    {
        private int _deletions;

        public int FailAt { get; init; }

        public bool AfterDeleting { get; init; }

        public void Register(IServiceCollection services)
        {
            var real = services.Last(service => service.ServiceType == typeof(IEvidenceFiles)).ImplementationType!;
            services.Replace(ServiceDescriptor.Singleton<IEvidenceFiles>(provider => new Folder(this, (IEvidenceFiles)ActivatorUtilities.CreateInstance(provider, real))));
        }

        private sealed class Folder(FileFault fault, IEvidenceFiles inner) : IEvidenceFiles
        {
            public Task Keep(EvidenceName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => inner.Keep(name, bytes, cancellation);

            public bool Has(EvidenceName name) => inner.Has(name);

            public Stream? Open(EvidenceName name) => inner.Open(name);

            public int Delete(string campus, string ticketId) => inner.Delete(campus, ticketId);

            public Task<IReadOnlyList<string>> Changed(string campus, DateTimeOffset since, string after, int limit) => inner.Changed(campus, since, after, limit);

            public int DeleteOrphans(string campus, string ticketId, IReadOnlyCollection<string> named, DateTimeOffset before)
            {
                var fails = Interlocked.Increment(ref fault._deletions) == 6 + fault.FailAt; // after the first sweep's six
                if (fails && !fault.AfterDeleting) throw Gone();
                var deleted = inner.DeleteOrphans(campus, ticketId, named, before);
                return fails ? throw Gone() : deleted;
            }

            private static StorageUnavailableException Gone() => new("a fault was asked for", new InvalidOperationException());
        }
    }
}
