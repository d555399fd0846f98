using System.Collections.Immutable;

namespace CampusCare.Embedded.Runtime;

/// <summary>Stands for the result of a method that has none.</summary>
internal readonly struct Nothing;

/// <summary>One call of one method under way. Emitted types add the arguments and make the call.</summary>
internal abstract class GrainRequest(GrainMethod method) : ITurn
{
    private static readonly Action<Task, object?> OnEnd = static (task, request) => ((GrainRequest)request!).End(task);

    private CancellationTokenSource? _calleeToken;
    private CancellationTokenRegistration _callerToken;

    public GrainMethod Method { get; } = method;

    /// <summary>Who is called.</summary>
    public GrainId Target { get; private set; }

    /// <summary>When the caller stops waiting, in ticks of the <see cref="AlarmClock"/>.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>The silo that it comes from, where there are several; null for a client.</summary>
    public GrainSilo? From { get; set; }

    /// <summary>The mailbox that holds it.</summary>
    public Mailbox? Mailbox { get; set; }

    /// <summary>How many activations it was queued in that ended before its turn came.</summary>
    public int Forwards { get; set; }

    public GrainRequest? Next { get; set; }

    public GrainRequest? Previous { get; set; }

    /// <summary>Whether the caller has an answer: the result, a failure, a timeout or its own cancellation.</summary>
    public abstract bool IsAnswered { get; }

    /// <summary>Whether it belongs to one activation, to be dropped with it rather than handed to the next.</summary>
    public virtual bool IsLocal => false;

    /// <summary>Whether it counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>The token that the callee gets.</summary>
    public CancellationToken CalleeToken => _calleeToken?.Token ?? CancellationToken.None;

    private ImmutableDictionary<string, object>? Context { get; set; }

    /// <summary>Makes it ready to be sent.</summary>
    public virtual void Address(GrainId target, TaskCreationOptions promiseOptions)
    {
        Target = target;
        Context = RequestContext.Values;
    }

    /// <summary>Lets the caller's token end its waiting at once, and tell the callee in a turn of its own.</summary>
    public void ObserveCancellation(CancellationToken token)
    {
        _calleeToken = new CancellationTokenSource();
        _callerToken = token.UnsafeRegister(
            static (request, token) => ((GrainRequest)request!).Cancel(token), this);
    }

    public void Run()
    {
        if (Context is not null)
            RequestContext.Values = Context;
        Task answer;
        try
        {
            answer = Call(Mailbox!.Target) ?? throw new InvalidOperationException($"{Method.Name} returned null instead of a task.");
        }
        catch (Exception exception)
        {
            // The exception is the caller's.
            answer = Task.FromException(exception);
        }

        if (answer.IsCompleted)
            End(answer);
        else
            answer.ContinueWith(OnEnd, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Mailbox!);
    }

    /// <summary>Answers with what a run gave, unless it is answered.</summary>
    public abstract void TryAnswer(Task answer);

    /// <summary>Answers with a failure, unless it is answered, in place of a run.</summary>
    public void Fail(Exception exception)
    {
        _callerToken.Unregister();
        TryFail(exception);
    }

    public override string ToString() => $"{Method.Name} of {Target}";

    /// <summary>A message that was repeated on its way: another run, and the first answer counts.</summary>
    public GrainRequest Repeat()
    {
        var copy = (GrainRequest)MemberwiseClone();
        copy.Next = copy.Previous = null;
        copy.Mailbox = null;
        return copy;
    }

    protected abstract Task Call(object target);

    protected abstract void TryFail(Exception exception);

    protected abstract bool TryCancel(CancellationToken token);

    private void End(Task answer)
    {
        _callerToken.Unregister();
        Mailbox!.Finished(this, answer.Exception?.InnerException);
        Mailbox.Engine.Network.Answer(this, answer);
    }

    private void Cancel(CancellationToken token)
    {
        if (TryCancel(token) && Mailbox is { } mailbox)
            Task.Factory.StartNew(
                static source => ((CancellationTokenSource)source!).Cancel(), _calleeToken, CancellationToken.None, TaskCreationOptions.DenyChildAttach, mailbox);
    }
}

/// <summary>One call with its kind of result.</summary>
internal abstract class GrainRequest<TResult>(GrainMethod method) : GrainRequest(method)
{
    private TaskCompletionSource<TResult>? _answer;

    /// <summary>What the caller awaits.</summary>
    public Task<TResult> Answer => _answer?.Task ?? OneWayAnswer;

    public override bool IsAnswered => _answer is { Task.IsCompleted: true };

    private static Task<TResult> OneWayAnswer { get; } = Task.FromResult(default(TResult)!);

    public override void Address(GrainId target, TaskCreationOptions promiseOptions)
    {
        base.Address(target, promiseOptions);
        if (!Method.OneWay)
            _answer = new(promiseOptions);
    }

    protected override void TryFail(Exception exception) => _answer?.TrySetException(exception);

    protected override bool TryCancel(CancellationToken token) => _answer is null || _answer.TrySetCanceled(token);

    public override void TryAnswer(Task answer)
    {
        if (answer.IsCompletedSuccessfully)
            _answer?.TrySetResult(answer is Task<TResult> { Result: var result } ? result : default!);
        else if (answer.IsCanceled)
            _answer?.TrySetCanceled(new TaskCanceledException(answer).CancellationToken);
        else
            _answer?.TrySetException(answer.Exception!.InnerExceptions);
    }
}
