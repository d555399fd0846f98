using CampusCare.Domain.Replay;
using CampusCare.Grains.Journals;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Agents;

/// <summary>
/// The staff journal. What holds is stored together with the word that the journal is owed of it, so that the answer and
/// the record can't disagree: a journal that can't be written now is told later, and until then nothing new is stored.
/// </summary>
public sealed partial class AgentGrain
{
    private async Task Store(AgentState next)
    {
        await TellJournal();
        await state.Save(next);
        await TryTellJournal();
    }

    // That it was told is stored with the next change; telling the same twice is harmless.
    private async Task TellJournal()
    {
        if (state.State is { ProfileUntold: { } profileSince, Profile: { } profile })
            await Journal(new AgentSet(Serving, SkillsOf(profile).Levels(), CapacityOf(profile)), profileSince);
        if (state.State.StatusUntold is { } statusSince)
            await Journal(new StatusSet(state.State.Status, _records.ForJournal()), statusSince);
        state.State = state.State with { ProfileUntold = null, StatusUntold = null };
    }

    private async Task TryTellJournal()
    {
        try
        {
            await TellJournal();
        }
        catch (StorageUnavailableException error)
        {
            JournalLater(error, _campus, _id);
        }
    }

    private Task Journal(StaffEvent happened, DateTimeOffset at) => staff.Append(StaffEventCodec.Encode(_campus, _id, happened, at));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The staff journal can't be told of agent {Campus}/{Agent} now; it is told later.")]
    private partial void JournalLater(Exception error, string campus, string agent);
}
