using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Triage;

public sealed class CorpusTests
{
    private const int LeastTexts = 6000;
    private const int LeastPerCategory = 430;
    private const int MostTimesTheAverage = 2;

    [Fact]
    public void There_are_enough_texts_and_no_two_are_alike()
    {
        CorpusFiles.All.Count.ShouldBeGreaterThanOrEqualTo(LeastTexts);
        CorpusFiles.All.GroupBy(t => new string([.. t.Text.Where(char.IsLetterOrDigit)]).ToLowerInvariant())
            .Where(g => g.Key.Length > 0 && g.Count() > 1)
            .Select(g => g.Key)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_category_has_its_share()
    {
        var average = CorpusFiles.All.Count / Enum.GetValues<Category>().Length;
        foreach (var category in Enum.GetValues<Category>())
            CorpusFiles.All.Count(t => t.Categories[0] == category).ShouldBeInRange(LeastPerCategory, average * MostTimesTheAverage, category.ToString());
    }

    [Fact]
    public void A_file_holds_the_texts_that_its_category_leads()
    {
        foreach (var file in Directory.GetFiles(CorpusFiles.Folder(), "*.tsv"))
        {
            var lines = File.ReadAllLines(file);
            lines[0].ShouldBe(LabelledText.Header);
            var category = Enum.Parse<Category>(Path.GetFileNameWithoutExtension(file));
            lines.Skip(1).Select(LabelledText.Parse).ShouldAllBe(t => t.Categories[0] == category && t.Categories.Distinct().Count() == t.Categories.Count);
        }
    }

    [Fact]
    public void About_one_text_in_ten_is_held_out() =>
        ((double)CorpusFiles.HeldOut.Count / CorpusFiles.All.Count).ShouldBeInRange(0.08, 0.12);

    [Theory]
    [InlineData("慢")]
    [InlineData("慢\tLateDelivery\tNegative")]
    [InlineData("慢\tSlowness\tNegative\tNormal")]
    [InlineData("慢\tLateDelivery\tAngry\tNormal")]
    [InlineData("慢\tLateDelivery\tNegative\t7")]
    [InlineData("\tLateDelivery\tNegative\tNormal")]
    public void A_line_that_is_none_is_refused(string line) => Should.Throw<FormatException>(() => LabelledText.Parse(line));
}
