using System.Security.Cryptography;
using System.Threading.RateLimiting;
using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Evidence;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Storage;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.UseCases;

/// <summary>Pictures of a ticket: added by its customer or its agent, seen by whoever may see the ticket.</summary>
internal sealed class AttachEvidence(Cluster cluster, ReadTickets tickets, IEvidenceFiles files, PictureEye eye, IOptions<EvidenceOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Pictures that come in at once; more are refused.</summary>
    public const int MaximumUploads = 64;

    /// <summary>The longest time that a picture may take to come in.</summary>
    public static readonly TimeSpan UploadTime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly EvidenceOptions _options = options.Value;
    private readonly SemaphoreSlim _places = new(options.Value.MaxAtOnce);
    private readonly SemaphoreSlim _uploads = new(MaximumUploads);

    private readonly PartitionedRateLimiter<Caller> _daily = PartitionedRateLimiter.Create<Caller, (string, string)>(caller =>
        options.Value.PerCustomerPerDay == 0 || !caller.IsCustomer
            ? RateLimitPartition.GetNoLimiter(("", ""))
            : RateLimitPartition.GetFixedWindowLimiter((caller.Campus, caller.Id), _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.PerCustomerPerDay, Window = Day }));

    /// <summary>The file is on the disk before the ticket names it, and the ticket names it before this answers.</summary>
    public async Task<Reply<TicketView>> Add(Caller caller, string ticketId, Stream body, CancellationToken cancellation)
    {
        var found = await tickets.Get(caller, ticketId);
        if (found.Problem is { } no) return no;
        using (var lease = _daily.AttemptAcquire(caller))
            if (!lease.IsAcquired) return ProblemOf.RateLimited("Too many pictures in a day.", (int)Day.TotalSeconds);
        if (!_uploads.Wait(0, CancellationToken.None)) return ProblemOf.Refusal(RefusalCode.Overloaded, "Too many pictures come in at this moment. Send it again in a moment.");
        try
        {
            return await Keep(caller, ticketId, await Read(body, cancellation), cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ProblemOf.Invalid("evidence", $"The picture took longer than {UploadTime.TotalMinutes} minutes to come in. Send a smaller one.");
        }
        catch (InvalidDataException wrong)
        {
            return ProblemOf.Invalid("evidence", wrong.Message);
        }
        finally
        {
            _uploads.Release();
        }
    }

    // Who sends slowly holds no place here: looking into pictures is work, waiting for them is none.
    private async Task<Reply<TicketView>> Keep(Caller caller, string ticketId, ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            var picture = Picture.Clean(file, _options.MaxPixels);
            var (campus, id) = caller.Ticket(ticketId);
            var name = new EvidenceName(campus, id, Convert.ToHexStringLower(SHA256.HashData(picture.Bytes)));
            await files.Keep(name, picture.Bytes, cancellation);
            var command = new AddEvidence(
                caller.IsCustomer ? Author.Customer : Author.Agent, caller.NameOn(campus),
                new EvidenceView(name.Hash, picture.Type, picture.Bytes.Length, picture.Width, picture.Height))
            {
                Sketches = caller.IsCustomer ? [.. (await eye.Look(picture, cancellation)).Select(static sketch => sketch.ToString())] : [],
            };
            return (await cluster.Command(cluster.Grains.Ticket(campus, id).AddEvidence(command))).Map(ticket => Visible.To(caller, ticket));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>A picture that the ticket names, and its bytes.</summary>
    public async Task<Reply<FoundEvidence>> Find(Caller caller, string ticketId, string hash)
    {
        var history = await tickets.History(caller, ticketId, 0);
        if (history.Value is not { } ticket) return history.Problem!;
        var (campus, id) = caller.Ticket(ticketId);
        return ticket.Events.FirstOrDefault(happened => happened.Evidence?.Hash == hash)?.Evidence is { } named && files.Open(new EvidenceName(campus, id, hash)) is { } bytes
            ? new FoundEvidence(named, bytes)
            : ProblemOf.NotFound("There is no such picture, or it was erased.");
    }

    public void Dispose()
    {
        _places.Dispose();
        _uploads.Dispose();
        _daily.Dispose();
    }

    private async Task<ReadOnlyMemory<byte>> Read(Stream body, CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        using var timeout = new CancellationTokenSource(UploadTime, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        await body.CopyToAsync(file, limit.Token);
        return file.Length <= _options.MaxFileBytes ? file.ToArray() : throw new InvalidDataException($"A picture has at most {_options.MaxFileBytes} bytes.");
    }
}

/// <summary>A picture to be sent.</summary>
internal sealed record FoundEvidence(EvidenceView File, Stream Bytes);
