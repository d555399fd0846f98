using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CampusCare.Architecture.Tests;

/// <summary>A type that a compiled assembly uses from another one.</summary>
internal sealed record TypeUse(string Assembly, string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name}";
}

/// <summary>What a compiled assembly really uses, whatever its project file says.</summary>
internal static class Compiled
{
    public static bool IsThere(string assembly) => File.Exists(FileOf(assembly));

    public static IReadOnlyList<TypeUse> TypesUsedBy(string assembly)
    {
        using var file = File.OpenRead(FileOf(assembly));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(handle => Use(metadata, metadata.GetTypeReference(handle)))];
    }

    private static string FileOf(string assembly) => Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");

    /// <summary>The rooms that it uses, by their short names.</summary>
    public static IEnumerable<string> RoomsUsedBy(string assembly) => TypesUsedBy(assembly)
        .Where(use => use.Assembly.StartsWith("CampusCare.", StringComparison.Ordinal))
        .Select(use => use.Assembly.Replace("CampusCare.", ""))
        .Distinct();

    private static TypeUse Use(MetadataReader metadata, TypeReference type)
    {
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var outer = Use(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope));
            return outer with { Name = $"{outer.Name}.{metadata.GetString(type.Name)}" };
        }
        var assembly = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : "";
        return new(assembly, metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }
}
