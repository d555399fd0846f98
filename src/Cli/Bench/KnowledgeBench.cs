using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Triage;

namespace CampusCare.Cli.Bench;

/// <summary><c>campuscare bench knowledge</c>: how well articles are found, and what a search and an answer cost, on shelves of growing size.</summary>
public static class KnowledgeBench
{
    private const int Searches = 4_000, Rounds = 3, Hits = 5;
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 4, 0, 0, TimeSpan.Zero);

    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "Seed of the articles and questions.", DefaultValueFactory = _ => 1 };
        var command = new Command("knowledge", "Measures how well the shipped articles are found, searches over up to 20,000 articles, and answers of the bot.") { seed };
        command.SetAction(arguments => Run(arguments.GetValue(seed), Console.Out));
        return command;
    }

    private static void Run(int seed, TextWriter output)
    {
        var shipped = Shipped.Articles();
        Rate(shipped, output);
        var questions = Questions(shipped, new Random(seed));
        _ = Measure(ShelfOf(shipped, shipped.Length, seed), questions);
        output.WriteLine($"searches, {questions.Length:N0} questions, the best of {Rounds} runs of each (waiting for the processor does not count)");
        output.WriteLine(" articles   p50 ms   p99 ms   max ms   build s   CPU µs each");
        foreach (var size in new[] { shipped.Length, 2_000, 20_000 })
        {
            var watch = Stopwatch.StartNew();
            var shelf = ShelfOf(shipped, size, seed);
            var built = watch.Elapsed.TotalSeconds;
            var cpu = Environment.CpuUsage.TotalTime;
            var times = Measure(shelf, questions);
            var each = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / (questions.Length * Rounds);
            output.WriteLine($"{size,9:N0}{times[times.Length / 2],9:F3}{times[times.Length * 99 / 100],9:F3}{times[^1],9:F3}{built,10:F1}{each,14:F0}");
        }
        Compare(shipped, questions, output);
    }

    // None of these questions stands in an article.
    private static void Rate(ImmutableArray<Article> shipped, TextWriter output)
    {
        var queries = RatedQuery.Read(Shipped.Text("queries.tsv")).Where(static query => !query.Grades.IsEmpty).ToList();
        var shelf = ShelfOf(shipped, shipped.Length, 1);
        var (gain, first) = (0.0, 0);
        foreach (var query in queries)
        {
            string[] found = [.. shelf.Find(new ShelfQuestion(query.Text, Now) { ForStaff = true }, RatedQuery.Places).Select(static match => match.Entry.Article.Id)];
            gain += query.GainOf(found);
            if (found is [var best, ..] && query.IsAnsweredBy(best)) first++;
        }
        output.WriteLine($"nDCG@{RatedQuery.Places} {gain / queries.Count:F3} over {queries.Count} questions of tests/Domain/Knowledge/queries.tsv that have an answer; it comes first in {(double)first / queries.Count:P0}");
    }

    // What the bot adds to a contact, beside what understanding it costs anyway.
    private static void Compare(ImmutableArray<Article> shipped, string[] questions, TextWriter output)
    {
        var shelf = ShelfOf(shipped, shipped.Length, 1);
        var policy = new BotPolicy(0.65, []);
        var meanings = questions.Select(static text => TriageModel.Default.Classify(text, withEntities: false)).ToArray();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var question in questions) _ = TriageModel.Default.Classify(question, withEntities: false);
        var triage = Environment.CpuUsage.TotalTime - before;
        before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < questions.Length; i++)
            _ = Bot.Open(policy, shelf, new BotQuestion(questions[i], meanings[i].Category, meanings[i].Urgency, meanings[i].Sentiment, CustomerRole.Student, null, Now));
        var bot = Environment.CpuUsage.TotalTime - before;
        output.WriteLine($"an answer over {shipped.Length} articles: {bot.TotalMicroseconds / questions.Length:F0} µs of CPU; understanding the text: {triage.TotalMicroseconds / questions.Length:F0} µs; ratio {bot / triage:F2}");
    }

    private static double[] Measure(Shelf shelf, string[] questions)
    {
        var best = new double[questions.Length];
        Array.Fill(best, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
            for (var i = 0; i < questions.Length; i++)
            {
                var from = Stopwatch.GetTimestamp();
                shelf.Find(new ShelfQuestion(questions[i], Now), Hits);
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        Array.Sort(best);
        return best;
    }

    // Copies differ from the shipped ones by some of their words, as articles of many campuses would.
    private static Shelf ShelfOf(ImmutableArray<Article> shipped, int size, int seed)
    {
        var random = new Random(seed);
        var articles = Enumerable.Range(0, size).Select(i => i < shipped.Length ? shipped[i] : Varied(shipped[i % shipped.Length], i, random));
        return new Shelf(articles.Select(static article => new PublishedArticle(article, 1)), [], []);
    }

    private static Article Varied(Article article, int number, Random random) => article with
    {
        Id = $"{article.Id}-{number}",
        Facts = [],
        Zh = Varied(article.Zh!, random),
        En = Varied(article.En!, random),
    };

    private static ArticleText Varied(ArticleText text, Random random) =>
        new(Varied(text.Title, random), Varied(text.Body, random)) { Asks = [.. text.Asks.Select(ask => Varied(ask, random))] };

    private static string Varied(string text, Random random) =>
        string.Concat(text.Select(c => c > 0x4E00 && random.Next(5) == 0 ? (char)random.Next(0x4E00, 0x5E00) : c));

    private static string[] Questions(ImmutableArray<Article> shipped, Random random)
    {
        string[] asks = [.. shipped.SelectMany(static article => article.Zh!.Asks.Concat(article.En!.Asks))];
        return [.. Enumerable.Range(0, Searches).Select(_ => random.Next(3) == 0 ? asks[random.Next(asks.Length)] : $"{asks[random.Next(asks.Length)]}，{asks[random.Next(asks.Length)]}")];
    }
}
