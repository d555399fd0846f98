using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Storage;

namespace CampusCare.Grains.Audits;

/// <inheritdoc cref="IAuditGrain"/>
/// <remarks>It keeps nothing: the log is the truth. Two activations, after a partition, both append, one after the other.</remarks>
public sealed class AuditGrain(IAuditLog log, TimeProvider time) : Grain, IAuditGrain
{
    /// <summary>Entries in one answer, at most.</summary>
    public const int MaximumPage = 200;

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public Task Record(AuditRecord entry) =>
        log.Append(Campus, time.GetUtcNow(), new AuditFact(entry.Actor, entry.Role, entry.Action, entry.Target, entry.Detail, entry.Outcome));

    public async Task<ImmutableArray<AuditView>> Read(AuditQuery query)
    {
        var found = await log.Read(Campus, query.Before, Math.Clamp(query.Limit, 1, MaximumPage), query.Actor, query.Action, query.Target);
        return [.. found.Select(static entry => new AuditView(
            entry.Seq, entry.At,
            new AuditRecord(entry.Fact.Actor, entry.Fact.Role, entry.Fact.Action, entry.Fact.Target, entry.Fact.Detail, entry.Fact.Outcome),
            entry.Hash.ToString()))];
    }
}
