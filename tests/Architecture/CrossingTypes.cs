using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CampusCare.Architecture.Tests;

/// <summary>
/// Walks everything that crosses a grain call or is stored as a grain's state, and says what would break on the other
/// engine: types must be immutable sealed records with serializer attributes, so that a reference handed over in one
/// process means the same as a copy sent to another.
/// </summary>
internal sealed class CrossingTypes
{
    private static readonly Type[] Plain =
    [
        typeof(bool), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(ushort), typeof(uint), typeof(ulong), typeof(float), typeof(double),
        typeof(decimal), typeof(char), typeof(string), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(CancellationToken),
    ];

    private static readonly Type[] ImmutableCollections =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>),
    ];

    private readonly HashSet<Type> _seen = [];
    private readonly Dictionary<string, Type> _aliases = [];
    private readonly List<string> _wrong = [];

    /// <summary>Everything that is wrong so far.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Every type that was judged.</summary>
    public IReadOnlyCollection<Type> Seen => _seen;

    /// <summary>All grain interfaces, observers and grain states of an assembly.</summary>
    public CrossingTypes Walk(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes()) Walk(type);
        return this;
    }

    /// <summary>One type, if it is a grain interface or a grain.</summary>
    public CrossingTypes Walk(Type type)
    {
        if (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)) WalkInterface(type);
        foreach (var state in StatesOf(type)) Judge(state, $"state of {type.Name}");
        return this;
    }

    private void WalkInterface(Type type)
    {
        CheckAlias(type);
        foreach (var method in type.GetMethods())
        {
            var where = $"{type.Name}.{method.Name}";
            if (ResultOf(method.ReturnType) is { } result) Judge(result, where);
            foreach (var parameter in method.GetParameters()) Judge(parameter.ParameterType, where);
        }
    }

    private void Judge(Type type, string where)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) type = inner;
        if (type.IsEnum || Plain.Contains(type) || type.IsGenericParameter || typeof(IAddressable).IsAssignableFrom(type)) return;
        if (type.IsGenericType && ImmutableCollections.Contains(type.GetGenericTypeDefinition()))
        {
            foreach (var argument in type.GetGenericArguments()) Judge(argument, where);
            return;
        }
        if (!_seen.Add(type)) return;
        if (type.IsArray || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
        {
            _wrong.Add($"{type} in {where}: mutable or unknown to the serializer; take an immutable collection or a record");
            return;
        }
        JudgeRecord(type, where);
    }

    private void JudgeRecord(Type type, string where)
    {
        Require(type is { IsSealed: true, IsValueType: false } && type.GetMethod("<Clone>$") is not null, "is not a sealed record");
        Require(type.GetCustomAttribute<GenerateSerializerAttribute>() is not null, "lacks [GenerateSerializer]");
        Require(type.GetCustomAttribute<ImmutableAttribute>() is not null, "lacks [Immutable]");
        CheckAlias(type);
        var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(IsStored).ToList();
        foreach (var member in members)
        {
            Require(member.GetCustomAttribute<IdAttribute>() is not null, $"{member.Name} lacks [Id]");
            Require(IsInitOnly(member), $"{member.Name} can be changed");
            Judge(member.PropertyType, $"{type.Name}.{member.Name}");
        }
        var ids = members.Select(member => member.GetCustomAttribute<IdAttribute>()?.Id).OfType<uint>().ToList();
        Require(ids.Distinct().Count() == ids.Count, "uses an [Id] twice");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => !IsBackingField(field)))
            Require(field.IsDefined(typeof(NonSerializedAttribute)), $"has the bare field {field.Name}");

        void Require(bool holds, string otherwise)
        {
            if (!holds) _wrong.Add($"{type} in {where}: {otherwise}");
        }
    }

    private void CheckAlias(Type type)
    {
        // A closed generic type shares the alias of its definition.
        var named = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var alias = named.GetCustomAttribute<AliasAttribute>()?.Alias;
        if (string.IsNullOrEmpty(alias)) _wrong.Add($"{named} lacks an [Alias]");
        else if (named.IsGenericType && !alias.EndsWith($"`{named.GetGenericArguments().Length}", StringComparison.Ordinal))
            _wrong.Add($"{named} has the alias {alias}, which no other process can read: a generic type's alias ends in its arity, as `1");
        else if (!_aliases.TryAdd(alias, named) && _aliases[alias] != named) _wrong.Add($"{named} and {_aliases[alias]} share the alias {alias}");
    }

    private static IEnumerable<Type> StatesOf(Type type)
    {
        var injected = type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType);
        var kept = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(field => field.FieldType);
        foreach (var holder in injected.Concat(kept))
            if (holder.IsGenericType && holder.GetGenericTypeDefinition() == typeof(IPersistentState<>)) yield return holder.GetGenericArguments()[0];
    }

    private static Type? ResultOf(Type type)
    {
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask)) return null;
        var isAwaited = type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));
        return isAwaited ? type.GetGenericArguments()[0] : type;
    }

    private static bool IsStored(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static bool IsBackingField(FieldInfo field) => field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal);

    private static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod is not { } setter || setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
