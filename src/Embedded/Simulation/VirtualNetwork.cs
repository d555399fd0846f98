using CampusCare.Embedded.Runtime;

namespace CampusCare.Embedded.Simulation;

/// <summary>Carries messages between virtual machines, late, twice or never, as the seed decides.</summary>
internal sealed class VirtualNetwork(GrainEngine engine, SimulationOptions options, VirtualDirectory directory, int seed) : Network
{
    private readonly Random _random = new(seed);

    public override IEnumerable<Activation> Activations => directory.Silos.SelectMany(silo => silo.Activations);

    public override void Send(GrainRequest request, GrainClass? grainClass)
    {
        request.From = VirtualDirectory.Here;
        if (grainClass is null)
            SendToObserver(request);
        else if (directory.Locate(request.Target, grainClass, request.From, _random) is { } silo)
            Carry(request, silo == request.From ? 0 : 1, () => Arrive(request, grainClass, silo));
        else
            Later(Delay(), () => request.Fail(new SiloUnavailableException($"{request}: its silo is gone.")));
    }

    public override void Answer(GrainRequest request, Task answer)
    {
        if (request.Method.OneWay)
            return;
        var here = VirtualDirectory.Here;
        if (here is not null && here == request.From)
            request.TryAnswer(answer);
        else if (Chance(options.AnswerLost) || !directory.Connects(here, request.From))
            FailLate(request);
        else
            Later(Delay(), () => request.TryAnswer(answer));
    }

    /// <summary>What was under way in a silo or activation when it died: its callers learn that it is gone.</summary>
    public void Break(IEnumerable<GrainRequest> requests)
    {
        foreach (var request in requests)
            Later(Delay(), () => request.Fail(new SiloUnavailableException($"{request}: its silo died.")));
    }

    private void SendToObserver(GrainRequest request)
    {
        if (directory.Connects(request.From, null))
            Carry(request, 1, () => engine.Observers.Deliver(request));
        else
            FailLate(request);
    }

    private void Carry(GrainRequest request, int hops, Action arrive)
    {
        if (hops == 0)
        {
            arrive();
            return;
        }

        if (Chance(request.Method.OneWay ? options.HintLost : options.CallLost))
        {
            FailLate(request);
            return;
        }

        Later(Delay(), arrive);
    }

    private void Arrive(GrainRequest request, GrainClass grainClass, GrainSilo silo)
    {
        if (!directory.IsAlive(silo))
        {
            Break([request]);
            return;
        }

        if (request.Method.OneWay && Chance(options.HintRepeated))
        {
            var again = request.Repeat();
            Later(Delay(), () => Arrive(again, grainClass, silo));
        }

        silo.Deliver(request, grainClass);
    }

    private bool Chance(double chance) => chance > 0 && _random.NextDouble() < chance;

    private TimeSpan Delay()
    {
        var most = Chance(options.HeldUp) ? options.MaxHoldUp : options.MaxDelay;
        return options.MinDelay + ((most - options.MinDelay) * _random.NextDouble());
    }

    /// <summary>The caller waits in vain.</summary>
    private void FailLate(GrainRequest request)
    {
        if (request.Deadline != long.MaxValue)
            Later(TimeSpan.FromTicks(Math.Max(0, request.Deadline - engine.Alarms.Now)), () => request.Fail(new TimeoutException($"No answer in time to {request}: it was lost.")));
    }

    private void Later(TimeSpan wait, Action action) =>
        engine.Time.CreateTimer(static action => ((Action)action!)(), action, wait, Timeout.InfiniteTimeSpan);
}
