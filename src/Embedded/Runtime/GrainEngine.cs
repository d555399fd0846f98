using Microsoft.Extensions.Logging;
using Orleans.Timers;

namespace CampusCare.Embedded.Runtime;

/// <summary>
/// The engine: takes calls to where they run. All that differs between real and virtual time is given to it: the clock, the
/// <see cref="TurnScheduler"/> and the <see cref="Network"/>.
/// </summary>
internal sealed class GrainEngine : IGrainRuntime, ITimerRegistry, IDisposable
{
    private readonly IServiceProvider _services;
    private volatile bool _stopping;

    public GrainEngine(
        IServiceProvider services, EmbeddedGrainOptions options, TimeProvider time, TurnScheduler turns, ILogger<GrainEngine> log)
    {
        _services = services;
        Options = options;
        Time = time;
        Turns = turns;
        Log = log;
        Types = new GrainTypes(options);
        Alarms = new AlarmClock(time);
        Observers = new Observers(this);
        References = new References(this);
        Factory = new GrainFactory(this, services);
        Network = new LocalNetwork(new GrainSilo(this, services, "local"));
    }

    public EmbeddedGrainOptions Options { get; }

    public TimeProvider Time { get; }

    public TurnScheduler Turns { get; }

    public ILogger Log { get; }

    public GrainTypes Types { get; }

    public AlarmClock Alarms { get; }

    public Observers Observers { get; }

    public References References { get; }

    public GrainFactory Factory { get; }

    public Network Network { get; set; }

    IGrainFactory IGrainRuntime.GrainFactory => Factory;

    ITimerRegistry IGrainRuntime.TimerRegistry => this;

    IServiceProvider IGrainRuntime.ServiceProvider => _services;

    TimeProvider IGrainRuntime.TimeProvider => Time;

    /// <summary>Starts a call; its task ends with the answer.</summary>
    public Task<TResult> Send<TResult>(EmittedReference to, GrainRequest<TResult> request, CancellationToken token)
    {
        var method = request.Method;
        if (method.Problem is { } problem)
            throw new InvalidOperationException(problem);
        if (token.IsCancellationRequested)
            return Task.FromCanceled<TResult>(token);
        if (_stopping && RuntimeContext.Current is null)
            return Task.FromException<TResult>(new SiloUnavailableException($"{method.Name} of {to.GrainId}: the engine is stopping."));

        request.Address(to.GrainId, Turns.PromiseOptions);
        if (!method.OneWay)
            request.Deadline = Alarms.Now + (method.Timeout ?? Options.ResponseTimeout).Ticks;
        if (token.CanBeCanceled)
            request.ObserveCancellation(token);
        Network.Send(request, to.Class);
        return request.Answer;
    }

    /// <summary>Sends a request on, to wherever its target is now.</summary>
    public void Route(GrainRequest request)
    {
        var grainClass = Types.Find(request.Target.Type);
        if (grainClass is null && request.Target.Type != Observers.Type)
            request.Fail(new ArgumentException($"There is no grain class \"{request.Target.Type}\"."));
        else
            Network.Send(request, grainClass);
    }

    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (grainContext is not Activation activation || RuntimeContext.Current != grainContext)
            throw new InvalidOperationException("A grain timer can be made within a turn of its activation only.");
        return new GrainTimer(activation, token => callback(state, token), options, Time);
    }

    public void DeactivateOnIdle(IGrainContext grainContext) => grainContext.Deactivate(
        new(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) =>
        ((Activation)grainContext).DelayDeactivation(timeSpan);

    /// <summary>Takes no more calls from outside and ends all activations, for as long as the token allows.</summary>
    public async Task StopAsync(CancellationToken token)
    {
        _stopping = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine is stopping.");
        while (!token.IsCancellationRequested && Network.Activations.ToList() is { Count: > 0 } alive)
        {
            foreach (var activation in alive)
                activation.Deactivate(reason);
            await Task.WhenAll(alive.Select(activation => activation.Deactivated)).WaitAsync(token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        EngineLog.Stopped(Log, Network.Activations.Count());
    }

    public void Dispose() => Alarms.Dispose();
}
