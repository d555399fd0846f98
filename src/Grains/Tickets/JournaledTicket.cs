using System.Collections.Immutable;
using CampusCare.Contracts.Tickets;
using CampusCare.Contracts.Webhooks;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Storage;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>One ticket and its place in the journal: read, decide, commit. Not for use by two turns at once.</summary>
public sealed class JournaledTicket(ITicketJournal journal, TimeProvider time, string campus, string ticketId)
{
    // A second activation of the same ticket can win a seq; reading again and deciding anew settles it.
    private const int MaximumAttempts = 3;

    /// <summary>How long a memory is told from without looking: another activation may write, and this one would not hear of it.</summary>
    public static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(5);

    private readonly List<(TicketEvent Happened, DateTimeOffset At)> _events = [];
    private TicketView? _view;
    private EventHash _head = EventHash.None;
    private bool _read;
    private DateTimeOffset _asOf;

    /// <summary>The ticket as the last read or commit left it.</summary>
    public Ticket State { get; private set; } = Ticket.None;

    /// <summary>Whether the outcome of a commit is unknown: the memory can't be trusted any more.</summary>
    public bool Lost { get; private set; }

    /// <summary>Who may have to be told of its events.</summary>
    public ImmutableArray<WebhookInterest> Interests { get; set; } = [];

    /// <summary>The subscriptions that have to be told of the last commit.</summary>
    public IReadOnlyCollection<string> Told { get; private set; } = [];

    /// <summary>The ticket for clients.</summary>
    public TicketView View => _view ??= State.View(campus, ticketId);

    /// <summary>The hash of the last event.</summary>
    public EventHash Head => _head;

    /// <summary>
    /// Erases the personal parts of all events, in the journal and in this memory.
    /// </summary>
    /// <returns>How many events had one.</returns>
    /// <exception cref="StorageUnavailableException">Nothing was erased, or it isn't known whether it was.</exception>
    public async Task<int> ErasePersonal()
    {
        var erased = await journal.ErasePersonal(campus, ticketId);
        await ReadAnew();
        return erased;
    }

    /// <summary>Reads the journal, whatever is remembered: for what must not be done from an old memory.</summary>
    public Task<bool> ReadAnew()
    {
        _read = false;
        return Read();
    }

    /// <summary>
    /// Looks into the journal again when the memory is older than <see cref="TrustedFor"/>; while it can't be read, the memory
    /// is what there is. True when somebody else had written.
    /// </summary>
    public async Task<bool> Renew()
    {
        if (!_read || time.GetUtcNow() - _asOf < TrustedFor) return false;
        var known = State.Seq;
        try
        {
            if (!await HasStayed()) await ReadAnew();
            return State.Seq != known;
        }
        catch (StorageUnavailableException)
        {
            _read = true;
            return false;
        }
    }

    // Nearly always nobody else wrote: then the last event is the last one still, and the others need not be read for it.
    private async Task<bool> HasStayed()
    {
        if (State.Seq == 0 || await journal.Read(campus, ticketId, State.Seq - 1) is not [var last] || last.Hash != _head) return false;
        _asOf = time.GetUtcNow();
        return true;
    }

    /// <summary>Events after a seq, oldest first.</summary>
    public ImmutableArray<TicketEventView> After(long seq)
    {
        if (seq >= _events.Count) return [];
        var first = (int)Math.Max(0, seq);
        var views = ImmutableArray.CreateBuilder<TicketEventView>(_events.Count - first);
        for (var i = first; i < _events.Count; i++) views.Add(_events[i].Happened.View(i + 1, _events[i].At));
        return views.MoveToImmutable();
    }

    /// <summary>Events after a seq, as they were decided, oldest first.</summary>
    public IEnumerable<(long Seq, TicketEvent Happened, DateTimeOffset At)> EventsAfter(long seq)
    {
        for (var i = (int)Math.Max(0, seq); i < _events.Count; i++) yield return (i + 1, _events[i].Happened, _events[i].At);
    }

