using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Channels;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Storage;

namespace CampusCare.Gateway.UseCases;

/// <summary>How a customer's data are erased.</summary>
/// <param name="CloseOpen">Whether tickets that aren't over are ended first; otherwise nothing is erased while there are any.</param>
public sealed record ErasureRequest(bool CloseOpen = false);

/// <summary>What was erased, and where each ticket's hash chain stands now.</summary>
/// <param name="CustomerId">Whose data.</param>
/// <param name="Events">How many events lost their personal part just now; 0 when all was erased before.</param>
/// <param name="Tickets">All tickets of the customer.</param>
/// <param name="Addresses">How many addresses on other channels were linked to the customer until now.</param>
public sealed record ErasureReceipt(string CustomerId, int Events, ImmutableArray<ErasedTicket> Tickets, int Addresses = 0);

/// <summary>All data of one customer: handed out, or erased. Both are on record.</summary>
internal sealed class CustomerData(Cluster cluster, AuditTrail trail, IEvidenceFiles files, TimeProvider time)
{
    /// <summary>Most tickets of one erasure's receipt.</summary>
    public const int MaximumTickets = 10_000;

    private static readonly Problem Unknown = ProblemOf.NotFound("Nothing is known of such a customer.");

    /// <summary>The first page of the customer's tickets, once it is on record who asks.</summary>
    public async Task<Reply<TicketSummary[]>> Begin(Caller caller, string customerId)
    {
        var page = await Page(caller.Campus, customerId, null);
        if (page.Value is not { Length: > 0 }) return page.Problem ?? Unknown;
        return await Record(caller, customerId, DataRequestKind.Export) is { } no ? no : await trail.Keep(caller, AuditActions.DataExported, customerId, "", page);
    }

    /// <summary>Writes the archive, one ticket in memory at a time. False when it could not be finished.</summary>
    public async Task<bool> Write(Caller caller, string customerId, TicketSummary[] first, Stream to, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        var evidence = new List<(EvidenceName Name, string Type)>();
        if (!await WriteTickets(zip, caller, customerId, first, evidence, cancellation)) return false;
        foreach (var (name, type) in evidence)
        {
            await using var file = files.Open(name);
            if (file is null) continue; // erased meanwhile
            await using var entry = await zip.CreateEntry($"evidence/{name.TicketId}/{name.Hash}.{type["image/".Length..]}", CompressionLevel.NoCompression).OpenAsync(cancellation);
            await file.CopyToAsync(entry, cancellation);
        }
        return true;
    }

    private async Task<bool> WriteTickets(
        ZipArchive zip, Caller caller, string customerId, TicketSummary[] first, List<(EvidenceName Name, string Type)> evidence, CancellationToken cancellation)
    {
        await using var document = await zip.CreateEntry("customer.json").OpenAsync(cancellation);
        await using var json = new Utf8JsonWriter(document, new JsonWriterOptions { Encoder = GatewayHost.Json.Encoder });
        json.WriteStartObject();
        json.WriteString("campus", caller.Campus);
        json.WriteString("customerId", customerId);
        json.WriteString("exportedAt", time.GetUtcNow());
        json.WriteStartArray("tickets");
        for (Reply<TicketSummary[]> page = first; ; page = await Page(caller.Campus, customerId, page.Value[^1]))
        {
            if (page.Value is not { } tickets) return false;
            if (tickets.Length == 0) break;
            foreach (var ticket in tickets)
            {
                var history = await cluster.Read(cluster.Grains.Ticket(caller.Campus, ticket.TicketId).History(0));
                if (history.Value is not { } found) return false;
                JsonSerializer.Serialize(json, Visible.ToItsCustomer(found), GatewayHost.Json.GetTypeInfo<TicketHistory>());
                await json.FlushAsync(cancellation);
                evidence.AddRange(found.Events.Select(static happened => happened.Evidence).OfType<EvidenceView>()
                    .Select(file => (new EvidenceName(caller.Campus, ticket.TicketId, file.Hash), file.Type)));
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }

    /// <summary>Erases all that is personal. Repeating it is harmless, and finishes what was interrupted.</summary>
    public async Task<Reply<ErasureReceipt>> Erase(Caller caller, string customerId, bool closeOpen)
    {
        var all = await All(caller.Campus, customerId);
        if (all.Value is not { } tickets) return all.Problem!;
        var open = tickets.Count(static ticket => ticket.Phase is not (TicketPhase.Resolved or TicketPhase.Closed));
        if (open > 0 && !closeOpen)
            return ProblemOf.Refusal(RefusalCode.TicketOpen, $"{open} of the customer's tickets are not over; nothing was erased. End them first, or send closeOpen: true.", "closeOpen");
        if (await Record(caller, customerId, DataRequestKind.Erasure) is { } no) return no;
        var erased = ImmutableArray.CreateBuilder<ErasedTicket>(tickets.Count);
        foreach (var ticket in tickets)
        {
            var reply = await cluster.Command(cluster.Grains.Ticket(caller.Campus, ticket.TicketId).Erase(new EraseTicket(ErasureReason.Request, closeOpen)));
            if (reply.Value is not { } done) return reply.Problem!;
            erased.Add(done);
        }
        if (await cluster.Done(cluster.Grains.RemedyAccount(caller.Campus, customerId).Forget()) is { } later) return later;
        return await trail.Keep(caller, AuditActions.DataErased, customerId, "", await Forgotten(caller.Campus, customerId, erased.ToImmutable()));
    }

    private async Task<Reply<ErasureReceipt>> Forgotten(string campus, string customerId, ImmutableArray<ErasedTicket> tickets) => await cluster.Read(
        cluster.Grains.AddressBook(campus, customerId).Forget(),
        forgotten => (Reply<ErasureReceipt>)new ErasureReceipt(customerId, tickets.Sum(static ticket => ticket.Events), tickets, forgotten.Count));

    private async Task<Reply<List<TicketSummary>>> All(string campus, string customerId)
    {
        var all = new List<TicketSummary>();
        while (true)
        {
            var page = await Page(campus, customerId, all.LastOrDefault());
            if (page.Value is not { } tickets) return page.Problem!;
            all.AddRange(tickets);
            if (all.Count > MaximumTickets) return ProblemOf.Invalid(null, $"More than {MaximumTickets} tickets can't be erased by one request. Let retention erase the older ones first.");
            if (tickets.Length == 0) return all.Count > 0 || await HasAddresses(campus, customerId) ? all : Unknown;
        }
    }

    private async Task<bool> HasAddresses(string campus, string customerId) =>
        (await cluster.Read(cluster.Grains.AddressBook(campus, customerId).Get(), static linked => (Reply<LinkedAddresses>)linked)).Value is { Count: > 0 };

    private async Task<Reply<TicketSummary[]>> Page(string campus, string customerId, TicketSummary? after) => Check.IsId(customerId)
        ? await cluster.Read(cluster.Grains.Customer(campus, customerId).Tickets(after), static tickets => (Reply<TicketSummary[]>)tickets.ToArray())
        : Unknown;

    private Task<Problem?> Record(Caller caller, string customerId, DataRequestKind kind) =>
        cluster.Done(cluster.Grains.Customer(caller.Campus, customerId).Record(new DataRequest(caller.Id, kind)));
}
