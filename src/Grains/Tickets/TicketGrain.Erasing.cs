using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Tickets;
using CampusCare.Storage;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>Pictures, and erasing what is personal.</summary>
public sealed partial class TicketGrain
{
    private static readonly Refusal FileGone = new(Domain.RefusalCode.StorageUnavailable, "The picture was stored too long ago and is gone. Send it again.");

    public async Task<Outcome<TicketView>> AddEvidence(AddEvidence command)
    {
        var file = new EvidenceFile(command.File.Hash, command.File.Type, command.File.Bytes, command.File.Width, command.File.Height);
        await Read();
        var sketches = command.Sketches.IsEmpty || !remedies.IsThere ? null : string.Join(' ', command.Sketches);
        var decision = TicketRules.AddEvidence(_ticket.State, file, command.Author, command.AuthorId, sketches);
        if (!decision.Events.IsEmpty && !files.Has(new EvidenceName(_campus, _id, file.Hash))) return FileGone;
        return await Answer(ticket => TicketRules.AddEvidence(ticket, file, command.Author, command.AuthorId, sketches));
    }

    // One turn at a time: what is deleted here is named by nobody afterwards. An old memory may not know what is named.
    public async Task<int> DropOrphans(DateTimeOffset before)
    {
        await _ticket.ReadAnew();
        return files.DeleteOrphans(_campus, _id, _ticket.State.ErasedAt is null ? _ticket.State.Evidence : [], before);
    }

    // First the parts, then the record of it: whoever is interrupted in between finds a ticket without a record, and does
    // it again. An activation that still remembers the words can't write them back, because the record took its seq.
    public async Task<Outcome<ErasedTicket>> Erase(EraseTicket command)
    {
        await Read();
        if (_ticket.State.Phase == Domain.TicketPhase.New) return Unknown;
        if (await Do(ticket => TicketRules.EndToErase(ticket, command.CloseOpen, command.UntouchedSince)) is { } open) return open;
        if (command.Reason == Domain.ErasureReason.Request && await EraseConsultations(command) is { } kept) return kept;
        await ForgetReviews();
        await ForgetTraces();
        var deleted = files.Delete(_campus, _id);
        var events = await _ticket.ErasePersonal();
        if (await Do(ticket => TicketRules.Erase(ticket, command.Reason)) is { } no) return no;
        return new ErasedTicket(_id, events, _ticket.State.Seq, _ticket.Head.ToString(), _ticket.State.ErasedAt!.Value, deleted);
    }

    // A question to a colleague tells of the customer, too.
    private async Task<Refusal?> EraseConsultations(EraseTicket command)
    {
        foreach (var asked in _ticket.After(0).Where(static happened => happened.Type == TicketEventTypes.ConsultAsked))
            if ((await GrainFactory.Ticket(_campus, asked.Detail!).Erase(command with { CloseOpen = true })).Refusal is { } no) return no;
        return null;
    }
}
