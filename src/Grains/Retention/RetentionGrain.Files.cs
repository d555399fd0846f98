using CampusCare.Contracts;
using CampusCare.Contracts.Retention;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Retention;

/// <summary>
/// Files that nobody names: their sender was cut off before the ticket took them, or the ticket was erased meanwhile.
/// Each ticket decides on its own ones, so that none is deleted while the ticket takes it.
/// </summary>
public sealed partial class RetentionGrain
{
    /// <summary>How long a file may wait for its ticket to name it; sending one takes minutes at most.</summary>
    public static readonly TimeSpan FileGrace = TimeSpan.FromHours(1);

    public async Task<SweepReport> SweepFiles()
    {
        var now = time.GetUtcNow();
        var sweep = state.State.Files;
        var changed = await files.Changed(Campus, sweep.Since, sweep.TicketId, TicketsPerStep);
        var (deleted, left) = (0, 0);
        foreach (var ticketId in changed)
        {
            if (await DropOrphans(ticketId, now - FileGrace) is { } dropped) deleted += dropped;
            else left++;
        }
        var more = changed.Count == TicketsPerStep;
        var began = sweep.BeganAt ?? now;
        await state.Save(state.State with
        {
            Files = more ? sweep with { BeganAt = began, TicketId = changed[^1], Left = sweep.Left + left }
                : new FileSweep { Since = sweep.Left + left > 0 ? sweep.Since : began - FileGrace }, // what was young then is looked at again
        });
        if (deleted > 0) FilesSwept(Campus, deleted);
        return new SweepReport(deleted, left, more);
    }

    private async Task<int?> DropOrphans(string ticketId, DateTimeOffset before)
    {
        try
        {
            return await GrainFactory.Ticket(Campus, ticketId).DropOrphans(before);
        }
        catch (Exception error) when (error is not StorageUnavailableException)
        {
            FilesNotSwept(error, Campus, ticketId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Campus {Campus}: {Deleted} files that no ticket names were deleted.")]
    private partial void FilesSwept(string campus, int deleted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of ticket {Campus}/{Ticket} could not be looked at; the next sweep tries again.")]
    private partial void FilesNotSwept(Exception error, string campus, string ticket);
}
