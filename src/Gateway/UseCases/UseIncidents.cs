using System.Security.Cryptography;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Incidents;
using CampusCare.Domain.Triage;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>Something that is broken.</summary>
/// <param name="Category">Contacts about this are told of it.</param>
/// <param name="TitleZh">What is wrong, in Chinese; one title may be left out.</param>
/// <param name="TitleEn">What is wrong, in English.</param>
/// <param name="AdviceZh">What to do meanwhile, in Chinese.</param>
/// <param name="AdviceEn">What to do meanwhile, in English.</param>
/// <param name="Since">Since when contacts come because of it; from now on, unless said.</param>
/// <param name="ExpectedEnd">Until when it is expected to last.</param>
public sealed record IncidentRequest(
    Category? Category = null, string? TitleZh = null, string? TitleEn = null, string? AdviceZh = null, string? AdviceEn = null, DateTimeOffset? Since = null, DateTimeOffset? ExpectedEnd = null)
{
    internal IncidentText Text => new(TitleZh ?? "", TitleEn ?? "", AdviceZh ?? "", AdviceEn ?? "");
}

/// <summary>What everybody may know of an incident that goes on.</summary>
public sealed record IncidentNotice(
    string IncidentId, Category Category, string TitleZh, string TitleEn, string AdviceZh, string AdviceEn, DateTimeOffset Since, DateTimeOffset UpdatedAt, DateTimeOffset? ExpectedEnd)
{
    internal static IncidentNotice Of(Incident incident) => new(
        incident.IncidentId, incident.Category, incident.Text.TitleZh, incident.Text.TitleEn, incident.Text.AdviceZh, incident.Text.AdviceEn, incident.Since, incident.UpdatedAt, incident.ExpectedEnd);
}

/// <summary>What is broken at a campus: said by its staff and its programs, on record, and read by everybody.</summary>
internal sealed class UseIncidents(Cluster cluster, AuditTrail trail)
{
    private const int IdBytes = 8;

    /// <summary>Declares one. The same id (an Idempotency-Key) declares one alone.</summary>
    public async Task<Reply<Incident>> Declare(Caller caller, string? id, IncidentRequest request)
    {
        if ((Check.OptionalId(id, "Idempotency-Key") ?? Wrong(request)) is { } no) return no;
        if (request.Category is not { } category) return ProblemOf.Invalid("category", "`category` is missing. Say what the contacts are about, as refundAndPayment.");
        id ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var command = new DeclareIncident(id, category, request.Text, caller.Id, request.Since, request.ExpectedEnd);
        return await trail.Keep(caller, AuditActions.IncidentDeclared, id, category.ToString(), await cluster.Command(Grain(caller).Declare(command)));
    }

    /// <summary>Says something else of it.</summary>
    public async Task<Reply<Incident>> Change(Caller caller, string id, IncidentRequest request, long? version)
    {
        if ((Known(id) ?? Wrong(request)) is { } no) return no;
        var command = new ChangeIncident(id, request.Text, request.ExpectedEnd, version);
        return await trail.Keep(caller, AuditActions.IncidentChanged, id, "", await cluster.Command(Grain(caller).Change(command)));
    }

    /// <summary>It is over.</summary>
    public async Task<Reply<Incident>> End(Caller caller, string id) =>
        Known(id) ?? await trail.Keep(caller, AuditActions.IncidentEnded, id, "", await cluster.Command(Grain(caller).End(id, caller.Id)));

    /// <summary>Those that go on, oldest first; then those that ended, newest first.</summary>
    public Task<Reply<Incident[]>> All(Caller caller) => cluster.Read(Grain(caller).All(), static all => (Reply<Incident[]>)all.ToArray());

    /// <summary>What goes on, for anybody.</summary>
    public async Task<Reply<IncidentNotice[]>> Open(string campus) => Check.IsSlug(campus)
        ? await cluster.Read(cluster.Grains.Incidents(campus).Now(), static news => (Reply<IncidentNotice[]>)news.Open.Select(IncidentNotice.Of).ToArray())
        : ProblemOf.NotFound("There is no such campus.");

    private IIncidentsGrain Grain(Caller caller) => cluster.Grains.Incidents(caller.Campus);

    private static Problem? Known(string id) => Check.IsId(id) ? null : ProblemOf.NotFound("There is no such incident.");

    private static Problem? Wrong(IncidentRequest request) =>
        Check.Note(request.TitleZh, "titleZh") ?? Check.Note(request.TitleEn, "titleEn") ?? Check.Note(request.AdviceZh, "adviceZh") ?? Check.Note(request.AdviceEn, "adviceEn");
}
