using System.CommandLine;
using System.Globalization;
using System.Text;
using CampusCare.Domain.Triage;

namespace CampusCare.Cli;

/// <summary><c>./campuscare train</c>: makes the triage model from the corpus, and writes its figures into its card.</summary>
internal static class TrainCommand
{
    private const int Folds = 5;
    private const string FiguresBegin = "<!-- figures: written by ./campuscare train -->";
    private const string FiguresEnd = "<!-- end of figures -->";

    public static Command Create()
    {
        var corpus = new Option<DirectoryInfo>("--corpus") { Description = "Where the labelled texts are (*.tsv).", DefaultValueFactory = _ => new(Path.Combine(Home(), "corpus")) };
        var corrections = new Option<FileInfo?>("--corrections") { Description = "Texts that people corrected, in the columns of the corpus: training learns from them too." };
        var model = new Option<FileInfo>("--model") { Description = "Where the model goes.", DefaultValueFactory = _ => new(Path.Combine(Home(), "src/Domain/Triage/triage.model")) };
        var card = new Option<FileInfo>("--card") { Description = "The model card, whose figures are replaced.", DefaultValueFactory = _ => new(Path.Combine(Home(), "docs/triage.md")) };
        var seed = new Option<int>("--seed") { Description = "The same corpus and seed give the same model, bit for bit.", DefaultValueFactory = _ => TriageTrainer.DefaultSeed };
        var quick = new Option<bool>("--quick") { Description = "Without cross-validation; the card stays as it is." };
        var command = new Command("train", "Trains the text classifier from the labelled corpus.") { corpus, corrections, model, card, seed, quick };
        command.SetAction((parsed, _) => Running.Named(() => Task.FromResult(Train(
            parsed.GetRequiredValue(corpus),
            parsed.GetValue(corrections),
            parsed.GetRequiredValue(model),
            parsed.GetValue(quick) ? null : parsed.GetRequiredValue(card),
            parsed.GetValue(seed)))));
        return command;
    }

    private static int Train(DirectoryInfo corpus, FileInfo? corrections, FileInfo modelFile, FileInfo? card, int seed)
    {
        var texts = Corpus.Read(corpus);
        var training = Corpus.Training(texts, corrections is null ? [] : Corpus.ReadFile(corrections));
        var model = TriageTrainer.Train(training, seed);
        using (var stream = modelFile.Create()) model.Save(stream);
        modelFile.Refresh();
        Console.WriteLine($"{training.Count} texts, {model.FeatureCount} features, {modelFile.Length:N0} bytes: {modelFile.FullName}");
        var heldOut = TriageFigures.Of([.. texts.Where(t => t.IsHeldOut).Select(t => new JudgedText(t, model.Classify(t.Text)))]);
        Console.WriteLine(Summary("held out", heldOut));
        if (card is null) return 0;
        var crossValidated = TriageFigures.Of([.. TriageTrainer.CrossValidate(training, Folds, seed)]);
        Console.WriteLine(Summary("cross-validated", crossValidated));
        WriteFigures(card, heldOut, crossValidated, seed);
        return 0;
    }

    private static string Summary(string name, TriageFigures f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {f.Texts} texts, macro-F1 {f.MacroF1:0.000}, leading category {f.LeadAccuracy:0.000}, sentiment {f.SentimentAccuracy:0.000}, calibration error {f.CalibrationError:0.000}");

    private static void WriteFigures(FileInfo card, TriageFigures heldOut, TriageFigures crossValidated, int seed)
    {
        var text = File.ReadAllText(card.FullName);
        var begin = text.IndexOf(FiguresBegin, StringComparison.Ordinal);
        var end = text.IndexOf(FiguresEnd, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new CannotRunException($"{card.FullName} has no place for figures ({FiguresBegin} … {FiguresEnd}).");
        File.WriteAllText(card.FullName, text[..(begin + FiguresBegin.Length)] + Tables(heldOut, crossValidated, seed) + text[end..]);
    }

    private static string Tables(TriageFigures heldOut, TriageFigures crossValidated, int seed)
    {
        var tables = new StringBuilder("\n\n").Append(CultureInfo.InvariantCulture, $"Seed {seed}.\n\n");
        tables.Append(CultureInfo.InvariantCulture, $"| | held out ({heldOut.Texts} texts) | {Folds}-fold cross-validation ({crossValidated.Texts} texts) |\n|---|---|---|\n");
        Row("macro-F1 over all categories that a text is about", f => f.MacroF1);
        Row("macro-F1 of the leading category", f => f.LeadMacroF1);
        Row("leading category is the one named first", f => f.LeadAccuracy);
        Row("leading category is one of those named", f => f.LeadAmongNamed);
        Row("sentiment, positive against negative", f => f.SentimentAccuracy);
        Row("urgency", f => f.UrgencyAccuracy);
        Row("expected calibration error", f => f.CalibrationError);
        tables.Append("\n| category | texts | precision | recall | F1 | held out: precision | recall | F1 |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var (c, h) in crossValidated.About.Zip(heldOut.About))
            tables.Append(CultureInfo.InvariantCulture, $"| {c.Category} | {c.Support} | {c.Precision:0.00} | {c.Recall:0.00} | {c.F1:0.00} | {h.Precision:0.00} | {h.Recall:0.00} | {h.F1:0.00} |\n");
        return tables.Append('\n').ToString();

        void Row(string name, Func<TriageFigures, double> figure) =>
            tables.Append(CultureInfo.InvariantCulture, $"| {name} | {figure(heldOut):0.000} | {figure(crossValidated):0.000} |\n");
    }

    private static string Home() => Environment.GetEnvironmentVariable("CAMPUSCARE_HOME") ?? Directory.GetCurrentDirectory();
}
