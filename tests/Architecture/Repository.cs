using System.Xml.Linq;

namespace CampusCare.Architecture.Tests;

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>All rooms of src/ by name, each with its project file.</summary>
    public static IReadOnlyDictionary<string, XDocument> Rooms { get; } = Root.GetDirectories("src").Single().GetDirectories()
        .Select(room => new FileInfo(Path.Combine(room.FullName, $"CampusCare.{room.Name}.csproj")))
        .Where(project => project.Exists)
        .ToDictionary(project => project.Directory!.Name, project => XDocument.Load(project.FullName));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root.FullName, path));

    /// <summary>Source files of a room or of all rooms, without what builds and packages put there.</summary>
    public static IEnumerable<FileInfo> Sources(string under) => new DirectoryInfo(Path.Combine(Root.FullName, under))
        .EnumerateFiles("*.cs", SearchOption.AllDirectories)
        .Where(file => !file.FullName.Contains($"{Path.DirectorySeparatorChar}node_modules{Path.DirectorySeparatorChar}"));

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CampusCare.sln"))) return folder;
        throw new InvalidOperationException("the tests must run from within the working copy");
    }
}
