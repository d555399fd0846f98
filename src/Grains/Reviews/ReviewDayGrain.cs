using System.Collections.Immutable;
using System.Globalization;
using CampusCare.Contracts;
using CampusCare.Contracts.Reviews;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Reviews;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Reviews;

/// <inheritdoc cref="IReviewDayGrain"/>
/// <remarks>
/// It calls nobody, so that a ticket that is erased can wait for it. In a rush samples are gathered for a few seconds and
/// stored together, since all of the day is one state.
/// </remarks>
[HashBasedPlacement]
public sealed class ReviewDayGrain([PersistentState("reviewDay", StateStores.Main)] IPersistentState<ReviewDayState> state, TimeProvider time) : Grain, IReviewDayGrain, IRemindable
{
    /// <summary>How long samples are gathered before they are stored.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    /// <summary>How often it looks whether something lapsed or is over.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(12);

    private const string Reminder = "review";

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such review.");

    private readonly List<Review> _gathered = [];
    private DateTimeOffset _storedAt;
    private IGrainTimer? _later;
    private bool _reminded;

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Campus;

    private DateOnly Day => DateOnly.Parse(GrainKeys.Split(this.GetPrimaryKeyString()).Id, CultureInfo.InvariantCulture);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Store();

    public async Task Sampled(Review review)
    {
        var now = time.GetUtcNow();
        if (ReviewRules.HasLapsed(Day, now) || ReviewRules.Today(review.At) != Day || _gathered.Count >= ReviewRules.MaximumPerDay) return;
        _gathered.Add(review with { Verdict = null });
        _later ??= this.RegisterGrainTimer(Store, new GrainTimerCreationOptions(Gathering, Gathering) { KeepAlive = true });
        if (now - _storedAt >= Gathering) await Store();
    }

    public async Task<ImmutableArray<Review>> Waiting(ReviewName? after, int limit)
    {
        if (ReviewRules.HasLapsed(Day, time.GetUtcNow())) return [];
        await Store();
        // One that is gone meanwhile leaves the reader at the day's beginning: better seen twice than not.
        var known = after is null ? -1 : IndexOf(after);
        return [.. state.State.Reviews.Skip(known + 1).Where(static review => review.Verdict is null).Take(limit)];
    }

    public Task<Outcome<Review>> Get(SupervisorRef inspector, ReviewName name) => Task.FromResult<Outcome<Review>>(Find(inspector, name) is { } review ? review : Unknown);

    public async Task<Outcome<Review>> Judge(JudgeReview command)
    {
        if (Find(command.Inspector, command.Name) is not { } review) return Unknown;
        var decided = new Meaning(review.Category, review.Urgency, review.Sentiment);
        var (kind, isTriage) = (review.Kind, review.Kind == DecisionKind.Triage);
        Meaning? meant = (command.Category ?? (object?)command.Urgency ?? command.Sentiment) is null
            ? null
            : new Meaning(command.Category ?? review.Category, command.Urgency ?? review.Urgency, command.Sentiment ?? review.Sentiment);
        if (ReviewRules.Fault(kind, decided, new Judgement(command.Right, meant, command.Reason)) is { } fault) return new Refusal(fault.No!.Value, fault.Detail, fault.Field);
        var corrects = isTriage && !command.Right;
        var verdict = new ReviewVerdict(
            command.Right, command.Inspector.Id, time.GetUtcNow(), corrects ? meant?.Category : null, corrects ? meant?.Urgency : null, corrects ? meant?.Sentiment : null,
            command.Right ? null : command.Reason, corrects ? command.Text : null);
        if (review.Verdict is { } before)
            return before with { At = verdict.At } == verdict ? review : new Refusal(RefusalCode.AlreadyReviewed, $"{before.By} judged this before. One verdict is kept.");
        if (ReviewRules.HasLapsed(Day, time.GetUtcNow())) return new Refusal(RefusalCode.ReviewLapsed, $"A decision is judged within {ReviewRules.OpenDays} days. This one has lapsed.");
        var judged = review with { Verdict = verdict };
        await Keep(state.State.With(review, judged));
        return judged;
    }

    public async Task Forget(string ticketId)
    {
        await Store();
        var next = state.State.WithoutWordsOf(ticketId).Lapse(review => review.TicketId == ticketId);
        if (next != state.State) await Keep(next);
    }

    public Task<ImmutableArray<ReviewCount>> Count() => Task.FromResult(state.State.Count(ReviewRules.HasLapsed(Day, time.GetUtcNow())));

    public Task<ImmutableArray<Correction>> Corrections() => Task.FromResult<ImmutableArray<Correction>>(
        [.. state.State.Reviews.Select(static review => review.Verdict).Where(static verdict => verdict is { Text.Length: > 0, Category: not null })
            .Select(static verdict => new Correction(verdict!.Text!, verdict.Category!.Value, verdict.Urgency!.Value, verdict.Sentiment!.Value))]);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var now = time.GetUtcNow();
        if (ReviewRules.IsOver(Day, now))
        {
            await state.ClearStateAsync();
            if (await this.GetReminder(Reminder) is { } reminder) await this.UnregisterReminder(reminder);
        }
        else if (ReviewRules.HasLapsed(Day, now) && state.State.Lapse(static _ => true) is var next && next != state.State) await Keep(next);
    }

    private Review? Find(SupervisorRef inspector, ReviewName name) =>
        inspector.Campus == Campus && IndexOf(name) is >= 0 and var at ? state.State.Reviews[at] : null;

    private int IndexOf(ReviewName name)
    {
        for (var i = 0; i < state.State.Reviews.Length; i++)
            if (state.State.Reviews[i].TicketId == name.TicketId && state.State.Reviews[i].Seq == name.Seq) return i;
        return -1;
    }

    private Task Store() => _gathered.Count == 0 ? Task.CompletedTask : Keep(state.State);

    // What was gathered meanwhile is stored with it. What can't be stored now is gathered on.
    private async Task Keep(ReviewDayState next)
    {
        var came = _gathered.Count;
        await KeepWatch();
        await state.Save(next.With(_gathered.Take(came)));
        _gathered.RemoveRange(0, came);
        _storedAt = time.GetUtcNow();
        _later?.Dispose();
        _later = null;
    }

    // The day looks after itself until it is over.
    private async Task KeepWatch()
    {
        if (!_reminded && await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Period, Period);
        _reminded = true;
    }
}
