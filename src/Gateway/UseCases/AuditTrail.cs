using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>Entries of the audit log, newest first.</summary>
/// <param name="Entries">At most as many as were asked for.</param>
/// <param name="Next">Ask with <c>before</c> set to this for the entries that come next; null when there are none.</param>
public sealed record AuditPage(AuditEntryView[] Entries, long? Next);

/// <summary>An entry of the audit log.</summary>
/// <param name="Seq">1 for the campus's first entry, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Actor">The id of the agent, or of the API key.</param>
/// <param name="Role">In which role.</param>
/// <param name="Action">What.</param>
/// <param name="Target">On what; empty for the actor's own matters.</param>
/// <param name="Detail">How; empty when there is nothing to add.</param>
/// <param name="Outcome"><c>done</c>, or the code of the refusal.</param>
/// <param name="Hash">SHA-256, in hex, over this entry and all before it.</param>
public sealed record AuditEntryView(long Seq, DateTimeOffset At, string Actor, string Role, string Action, string Target, string Detail, string Outcome, string Hash);

/// <summary>Who of the staff did what: kept before the caller hears how it went, and read by those who run the campus.</summary>
internal sealed class AuditTrail(Cluster cluster)
{
    /// <summary>Entries of a page, unless said.</summary>
    public const int UsualPage = 50;

    /// <summary>Entries of a page, at most.</summary>
    public const int MaximumPage = 200;

    private static readonly Problem NotKept = ProblemOf.Refusal(
        RefusalCode.OutcomeUnknown, "This could not be put on record, so whether it was done isn't confirmed. Repeat the same request with the same id: it will not be done twice.");

    /// <summary>Keeps how a command went, and passes the answer on; without a record there is no yes.</summary>
    public async Task<Reply<T>> Keep<T>(Caller caller, string action, string target, string detail, Reply<T> reply) where T : class =>
        await Record(caller, action, target, detail, reply.Problem?.Code ?? AuditActions.Done) || reply.Problem is not null ? reply : NotKept;

    /// <summary>A token of staff that wasn't seen lately is good. The door stays open when this can't be kept.</summary>
    public Task SignedIn(Caller caller) => Record(caller, AuditActions.SignedIn, "", "", AuditActions.Done);

    /// <summary>Entries, newest first.</summary>
    public async Task<Reply<AuditPage>> Read(string campus, AuditQuery query) => await cluster.Read(
        cluster.Grains.Audit(campus).Read(query),
        found => (Reply<AuditPage>)new AuditPage([.. found.Select(View)], found.Length == query.Limit ? found[^1].Seq : null));

    private async Task<bool> Record(Caller caller, string action, string target, string detail, string outcome) =>
        await cluster.Done(cluster.Grains.Audit(caller.Campus).Record(new AuditRecord(caller.Via ?? caller.Id, RoleOf(caller), action, target, detail, outcome))) is null;

    private static string RoleOf(Caller caller) => (caller.Via is null ? caller.Role : Role.Backend).ToString();

    private static AuditEntryView View(AuditView entry) =>
        new(entry.Seq, entry.At, entry.What.Actor, entry.What.Role, entry.What.Action, entry.What.Target, entry.What.Detail, entry.What.Outcome, entry.Hash);
}
