using CampusCare.PeakHour;

namespace CampusCare.Cli.Tests.Peak;

public sealed class FiguresTests
{
    [Fact]
    public void Percentiles_are_samples_by_nearest_rank()
    {
        var latency = Latency.Of(Enumerable.Range(1, 200).Select(i => TimeSpan.FromMilliseconds(201 - i)));
        latency.ShouldBe(new Latency(P50: 100, P95: 190, P99: 198, Max: 200));
        Latency.Of([TimeSpan.FromMilliseconds(7)]).ShouldBe(new Latency(7, 7, 7, 7));
        Latency.Of([]).ShouldBe(new Latency(0, 0, 0, 0));
    }

    [Fact]
    public void Lines_are_read_with_quotes_commas_and_line_breaks()
    {
        var lines = Texts.Read(new StringReader("id,text\n1,\"很慢，\"\"真的\"\"\n两行\"\n2,ok\n"));
        lines.ShouldBe([new TextLine("1", "很慢，\"真的\"\n两行"), new TextLine("2", "ok")]);
    }

    [Theory, InlineData(""), InlineData("id,text\n"), InlineData("id,words\n1,a\n")]
    public void A_file_that_has_no_texts_is_refused(string file) => Should.Throw<InvalidDataException>(() => Texts.Read(new StringReader(file)));

    [Fact]
    public async Task The_rate_does_not_wait_for_answers()
    {
        var time = new SteppedTime();
        var due = new List<long>();
        var answers = new TaskCompletionSource();
        var run = new OpenLoop(time, perSecond: 10, inFlight: 100).Run(5, (_, at) =>
        {
            lock (due) due.Add(at);
            return answers.Task;
        }, CancellationToken.None);
        for (var i = 0; i < 5; i++) await time.Step(TimeSpan.FromMilliseconds(100), until: () => due.Count > Math.Min(4, i));
        due.Select(at => time.GetElapsedTime(0, at)).ShouldBe(Enumerable.Range(0, 5).Select(i => TimeSpan.FromMilliseconds(100 * i)));
        run.IsCompleted.ShouldBeFalse();
        answers.SetResult();
        await run;
    }

    [Fact]
    public async Task A_late_sender_does_not_hide_the_wait()
    {
        // One at a time is allowed and the first answer takes a second: the others were due all the same.
        var time = new SteppedTime();
        var due = new List<long>();
        var first = new TaskCompletionSource();
        var run = new OpenLoop(time, perSecond: 10, inFlight: 1).Run(3, (i, at) =>
        {
            lock (due) due.Add(at);
            return i == 0 ? first.Task : Task.CompletedTask;
        }, CancellationToken.None);
        await time.Step(TimeSpan.FromSeconds(1), until: () => due.Count == 1);
        first.SetResult();
        await run;
        time.GetElapsedTime(due[2]).ShouldBe(TimeSpan.FromMilliseconds(800));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 0, 10, 0)]
    [InlineData(1, 0, 0, 0, 0, 10, 1)]
    [InlineData(0, 1, 0, 0, 0, 10, 1)]
    [InlineData(0, 0, 1, 0, 0, 10, 1)]
    [InlineData(0, 0, 0, 1, 0, 10, 1)]
    [InlineData(0, 0, 0, 0, 1, 10, 2)]
    [InlineData(0, 0, 0, 0, 0, 0, 2)]
    public void The_exit_code_says_what_the_journals_say(int lost, int doubled, int twice, int over, int unfinished, int opened, int code)
    {
        var none = Latency.Of([]);
        var counts = new Dictionary<string, int>();
        new PeakReport(opened, 0, 0, lost, doubled, twice, over, none, none, unfinished, 0, counts, counts, 10, 1, 1, 1, 1, 1, "north", "", 1).ExitCode.ShouldBe(code);
    }

    [Theory]
    [InlineData("--url http://example.com")]
    [InlineData("--url http://192.168.0.7:5080")]
    [InlineData("--url ftp://localhost")]
    [InlineData("--agents 0")]
    [InlineData("--agents 1001")]
    [InlineData("--rate 0")]
    [InlineData("--rate 5001")]
    [InlineData("--capacity 21")]
    [InlineData("--think-ms -1")]
    public void A_run_beyond_its_bounds_is_refused(string argument) => Parse($"--texts x.csv {argument}").ShouldNotBeEmpty();

    [Theory, InlineData("--url http://localhost:5080"), InlineData("--url http://127.0.0.1:1"), InlineData("--url http://[::1]:5080"), InlineData("--rate 0.5 --agents 1000")]
    public void A_run_on_this_machine_is_fine(string argument) => Parse($"--texts x.csv {argument}").ShouldBeEmpty();

    private static IEnumerable<string> Parse(string arguments) => PeakCommand.Create("program").Parse(arguments).Errors.Select(error => error.Message);
}
