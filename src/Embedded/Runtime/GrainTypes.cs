using System.Collections.Frozen;

namespace CampusCare.Embedded.Runtime;

/// <summary>The grain classes of the process, by stored name and by interface.</summary>
internal sealed class GrainTypes
{
    private readonly FrozenDictionary<GrainType, GrainClass> _byName;
    private readonly FrozenDictionary<Type, GrainClass[]> _byInterface;

    public GrainTypes(EmbeddedGrainOptions options)
    {
        var classes = options.GrainAssemblies.Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(IsGrainClass).Select(type => new GrainClass(type, options)).ToArray();
        var twins = classes.GroupBy(grainClass => grainClass.GrainType).FirstOrDefault(group => group.Count() > 1);
        if (twins is not null)
            throw new InvalidOperationException($"Two grain classes are stored as \"{twins.Key}\": {string.Join(", ", twins.Select(c => c.Type))}.");
        _byName = classes.ToFrozenDictionary(grainClass => grainClass.GrainType);
        _byInterface = classes.SelectMany(grainClass => grainClass.Interfaces.Select(face => (Face: face, Class: grainClass)))
            .GroupBy(pair => pair.Face, pair => pair.Class).ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    public int Count => _byName.Count;

    public GrainClass? Find(GrainType name) => _byName.GetValueOrDefault(name);

    /// <summary>The class that implements the interface; of several, the one of the same name without the I.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one fits.</exception>
    public GrainClass For(Type face, string? classNamePrefix = null)
    {
        var classes = _byInterface.GetValueOrDefault(face) ?? [];
        if (classes.Length == 1)
            return classes[0];
        var fitting = Array.FindAll(classes, one => classNamePrefix is null
            ? face.Name.AsSpan(1).SequenceEqual(one.Type.Name)
            : one.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal));
        return fitting.Length == 1
            ? fitting[0]
            : throw new ArgumentException($"{(classes.Length == 0 ? "No grain class implements" : "Several grain classes implement")} {face}.", nameof(face));
    }

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericType: false } && typeof(IGrainBase).IsAssignableFrom(type);
}
