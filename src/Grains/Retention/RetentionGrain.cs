using CampusCare.Contracts;
using CampusCare.Contracts.Retention;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace CampusCare.Grains.Retention;

/// <summary>How far a campus's sweep came.</summary>
[GenerateSerializer, Immutable, Alias("RetentionState")]
public sealed record RetentionState
{
    /// <summary>When the last ticket that was looked at was opened; null when a sweep begins anew.</summary>
    [Id(0)] public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>That ticket.</summary>
    [Id(1)] public string TicketId { get; init; } = "";

    /// <summary>How far the sweep of files came.</summary>
    [Id(2)] public FileSweep Files { get; init; } = new();
}

/// <summary>A sweep through the tickets to which files were added since the last one.</summary>
[GenerateSerializer, Immutable, Alias("FileSweep")]
public sealed record FileSweep
{
    /// <summary>It looks at tickets whose files changed since then.</summary>
    [Id(0)] public DateTimeOffset Since { get; init; }

    /// <summary>When it began; null between two sweeps.</summary>
    [Id(1)] public DateTimeOffset? BeganAt { get; init; }

    /// <summary>The last ticket that it looked at.</summary>
    [Id(2)] public string TicketId { get; init; } = "";

    /// <summary>Tickets that it could not look at: the next sweep looks at all again.</summary>
    [Id(3)] public int Left { get; init; }
}

/// <inheritdoc cref="IRetentionGrain"/>
/// <remarks>What is erased is no longer due, so a sweep may end and begin anywhere. The mark only keeps a ticket that can't be erased from standing in the way.</remarks>
[HashBasedPlacement]
public sealed partial class RetentionGrain(
    [PersistentState("retention", StateStores.Main)] IPersistentState<RetentionState> state, ITicketReadModel tickets, IEvidenceFiles files, TimeProvider time, ILogger<RetentionGrain> log)
    : Grain, IRetentionGrain, IRemindable
{
    /// <summary>Tickets of one step: a turn of the grain, after which others get theirs.</summary>
    public const int TicketsPerStep = 50;

    /// <summary>How often the reminder looks for what is due.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private const string Reminder = "retention";

    private bool _goingOn;

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public async Task KeepWatch()
    {
        // Setting it anew would put it off again and again.
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Period, Period);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!_goingOn) _ = this.AsReference<IRetentionGrain>().GoOn();
        return Task.CompletedTask;
    }

    // Each step is a turn of its own, so that the grain stays reachable however much is due.
    public async Task GoOn()
    {
        _goingOn = false;
        try
        {
            var (rows, orphans) = (await Sweep(), await SweepFiles());
            _goingOn = rows.More || orphans.More;
        }
        catch (Exception error) when (error is StorageUnavailableException or IOException)
        {
            SweepLater(error, Campus);
        }
        if (_goingOn) _ = this.AsReference<IRetentionGrain>().GoOn();
    }

    public async Task<SweepReport> Sweep()
    {
        var days = (await GrainFactory.Campus(Campus).Settings())?.Retention?.PersonalDays ?? 0;
        if (days == 0) return new SweepReport(0, 0, More: false);
        var before = time.GetUtcNow() - TimeSpan.FromDays(days);
        var due = await tickets.NotErased(Campus, before, TicketsPerStep, state.State.OpenedAt is { } opened ? new TicketMark(opened, state.State.TicketId) : null);
        var erased = 0;
        foreach (var row in due)
            if (await Erase(row.TicketId, before)) erased++;
        var more = due.Count == TicketsPerStep;
        var mark = more ? state.State with { OpenedAt = due[^1].OpenedAt, TicketId = due[^1].TicketId } : state.State with { OpenedAt = null, TicketId = "" };
        if (mark != state.State) await state.Save(mark);
        if (due.Count > 0) Swept(Campus, erased, due.Count - erased);
        return new SweepReport(erased, due.Count - erased, more);
    }

    private async Task<bool> Erase(string ticketId, DateTimeOffset before)
    {
        try
        {
            return (await GrainFactory.Ticket(Campus, ticketId).Erase(new EraseTicket(ErasureReason.Retention, UntouchedSince: before))).Refusal is null;
        }
        catch (Exception error) when (error is not StorageUnavailableException)
        {
            NotErased(error, Campus, ticketId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Campus {Campus}: the personal parts of {Erased} tickets were erased by retention; {Left} are left for the next sweep.")]
    private partial void Swept(string campus, int erased, int left);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ticket {Campus}/{Ticket} could not be erased; the next sweep tries again.")]
    private partial void NotErased(Exception error, string campus, string ticket);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campus {Campus}: storage can't be used now; the next sweep goes on.")]
    private partial void SweepLater(Exception error, string campus);
}
