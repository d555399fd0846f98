using System.Reflection;
using Orleans.Concurrency;

namespace CampusCare.Embedded.Runtime;

/// <summary>What the engine knows of one interface method.</summary>
internal sealed class GrainMethod
{
    public GrainMethod(MethodInfo method)
    {
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        OneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        Problem = Immutability.ProblemWith(method);
    }

    /// <summary>Something that the engine itself runs within an activation.</summary>
    public GrainMethod(string name, bool alwaysInterleave)
    {
        Name = name;
        OneWay = true;
        AlwaysInterleave = alwaysInterleave;
    }

    public string Name { get; }

    public bool OneWay { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    /// <summary>How long callers wait; null for the engine's option.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>Why it can't be called; null when it can.</summary>
    public string? Problem { get; }
}
