using CampusCare.Domain.Triage;

namespace CampusCare.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-train-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Corrections_are_learnt_from_and_never_judge_nor_let_the_judges_be_learnt()
    {
        var corpus = Enumerable.Range(0, 200).Select(static i => Text($"第{(char)('一' + i)}份外卖还没到")).ToList();
        var heldOut = corpus.Where(static text => text.IsHeldOut).ToList();
        heldOut.Count.ShouldBeInRange(5, 50);
        // Typed another way, it is still the text that judges.
        var corrections = heldOut.Select(static text => text with { Text = text.Text + "。。。" }).Concat(Enumerable.Range(0, 50).Select(static i => Text($"骑手骂了我{(char)('一' + i)}句"))).ToList();
        File.WriteAllLines(At("corrections.tsv"), [LabelledText.Header, .. corrections.Select(static text => text.Line())]);

        var training = Corpus.Training(corpus, Corpus.ReadFile(new FileInfo(At("corrections.tsv"))));
        training.Count.ShouldBe(corpus.Count - heldOut.Count + 50);
        training.Select(static text => text.Words).Intersect(heldOut.Select(static text => text.Words)).ShouldBeEmpty();
        training.Count(static text => text.Text.StartsWith("骑手", StringComparison.Ordinal)).ShouldBe(50, "also those that a hash would hold out");
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static LabelledText Text(string words) => new(words, [Category.LateDelivery], Sentiment.Negative, Urgency.Normal);
}
