using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CampusCare.Embedded.Runtime;

/// <summary>What the engine knows of one grain class.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInvoker _constructor;
    private readonly Func<ActivationObjects, object?>[] _arguments;

    public GrainClass(Type type, EmbeddedGrainOptions options)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? NameByConvention(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 1;
        PrefersLocal = type.IsDefined(typeof(PreferLocalPlacementAttribute));
        CollectionAge = CollectionAgeOf(type, options.CollectionAge);
        Interfaces = [.. type.GetInterfaces().Where(IsGrainInterface)];
        MainInterface = Interfaces.FirstOrDefault(face => face != typeof(IRemindable)) ?? typeof(IGrain);
        var constructor = ConstructorOf(type);
        _constructor = ConstructorInvoker.Create(constructor);
        _arguments = [.. constructor.GetParameters().Select(ArgumentFor)];
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>How many activations of one key may be alive: one, but for stateless workers.</summary>
    public int MaxWorkers { get; }

    /// <summary>Whether a new activation belongs in its first caller's silo.</summary>
    public bool PrefersLocal { get; }

    /// <summary>How long an activation may be idle; null for ever.</summary>
    public TimeSpan? CollectionAge { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>The interface of references that are made without naming one.</summary>
    public Type MainInterface { get; }

    /// <summary>Makes the grain object. Called within a turn of its activation.</summary>
    public object Construct(ActivationObjects owner) =>
        _constructor.Invoke(Array.ConvertAll(_arguments, argument => argument(owner)).AsSpan());

    private static bool IsGrainInterface(Type type) =>
        typeof(IGrain).IsAssignableFrom(type) && (type.Assembly != typeof(IGrain).Assembly || type == typeof(IRemindable));

    private static string NameByConvention(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }

    private static TimeSpan? CollectionAgeOf(Type type, TimeSpan standard)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute)))
            return null;
        var own = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        return own is { AlwaysActive: true } ? null : own?.AgeLimit ?? standard;
    }

    private static ConstructorInfo ConstructorOf(Type type)
    {
        var all = type.GetConstructors();
        return all.FirstOrDefault(constructor => constructor.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? all.MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
    }

    private static Func<ActivationObjects, object?> ArgumentFor(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(IGrainContext))
            return static owner => owner.Activation;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
            return PersistentStateFor(parameter, state);
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return owner => owner.Services.GetRequiredKeyedService(type, keyed.Key);
        if (parameter.HasDefaultValue)
            return owner => owner.Services.GetService(type) ?? parameter.DefaultValue;
        return owner => owner.Services.GetRequiredService(type);
    }

    private static Func<ActivationObjects, object?> PersistentStateFor(ParameterInfo parameter, PersistentStateAttribute asked)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"{parameter.Member.DeclaringType}: {parameter.Name} must be an IPersistentState<T>.");
        var create = ConstructorInvoker.Create(typeof(PersistentState<>).MakeGenericType(type.GenericTypeArguments).GetConstructors()[0]);
        return owner => create.Invoke(owner, asked);
    }
}
