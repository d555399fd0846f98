using CampusCare.Domain.Triage;

namespace CampusCare.Cli;

/// <summary>Reads the labelled corpus from disk.</summary>
internal static class Corpus
{
    /// <summary>Every text of every *.tsv file of a folder, in the order of the files' names.</summary>
    /// <exception cref="CannotRunException">There is no such folder or no text in it, or a line can't be read.</exception>
    public static IReadOnlyList<LabelledText> Read(DirectoryInfo folder)
    {
        if (!folder.Exists) throw new CannotRunException($"{folder.FullName} does not exist.");
        var texts = folder.GetFiles("*.tsv").OrderBy(f => f.Name, StringComparer.Ordinal).SelectMany(Read).ToList();
        return texts.Count > 0 ? texts : throw new CannotRunException($"{folder.FullName} holds no labelled text.");
    }

    private static List<LabelledText> Read(FileInfo file)
    {
        var texts = new List<LabelledText>();
        var lines = File.ReadAllLines(file.FullName);
        if (lines is not [LabelledText.Header, ..]) throw new CannotRunException($"{file.FullName} does not begin with: {LabelledText.Header}");
        for (var i = 1; i < lines.Length; i++)
        {
            try
            {
                texts.Add(LabelledText.Parse(lines[i]));
            }
            catch (FormatException e)
            {
                throw new CannotRunException($"{file.FullName}, line {i + 1}: {e.Message}");
            }
        }
        return texts;
    }
}
