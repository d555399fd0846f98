using System.Collections.Concurrent;
using System.Globalization;

namespace CampusCare.Embedded.Runtime;

/// <summary>The objects outside the grains that grains can call.</summary>
internal sealed class Observers(GrainEngine engine)
{
    public static readonly GrainType Type = GrainType.Create("sys.observer");

    private readonly ConcurrentDictionary<GrainId, ObserverMailbox> _mailboxes = new();
    private long _count;

    public GrainId Add(IGrainObserver observer)
    {
        var id = GrainId.Create(Type, Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture));
        _mailboxes[id] = new ObserverMailbox(engine, observer);
        return id;
    }

    public void Remove(GrainId observer)
    {
        if (!_mailboxes.TryRemove(observer, out _))
            throw new ArgumentException($"{observer} is no observer of this engine.", nameof(observer));
    }

    public void Deliver(GrainRequest request)
    {
        if (_mailboxes.TryGetValue(request.Target, out var mailbox) && mailbox.TryPost(request))
            return;
        _mailboxes.TryRemove(request.Target, out _);
        var gone = new ClientNotAvailableException($"{request}: the observer is gone.");
        if (request.Method.OneWay)
            EngineLog.OneWayFailed(engine.Log, gone, request);
        request.Fail(gone);
    }
}

/// <summary>Runs calls of one observer, one at a time. Holds it weakly, so that who forgot it is not kept busy.</summary>
internal sealed class ObserverMailbox(GrainEngine engine, IGrainObserver observer) : Mailbox(engine)
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);

    public override object Target => _observer.TryGetTarget(out var target)
        ? target
        : throw new ClientNotAvailableException("The observer is gone.");

    protected override bool IsClosed => !_observer.TryGetTarget(out _);
}
