using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.Triage;
using CsvHelper;
using CsvHelper.Configuration;

namespace CampusCare.Cli;

/// <summary><c>./campuscare classify FILE</c>: says what the texts of a CSV file are about, one line of JSON each.</summary>
internal static class ClassifyCommand
{
    private const int WarmUpRounds = 300;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A CSV file in UTF-8 with the columns id and text." };
        var model = new Option<FileInfo?>("--model") { Description = "Another model than the one that ships." };
        var command = new Command("classify", "Says what texts are about: one line of JSON for each, on standard output.") { file, model };
        command.SetAction((parsed, _) => Running.Named(() => Task.FromResult(Classify(parsed.GetRequiredValue(file), parsed.GetValue(model)))));
        return command;
    }

    private static int Classify(FileInfo file, FileInfo? modelFile)
    {
        var model = modelFile is null ? TriageModel.Default : Load(modelFile);
        WarmUp(model);
        var times = new List<double>();
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (var (id, text) in Read(file))
        {
            var started = Stopwatch.GetTimestamp();
            var result = model.Classify(text);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            output.Write(JsonSerializer.Serialize(Line.Of(id, result, times[^1]), Json));
            output.Write('\n');
        }
        output.Flush();
        times.Sort();
        if (times.Count > 0) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count} texts, milliseconds each: p50 {At(0.5):0.000}, p99 {At(0.99):0.000}, max {times[^1]:0.000}"));
        return 0;

        double At(double share) => times[Math.Min((int)(times.Count * share), times.Count - 1)];
    }

    /// <summary>Has the code compiled before the first text is timed, as it is in a process that has run for a second.</summary>
    private static void WarmUp(TriageModel model)
    {
        for (var i = 0; i < WarmUpRounds; i++) model.Classify("11点20下的单，12:45还没到！订单号88120437，少了一份米饭，退我15块钱，骑手电话13800002222打不通，送到6栋302");
    }

    private static TriageModel Load(FileInfo file)
    {
        using var stream = file.OpenRead();
        return TriageModel.Load(stream);
    }

    private static IEnumerable<(string Id, string Text)> Read(FileInfo file)
    {
        using var reader = file.OpenText();
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header || !header.Contains("id") || !header.Contains("text"))
            throw new CannotRunException($"{file.FullName} does not begin with a header that names the columns id and text.");
        while (csv.Read()) yield return (csv.GetField("id") ?? "", csv.TryGetField<string>("text", out var text) ? text ?? "" : "");
    }

    private sealed record Line(
        string Id,
        Category Category,
        double Confidence,
        IReadOnlyList<Category> Categories,
        IReadOnlyDictionary<string, double> Probabilities,
        Urgency Urgency,
        Sentiment Sentiment,
        double SentimentScore,
        IReadOnlyList<Entity> Entities,
        double Milliseconds)
    {
        private const int Digits = 4;

        public static Line Of(string id, TriageResult result, double milliseconds) => new(
            id,
            result.Category,
            Math.Round(result.Confidence, Digits),
            result.Categories,
            result.Probabilities.ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Category.ToString()), p => Math.Round(p.Probability, Digits)),
            result.Urgency,
            result.Sentiment,
            Math.Round(result.SentimentScore, Digits),
            result.Entities,
            Math.Round(milliseconds, Digits));
    }
}
