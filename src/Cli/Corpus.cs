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

    /// <summary>
    /// What training learns from: the corpus without what is held out, and corrections. A correction that is a held-out text
    /// is left out: it would judge the model by what it learnt.
    /// </summary>
    public static IReadOnlyList<LabelledText> Training(IReadOnlyList<LabelledText> corpus, IReadOnlyList<LabelledText> corrections)
    {
        var heldOut = corpus.Where(static text => text.IsHeldOut).Select(static text => text.Words).ToHashSet();
        return [.. corpus.Where(static text => !text.IsHeldOut), .. corrections.Where(text => !heldOut.Contains(text.Words))];
    }

    /// <summary>Every text of a file.</summary>
    /// <exception cref="CannotRunException">There is no such file, or a line can't be read.</exception>
    public static IReadOnlyList<LabelledText> ReadFile(FileInfo file) => file.Exists ? Read(file) : throw new CannotRunException($"{file.FullName} does not exist.");

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
