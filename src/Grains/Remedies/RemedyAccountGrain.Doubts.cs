using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CampusCare.Contracts;
using CampusCare.Contracts.Remedies;
using CampusCare.Domain.Remedies;

namespace CampusCare.Grains.Remedies;

/// <summary>
/// What makes a person look before something is given: the customer against the campus's norm, pictures that were used
/// before, and accounts that belong together. The grains that are asked call nobody, so that they can be waited for.
/// </summary>
public sealed partial class RemedyAccountGrain
{
    /// <summary>Tickets of a customer that are counted.</summary>
    public const int MaximumContacts = 50;

    /// <summary>Numbers and addresses of an account.</summary>
    public const int MaximumLinks = 16;

    public async Task Clear(ImmutableArray<DoubtView> doubts)
    {
        var cleared = RemedyDoubts.With(Cleared(), [.. doubts.Select(Doubts.Doubt)], time.GetUtcNow());
        await state.Save(state.State with { Cleared = [.. cleared.Select(static known => new ClearedDoubtState(known.Doubt.View(), known.At))] });
    }

    public async Task Forget()
    {
        await Task.WhenAll(state.State.Links.Select(link => GrainFactory.Trace(Campus, link).Forget(Customer, "")));
        if (!state.State.Links.IsEmpty) await state.Save(state.State with { Links = [] });
    }

    private ImmutableArray<ClearedDoubt> Cleared() => [.. state.State.Cleared.Select(static known => new ClearedDoubt(known.Doubt.Doubt(), known.At))];

    // What policy would give without a person goes to one when the doubts weigh enough.
    private async Task<(RemedyDecision Decision, ImmutableArray<RemedyDoubt> Doubts)> Doubt(RemedyDecision decision, RemedyQuestion question, RemedyUse use, RemedyPolicy policy, DateOnly day)
    {
        if (!decision.IsGiven) return (decision, []);
        var now = time.GetUtcNow();
        var pictures = decision.Rule!.NeedsPicture ? await Pictures(question, now) : [];
        var doubts = ImmutableArray.CreateBuilder<RemedyDoubt>();
        doubts.AddRange(await AgainstTheNorm(decision.Fen, day, now));
        doubts.AddRange(pictures.OrderBy(static trace => trace.At).DistinctBy(static trace => trace.TicketId).Take(RemedyDoubts.Maximum - 4).Select(static trace => new RemedyDoubt(DoubtSign.PictureSeen, 1, trace.TicketId)));
        if (await Linked(question, use, policy, decision.Fen, day, now) is { } linked) doubts.Add(linked);
        var weighs = RemedyDoubts.Score(doubts.ToImmutable(), Cleared(), now) >= RemedyDoubts.Limit;
        if (!weighs) return (decision, []);
        return (decision.Needs == RemedyAuthority.Automatic ? decision with { Needs = RemedyAuthority.Agent, Reason = RemedyReason.Doubtful } : decision, doubts.ToImmutable());
    }

    private async Task<IEnumerable<RemedyDoubt>> AgainstTheNorm(long fen, DateOnly day, DateTimeOffset now)
    {
        var counted = state.State.Entries.Where(entry => entry.At > now - RemedyAccount.Window).ToList();
        var rows = await tickets.OfCustomer(Campus, Customer, MaximumContacts);
        var standing = new NormStanding(counted.Count + 1, counted.Sum(static entry => entry.Fen) + fen, rows.Count(row => row.OpenedAt > now - RemedyAccount.Window));
        var answer = await GrainFactory.RemedyNorm(Campus).Compare(state.State.Place, standing, day);
        if (answer.Place != state.State.Place) await state.Save(state.State with { Place = answer.Place });
        return answer.Doubts.Select(Doubts.Doubt);
    }

    // Each part of each sketch has a place of its own, so that nothing has to be searched through.
    private async Task<List<TraceView>> Pictures(RemedyQuestion question, DateTimeOffset now)
    {
        var left = from mark in question.Sketches
                   from place in PicturePlaces.Of(mark)
                   select GrainFactory.Trace(Campus, place).Leave(new TraceView(mark, Customer, question.TicketId, now));
        return [.. (await Task.WhenAll(left)).SelectMany(static met => met)];
    }

    // Accounts that belong together have one customer's limits together.
    private async Task<RemedyDoubt?> Linked(RemedyQuestion question, RemedyUse use, RemedyPolicy policy, long fen, DateOnly day, DateTimeOffset now)
    {
        var links = state.State.Links;
        if (!question.Links.IsEmpty)
        {
            var salt = await GrainFactory.RemedyNorm(Campus).Salt();
            links = [.. question.Links.Select(link => NameOf(salt, link)).Concat(links).Distinct().Take(MaximumLinks)];
            // Known before anything is left there, so that an erasure finds all of it.
            if (!links.SequenceEqual(state.State.Links)) await state.Save(state.State with { Links = links });
        }
        var met = await LeaveAtLinks(use.CustomerTimes, use.CustomerDayFen, day, now);
        var others = met.SelectMany(static traces => traces).Where(trace => trace.At > now - RemedyAccount.Window).GroupBy(static trace => trace.CustomerId).Select(static same => same.MaxBy(static trace => trace.At)!).ToList();
        if (others.Count == 0) return null;
        var times = use.CustomerTimes + 1 + others.Sum(static trace => trace.Times);
        var dayFen = use.CustomerDayFen + fen + others.Where(trace => trace.Day == day).Sum(static trace => trace.DayFen);
        return times > policy.CustomerTimes || dayFen > policy.CustomerDayFen ? new RemedyDoubt(DoubtSign.LinkedAccounts, times) : null;
    }

    private Task<ImmutableArray<TraceView>[]> LeaveAtLinks(int times, long dayFen, DateOnly day, DateTimeOffset now) =>
        Task.WhenAll(state.State.Links.Select(link => GrainFactory.Trace(Campus, link).Leave(new TraceView("", Customer, "", now, times, dayFen, day))));

    private string NameOf(string salt, string link) => $"link-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\n{Campus}\n{link}")))[..32]}";
}
