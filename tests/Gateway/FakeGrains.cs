using System.Collections.Concurrent;
using System.Reflection;

namespace CampusCare.Gateway.Tests;

/// <summary>
/// Grains that do what a test says, and a record of who was called. Made at run time from the interfaces, so that the
/// same fakes fit both engines.
/// </summary>
internal sealed class FakeGrains
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly Dictionary<string, Func<string, object?[], object>> _answers = [];

    public FakeGrains() => Factory = Make<IGrainFactory>((method, args) => method.Name switch
    {
        "GetGrain" => Grain(method.GetGenericArguments()[0], (string)args[0]!),
        "CreateObjectReference" => args[0]!,
        _ => throw new NotSupportedException(method.Name),
    });

    public IGrainFactory Factory { get; }

    /// <summary>What was called, as "ITicketGrain.Follow north/t1", in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>How often something was called.</summary>
    public int Count(string call) => _calls.Count(made => made == call);

    /// <summary>What a method answers, by "ITicketGrain.History"; the key and the arguments come in. Without this it answers a finished Task.</summary>
    public void On(string method, Func<string, object?[], object> answer) => _answers[method] = answer;

    private object Grain(Type type, string key) => Make(type, (method, args) =>
    {
        var name = $"{type.Name}.{method.Name}";
        _calls.Enqueue($"{name} {key}");
        return _answers.TryGetValue(name, out var answer) ? answer(key, args) : Task.CompletedTask;
    });

    private static T Make<T>(Func<MethodInfo, object?[], object> call) => (T)Make(typeof(T), call);

    private static object Make(Type type, Func<MethodInfo, object?[], object> call)
    {
        var made = DispatchProxy.Create(type, typeof(Handing));
        ((Handing)made).Call = call;
        return made;
    }

    /// <summary>Hands each call on.</summary>
    public class Handing : DispatchProxy
    {
        public Func<MethodInfo, object?[], object> Call { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Call(targetMethod!, args ?? []);
    }
}
