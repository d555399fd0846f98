using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Incidents;
using CampusCare.Domain;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Incidents;

/// <summary>
/// Tickets that are told: those that were opened before an incident was declared, and all when it is over. Page by page,
/// a turn each; a ticket knows what it told, so that nothing has to be remembered but that it isn't finished. A second
/// round finds those that were being opened meanwhile.
/// </summary>
public sealed partial class IncidentsGrain
{
    /// <summary>Tickets of a page.</summary>
    public const int PageSize = 100;

    /// <summary>When the second round comes: longer than any contact takes.</summary>
    public static readonly TimeSpan SecondRound = TimeSpan.FromSeconds(30);

    private const string Reminder = "incidents";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private TicketMark? _mark;
    private IGrainTimer? _alarm;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_looking is null) await Look();
        await TellTickets();
    }

    public async Task TellTickets()
    {
        if (state.State.Untold.FirstOrDefault(word => word.From <= time.GetUtcNow()) is not { } word)
        {
            Wait();
            return;
        }
        try
        {
            // Who opens a ticket from now on is told by the campus's settings.
            await GrainFactory.Campus(Campus).Suffer([.. OpenNow]);
            if (!await TellPage(word)) return;
            if (_mark is null) await state.Save(state.State with { Untold = After(word) });
            _ = GrainFactory.Incidents(Campus).TellTickets();
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            ToldLater(error, Campus, error.Message);
        }
    }

    // False when a ticket could not be told now.
    private async Task<bool> TellPage(UntoldWord word)
    {
        if (Find(word.IncidentId) is not { } incident) return true;
        var page = await rows.Search(new TicketSearch(Campus, From: word.Since, Category: TicketViews.Name(word.Category)), PageSize, _mark);
        var told = await Task.WhenAll(page.Where(static row => row.State != TicketStates.Closed)
            .Select(row => GrainFactory.Ticket(Campus, row.TicketId).HearIncident(new IncidentWord(incident, word.IsOver))));
        if (told.FirstOrDefault(static answer => answer.Refusal is { Code: not RefusalCode.NotFound }) is { } no)
        {
            ToldLater(null, Campus, no.Refusal!.Detail);
            return false;
        }
        _mark = page.Count < PageSize ? null : TicketMark.Of(page[^1]);
        return true;
    }

    private ImmutableArray<UntoldWord> After(UntoldWord word) => word.IsSecondRound
        ? state.State.Untold.Remove(word)
        : state.State.Untold.Replace(word, word with { IsSecondRound = true, From = time.GetUtcNow() + SecondRound });

    private void Wait()
    {
        _alarm?.Dispose();
        _alarm = null;
        if (state.State.Untold.IsEmpty) return;
        var pause = state.State.Untold.Min(static word => word.From) - time.GetUtcNow();
        _alarm = this.RegisterGrainTimer(_ => GrainFactory.Incidents(Campus).TellTickets(), new GrainTimerCreationOptions(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not all tickets of {Campus} could be told of an incident; they are told within a minute: {Why}")]
    private partial void ToldLater(Exception? error, string campus, string why);
}
