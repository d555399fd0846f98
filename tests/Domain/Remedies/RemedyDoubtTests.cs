using System.Collections.Immutable;
using CampusCare.Domain.Remedies;
using Xunit.Abstractions;

namespace CampusCare.Domain.Tests.Remedies;

/// <summary>Who is flagged, who isn't, and that what was looked at weighs little afterwards.</summary>
public sealed class RemedyDoubtTests(ITestOutputHelper output)
{
    private static readonly DateOnly First = new(2026, 3, 1);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    // What a customer's 30 days look like: how often something is given, how much, on how many tickets.
    private sealed class Person(double rate)
    {
        public double Rate => rate;

        public int Times { get; set; }

        public long Fen { get; set; }

        public int Contacts { get; set; }

        public NormPlace? Place { get; set; }

        public bool IsFlagged { get; set; }
    }

    // Customers differ: their rates are exponentially spread, so that their counts are geometric. Each is looked at each
    // time, as the account does.
    private static (double Honest, double Abusers) Simulate(int seed, int honest, int abusers)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(0, honest).Select(_ => new Person(-Math.Log(1 - random.NextDouble()) * 1.2 / 30))
            .Concat(Enumerable.Range(0, abusers).Select(static _ => new Person(25.0 / 30))).ToList();
        var norm = RemedyNorm.Empty;
        for (var day = First; day < First.AddDays(30); day = day.AddDays(1))
            foreach (var person in people.OrderBy(_ => random.Next()).ToList())
            {
                person.Contacts += random.NextDouble() < 0.03 ? 1 : 0;
                if (random.NextDouble() >= person.Rate) continue;
                (person.Times, person.Fen, person.Contacts) = (person.Times + 1, person.Fen + 300 + random.Next(900), person.Contacts + 1);
                var standing = new RemedyStanding(person.Times, person.Fen, person.Contacts);
                var place = NormPlace.Of(standing, day);
                var moved = norm.Move(person.Place, place);
                person.IsFlagged |= !moved.Without(place).Compare(standing, place).IsEmpty;
                (person.Place, norm) = (place, moved);
            }
        norm.Days.Count.ShouldBeLessThanOrEqualTo(RemedyNorm.MaximumDays);
        var given = people.Take(honest).Where(static person => person.Times > 0).ToList();
        return (given.Count(static person => person.IsFlagged) / (double)given.Count, abusers == 0 ? 0 : people.Skip(honest).Count(static person => person.IsFlagged) / (double)abusers);
    }

    [Fact]
    public void Of_a_hundred_ordinary_customers_at_most_one_is_flagged_and_nearly_all_who_are_given_something_daily()
    {
        var runs = Enumerable.Range(1, 12).Select(seed => Simulate(seed, honest: 3_000, abusers: 5)).ToList();
        output.WriteLine($"ordinary customers flagged: {runs.Average(static run => run.Honest):P2}, abusers: {runs.Average(static run => run.Abusers):P0}");
        runs.Average(static run => run.Honest).ShouldBeLessThanOrEqualTo(RemedyNorm.FalseAlarms);
        runs.Average(static run => run.Abusers).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void A_new_campus_flags_nobody_for_being_among_its_first()
    {
        foreach (var seed in Enumerable.Range(1, 40)) Simulate(seed, honest: 60, abusers: 0).Honest.ShouldBe(0);
    }

    [Fact]
    public void A_customer_counts_once_and_what_is_old_is_gone()
    {
        var norm = RemedyNorm.Empty;
        NormPlace? place = null;
        for (var i = 1; i <= 200; i++)
        {
            var next = NormPlace.Of(new RemedyStanding(i, i * 300, i), First.AddDays(i));
            norm = norm.Move(place, next);
            place = next;
            norm.Days.Values.Sum(static counts => counts.Sum()).ShouldBe(3, "one place in each of three measures");
        }
    }

    [Fact]
    public void One_sign_that_nobody_looked_at_is_enough_and_all_that_were_looked_at_are_not()
    {
        ImmutableArray<RemedyDoubt> all = [.. Enum.GetValues<DoubtSign>().Select(static sign => new RemedyDoubt(sign, 6, sign == DoubtSign.PictureSeen ? "t1" : null))];
        foreach (var doubt in all) RemedyDoubts.Score([doubt], [], Noon).ShouldBeGreaterThanOrEqualTo(RemedyDoubts.Limit);
        var cleared = RemedyDoubts.With([], all, Noon);
        RemedyDoubts.Score(all, cleared, Noon.AddDays(1)).ShouldBeLessThan(RemedyDoubts.Limit);

        RemedyDoubts.Score([all[0] with { Level = 9 }], cleared, Noon.AddDays(1)).ShouldBeLessThan(RemedyDoubts.Limit, "grown by half");
        RemedyDoubts.Score([all[0] with { Level = 10 }], cleared, Noon.AddDays(1)).ShouldBe(RemedyDoubts.Limit, "grown by more than half");
        RemedyDoubts.Score([new RemedyDoubt(DoubtSign.PictureSeen, 1, "t2")], cleared, Noon.AddDays(1)).ShouldBe(RemedyDoubts.Limit, "another picture");
        RemedyDoubts.Score([all[0]], cleared, Noon + RemedyDoubts.ClearedFor).ShouldBe(RemedyDoubts.Limit, "long ago");
        for (var i = 0; i < 200; i++) cleared = RemedyDoubts.With(cleared, [new RemedyDoubt(DoubtSign.PictureSeen, 1, $"t{i}")], Noon);
        cleared.Length.ShouldBe(RemedyDoubts.MaximumCleared);
    }

    [Fact]
    public void A_trace_meets_the_like_picture_of_another_ticket_and_the_account_of_another_customer_while_they_are_kept()
    {
        var random = new Random(3);
        var grey = new byte[PictureSketch.Side * PictureSketch.Side];
        random.NextBytes(grey);
        var sketch = PictureSketch.Of([.. grey.Select((_, i) => (byte)(i / 4096.0 * 200 + (i % 64 > 30 ? 40 : 0)))])!.Value;
        PictureSketch.Parse(sketch.ToString()).ShouldBe(sketch);
        var (mark, near, far) = (sketch.ToString(), (sketch with { Shape = sketch.Shape ^ 0b111 }).ToString(), (sketch with { Shape = ~sketch.Shape }).ToString());
        ImmutableArray<Trace> known = Traces.With([], new Trace(mark, "s1", "t1", Noon));
        Traces.Met(known, new Trace(near, "s2", "t2", Noon.AddDays(1))).ShouldHaveSingleItem().TicketId.ShouldBe("t1");
        Traces.Met(known, new Trace(near, "s1", "t1", Noon.AddDays(1))).ShouldBeEmpty("its own ticket");
        Traces.Met(known, new Trace(far, "s2", "t2", Noon.AddDays(1))).ShouldBeEmpty();
        Traces.Met(known, new Trace(near, "s2", "t2", Noon + Traces.KeptFor)).ShouldBeEmpty("forgotten");

        known = Traces.With([], new Trace("", "s1", "", Noon, Times: 3));
        Traces.Met(known, new Trace("", "s1", "", Noon)).ShouldBeEmpty();
        Traces.Met(known, new Trace("", "s2", "", Noon)).ShouldHaveSingleItem().Times.ShouldBe(3);
        for (var i = 0; i < 2 * Traces.MaximumOfPlace; i++) known = Traces.With(known, new Trace(mark, $"s{i}", $"t{i}", Noon));
        known.Length.ShouldBe(Traces.MaximumOfPlace);
    }
}