    /// <summary>Reads the journal, unless it was read before. True when it had to.</summary>
    public async Task<bool> Read()
    {
        if (_read) return false;
        var stored = await journal.Read(campus, ticketId, 0);
        var state = Ticket.None;
        _events.Clear();
        foreach (var entry in stored)
        {
            var happened = TicketEventCodec.Decode(entry);
            state = state.Apply(happened, entry.At);
            _events.Add((happened, entry.At));
        }
        Become(state);
        _head = stored.Count == 0 ? EventHash.None : stored[^1].Hash;
        (_read, _asOf) = (true, time.GetUtcNow());
        return true;
    }

    /// <summary>
    /// Decides on the ticket as it stands and commits. Null when done (or nothing was to be done), else the "no".
    /// <paramref name="readFirst"/> is false for an opening: a new ticket has nothing to read, and one that is not new
    /// is found out by the journal's refusal.
    /// </summary>
    public async Task<Refusal?> Do(Func<Ticket, Decision> rule, bool readFirst = true)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (readFirst || attempt > 1) await Read();
            var decision = rule(State);
            if (decision.No is { } no) return new Refusal(no, decision.Detail, decision.Field);
            if (decision.Events.IsEmpty) return null;
            switch (await Commit(decision.Events))
            {
                case AppendResult.Committed:
                    return null;
                case AppendResult.SeqTaken when attempt < MaximumAttempts:
                    _read = false;
                    break;
                case AppendResult.SlotTaken:
                    return new Refusal(RefusalCode.NoRoom, "The agent's slot is taken by another ticket.");
                case AppendResult.DeskTaken:
                    return new Refusal(RefusalCode.NoRoom, "The agent has a call in hand, or chats while this is a call.");
                case AppendResult.Refused refused:
                    return Refuse(refused);
                default:
                    Lost = true;
                    return new Refusal(RefusalCode.OutcomeUnknown, "The store's answer was lost. Repeat the same request with the same id: it will not be done twice.");
            }
        }
    }

    private async Task<AppendResult> Commit(ImmutableArray<TicketEvent> events)
    {
        var now = time.GetUtcNow();
        var next = State;
        foreach (var happened in events) next = next.Apply(happened, now);
        var encoded = new NewEvent[events.Length];
        for (var i = 0; i < encoded.Length; i++) encoded[i] = Addressed(TicketEventCodec.Encode(events[i], now), next.OpenedAt);

        var result = await journal.Append(new Append(State.Seq, _head, encoded, next.Row(campus, ticketId)));
        if (result is AppendResult.Committed committed)
        {
            foreach (var happened in events) _events.Add((happened, now));
            Become(next);
            _head = committed.Hash;
            (_read, _asOf) = (true, now);
            Told = Interests.IsEmpty ? [] : [.. encoded.SelectMany(static happened => happened.Subscribers).Distinct()];
        }
        return result;
    }

    private NewEvent Addressed(NewEvent happened, DateTimeOffset openedAt)
    {
        if (Interests.IsEmpty || WebhookEvents.NameOf(happened.Type) is not { } name) return happened;
        return happened with { Subscribers = [.. Interests.Where(interest => interest.Since <= openedAt && interest.Events.Contains(name)).Select(static interest => interest.Id)] };
    }

    private void Become(Ticket state)
    {
        State = state;
        _view = null;
    }

    private static Refusal Refuse(AppendResult.Refused refused) => refused.Why switch
    {
        Storage.Refusal.Overloaded => new(RefusalCode.Overloaded, "Too many requests at this moment; nothing was stored. Try again in a second."),
        Storage.Refusal.Invalid => new(RefusalCode.Invalid, $"The text can't be stored: {refused.Reason}", "text"),
        _ => new(RefusalCode.StorageUnavailable, $"The store takes nothing now ({refused.Why}); nothing was stored. Try again later."),
    };
}
