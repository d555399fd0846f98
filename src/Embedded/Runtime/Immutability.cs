using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;

namespace CampusCare.Embedded.Runtime;

/// <summary>
/// Proves that values of a type never change, so that messages need no copy and share nothing that can. A type is
/// immutable when it is known to be, or when all its fields are read-only and of immutable types, and those of its base
/// and of every type that its assembly derives from it.
/// </summary>
internal static class Immutability
{
    private static readonly FrozenSet<Type> Known = new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version), typeof(BigInteger), typeof(CancellationToken),
    }.ToFrozenSet();

    private static readonly FrozenSet<Type> KnownGeneric = new[]
    {
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>),
        typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
        typeof(FrozenSet<>), typeof(FrozenDictionary<,>),
    }.ToFrozenSet();

    private static readonly ConcurrentDictionary<Type, string?> Problems = new();

    /// <summary>Why the method's arguments or result may change under way, in words that name the type; null when they can't.</summary>
    public static string? ProblemWith(MethodInfo method)
    {
        var result = method.ReturnType;
        if (result.IsGenericType && (result.GetGenericTypeDefinition() == typeof(Task<>) || result.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            result = result.GenericTypeArguments[0];
        else if (result != typeof(void) && result != typeof(Task) && result != typeof(ValueTask))
            return $"{method.DeclaringType}.{method.Name} returns {result}, but a grain method returns Task, Task<T>, ValueTask or ValueTask<T>.";
        else
            result = null;

        var types = method.GetParameters().Select(parameter => parameter.ParameterType);
        var problem = (result is null ? types : types.Append(result)).Select(ProblemWith).FirstOrDefault(problem => problem is not null);
        return problem is null ? null : $"{method.DeclaringType}.{method.Name} can't be called: {problem}";
    }

    /// <summary>Why values of the type may change; null when they can't.</summary>
    public static string? ProblemWith(Type type) => Problems.GetOrAdd(type, static type => Examine(type, []));

    private static string? Examine(Type type, HashSet<Type> underWay)
    {
        if (IsKnown(type) || !underWay.Add(type))
            return null;
        if (type.IsGenericType && KnownGeneric.Contains(type.GetGenericTypeDefinition()))
            return FirstProblem(type.GenericTypeArguments, underWay);
        if (type.IsInterface || type.IsArray || type.IsPointer || type == typeof(object) || typeof(Delegate).IsAssignableFrom(type))
            return $"{type} is not immutable.";
        return ExamineFields(type, underWay) ?? FirstProblem(HeirsOf(type), underWay);
    }

    private static bool IsKnown(Type type) =>
        type.IsPrimitive || type.IsEnum || Known.Contains(type) || (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    private static string? FirstProblem(IEnumerable<Type> types, HashSet<Type> underWay) =>
        types.Select(type => Examine(type, underWay)).FirstOrDefault(problem => problem is not null);

    private static string? ExamineFields(Type type, HashSet<Type> underWay)
    {
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var field in level.GetFields(Own))
            {
                // A struct is copied on its way, so its own fields may be writable.
                if (!field.IsInitOnly && !type.IsValueType)
                    return $"{type} is not immutable: {field.Name} can be written.";
                if (Examine(field.FieldType, underWay) is { } problem)
                    return $"{type} is not immutable: {field.Name} is {field.FieldType}. {problem}";
            }
        }

        return null;
    }

    private static IEnumerable<Type> HeirsOf(Type type)
    {
        if (type.IsSealed)
            return [];
        if (type.Assembly == typeof(object).Assembly)
            return [typeof(object)];
        return type.Assembly.GetTypes().Where(heir => heir.BaseType == type);
    }
}
