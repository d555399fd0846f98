using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Triage;

/// <summary>The labelled corpus of the repository.</summary>
internal static class CorpusFiles
{
    private static readonly Lazy<IReadOnlyList<LabelledText>> Read = new(() =>
        [.. Directory.GetFiles(Folder(), "*.tsv").Order(StringComparer.Ordinal).SelectMany(f => File.ReadLines(f).Skip(1)).Select(LabelledText.Parse)]);

    private static readonly Lazy<ILookup<bool, LabelledText>> ByHeldOut = new(() => All.ToLookup(t => t.IsHeldOut));

    private static readonly Lazy<TriageModel> TrainedNow = new(() => TriageTrainer.Train(Training));

    public static IReadOnlyList<LabelledText> All => Read.Value;

    public static IReadOnlyList<LabelledText> Training => [.. ByHeldOut.Value[false]];

    public static IReadOnlyList<LabelledText> HeldOut => [.. ByHeldOut.Value[true]];

    /// <summary>A model trained from the corpus as it stands, once for all tests.</summary>
    public static TriageModel Trained => TrainedNow.Value;

    public static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CampusCare.sln"))) return Path.Combine(folder.FullName, "corpus");
        }
        throw new DirectoryNotFoundException("No CampusCare.sln above the tests.");
    }
}
